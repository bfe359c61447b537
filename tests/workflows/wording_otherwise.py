"""What is said otherwise than in the office's table of words, and why."""

from __future__ import annotations

from workflows.rules.quorum import SENTENCES

HEADINGS = "the table gives such cases one heading, and no title each"
NO_CASE = "a case the table does not have"
ALL = "title sentence todo"
# By rule and case: which parts, and why.
REFUSALS: dict[tuple[str, str], list[tuple[str, str]]] = {
    ("body_is_competent", "villagers"): [
        ("sentence", "the law keeps more for their meeting than the table's charters"),
    ],
    ("body_is_competent", "nobody"): [
        ("sentence todo", "the table speaks of recall alone"),
    ],
    ("body_is_competent", "other"): [(ALL, NO_CASE)],
    ("authorised", "none"): [("title", HEADINGS)],
    ("authorised", "expired"): [("title", HEADINGS)],
    ("authorised", "beyond"): [("title", HEADINGS)],
    ("notice_given_in_time", "villagers"): [("title", HEADINGS)],
    ("notice_given_in_time", "members"): [("title", HEADINGS)],
    ("notice_given_in_time", "other"): [
        ("title", HEADINGS),
        ("sentence todo", "the table advises; where a county asks, it refuses"),
    ],
    ("text_unchanged", "ballot"): [("sentence", "the difference is shown beside it")],
    ("text_unchanged", "resolution"): [
        ("sentence", "versions are compared, not the fields of a notice"),
    ],
    ("voter_is_eligible", ""): [
        ("sentence todo", "large bodies are counted and not named"),
    ],
    ("voter_is_eligible", "absent"): [(ALL, NO_CASE)],
    ("voter_is_eligible", "left"): [(ALL, NO_CASE)],
    ("voter_is_eligible", "voted"): [
        ("sentence", "nobody knows when: no vote has a time"),
    ],
    ("voter_is_eligible", "recused"): [("todo", "the table gives none")],
    ("ballots_match_attendance", "issued"): [(ALL, NO_CASE)],
    ("count_witnessed", "cast"): [("sentence todo", NO_CASE)],
    ("shown_long_enough", "unannounced"): [(ALL, NO_CASE)],
    ("supervisors_reviewed", "missing"): [
        ("todo", "a county's gate has no term: nothing goes on without them"),
    ],
    ("supervisors_reviewed", "unannounced"): [("sentence todo", NO_CASE)],
    ("objections_answered", "upheld"): [
        (ALL, "the table votes again; this is the corrected notice"),
    ],
    ("approved_by_authority", "refused"): [(ALL, NO_CASE)],
    ("withdraw_in_time", ""): [
        (ALL, "the table speaks of what was decided, this of what is voted on"),
    ],
    **{
        ("quorum_present", body): [("title todo", "said once for all bodies")]
        for body in SENTENCES
    },
}
# Sentences of the table, by a part of them, that are said elsewhere or wait.
SAID_ELSEWHERE = {
    "这一步由□办理": "the page names who may, not which office the reader holds",
    "□由您办理": "in its own words by each act that two must do",
    "您打开页面以后": "no page is kept open for a change",
    "制定、修改村民自治章程": "of every matter that is the villagers' meeting's",
    "罢免村民委员会成员不由": "of every matter that nobody's meeting decides",
    "建议提前": "as a finding",
    "通知里没有写清": "a notice names its matters by itself",
    "没有登记通知情况：": "on the page of the sitting",
    "支部委员": "the branch committee does not sit here yet",
    "由本人参加": "nobody is asked to vote for another",
    "您已在": "no vote has a time",
    "通知和审议的是第": "without the difference, which is shown beside it",
    "公示里的": "versions are compared, not the fields of a notice",
    "已认定成立，原决议": "of the corrected notice",
    "立项、选址、招标": "the items that are missing are named one by one",
}
