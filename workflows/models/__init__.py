"""The procedure's rows. Read matter.py first."""

from .ballot import Ballot, Resolution, Tally
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
    "Acceptance",
    "Advice",
    "Approval",
    "Attendance",
    "Authorisation",
    "Ballot",
    "Document",
    "Explanation",
    "Heartbeat",
    "Matter",
    "MatterText",
    "Notice",
    "NoticeAudit",
    "Objection",
    "Opinion",
    "Posting",
    "Proceeding",
    "Rectification",
    "Report",
    "Resolution",
    "SignedPage",
    "Sitting",
    "Tally",
]
