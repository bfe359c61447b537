"""Which rules stand before which kind of step, in the order of the law."""

from workflows.rules import count, notice, quorum, readiness, scope, text

INVITED = (
    scope.body_is_competent,
    scope.authorised,
    notice.notice_given_in_time,
    scope.no_guarantee,
)
PUT = (*INVITED, quorum.quorum_present, text.text_unchanged)
COUNTED = (
    *PUT,
    count.voter_is_eligible,
    count.ballots_match_attendance,
    count.count_witnessed,
)
SHOWN = (
    notice.shown_long_enough,
    readiness.supervisors_reviewed,
    readiness.objections_answered,
)
READY = (
    *SHOWN,
    readiness.disclosures_complete,
    readiness.documents_complete,
    readiness.approved_by_authority,
)
