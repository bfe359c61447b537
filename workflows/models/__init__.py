"""The procedure's rows. Read matter.py first."""

from .attending import Absence, Observer, Signature
from .ballot import Ballot, Resolution, Tally
from .casting import Choice, Participation, Receipt, Recusal, SecretVote, Slip
from .matter import Matter
from .notice import Notice, NoticeAudit, Posting, Report
from .oversight import (
    Acceptance,
    Advice,
    Approval,
    Document,
    Explanation,
    Objection,
    Opinion,
    Rectification,
)
from .proceeding import Heartbeat, Proceeding
from .signed import SignedPage
from .sitting import Attendance, Authorisation, Sitting
from .text import MatterText

__all__ = [
    "Absence",
    "Acceptance",
    "Advice",
    "Approval",
    "Attendance",
    "Authorisation",
    "Ballot",
    "Choice",
    "Document",
    "Explanation",
    "Heartbeat",
    "Matter",
    "MatterText",
    "Notice",
    "NoticeAudit",
    "Objection",
    "Observer",
    "Opinion",
    "Participation",
    "Posting",
    "Proceeding",
    "Receipt",
    "Rectification",
    "Recusal",
    "Report",
    "Resolution",
    "SecretVote",
    "Signature",
    "SignedPage",
    "Sitting",
    "Slip",
    "Tally",
]
