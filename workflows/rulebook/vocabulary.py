"""The closed lists: what a rulebook file may say, and what it is called.

A word outside these lists is a slip of the pen in a file, and loading refuses it.
"""

from __future__ import annotations

from datetime import date

STAGES = (
    "drafted",
    "initiated",
    "proposed",
    "reviewed",
    "adopted",
    "announced",
    "underway",
    "completed",
    "reported",
    "archived",
    "rejected",
    "withdrawn",
    "rectifying",
)
VERBS = {
    "initiate": "initiated",
    "propose": "proposed",
    "review": "reviewed",
    "adopt": "adopted",
    "announce": "announced",
    "begin": "underway",
    "accept": "completed",
    "report_result": "reported",
    "archive": "archived",
}
BODIES = {
    "branch": "党支部委员会会议",
    "joint": "村“两委”联席会议",
    "party": "党支部党员大会",
    "reps": "村民代表会议",
    "villagers": "村民会议",
    "group": "村民小组会议",
    "members": "农村集体经济组织成员大会",
    "member_reps": "成员代表大会",
}
DECIDING = ("villagers", "reps", "group", "members", "member_reps")
COMPETENT = "competent"  # stands in a chain for whichever body the rule set names

BASES = {
    "law": "法律",
    "province": "省的规定",
    "party": "党内法规",
    "policy": "政策",
    "local": "本县规定或做法",
    "control": "内部核对",
}
# Which overlays may set a key anew, by the scope the key names.
OVERRIDES: dict[str, tuple[str, ...]] = {
    "none": (),
    "statute": (),
    "province": ("province",),
    "charter": ("charter",),
    "party": ("party",),
    "county": ("province", "county"),
    "village": ("province", "county", "village"),
}
OVERRIDE_WORDS = {
    "none": "不得另定",
    "statute": "只由法律另定",
    "province": "省可另定",
    "charter": "集体章程可另定",
    "party": "党内法规可另定",
    "county": "县可另定",
    "village": "村可另定",
}
LEVELS = ("province", "county", "village", "charter", "party")
CONFIDENCE = {
    "full": "已对照条文",
    "secondary": "二手页面",
    "unchecked": "未核",
    "": "—",
}
CLOSINGS = {"acceptance": "验收", "done": "办结", "standing": "长期有效"}
APPROVALS = {
    "approve": "批准",
    "audit": "审核",
    "file": "备案",
    "notify": "告知",
}
AUTHORITIES = {"township": "乡镇人民政府", "county": "县级人民政府"}
KIN = ("spouse", "parent", "child", "sibling", "grandparent", "grandchild")

# The day from which 农村集体经济组织法 has bodies and thresholds of its own.
COLLECTIVE_SINCE = date(2025, 5, 1)
