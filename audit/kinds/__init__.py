"""The closed list of what can be recorded, and what each entry may say.

A kind that has been used is never renamed or removed and its facts never change their
type: entries of all years are read with this list. A fact that is added is optional.
"""

from .kind import CONFIDENTIAL_BODIES, Kind
from .matter import MATTER_KINDS
from .notice import NOTICE_KINDS, OBJECTION_KINDS, VILLAGE_KINDS
from .sitting import BALLOT_KINDS, SITTING_KINDS

__all__ = ["CLOCK_KINDS", "CONFIDENTIAL_BODIES", "KINDS", "Kind"]

KINDS: dict[str, Kind] = {
    kind.code: kind
    for kind in (
        *MATTER_KINDS,
        *SITTING_KINDS,
        *BALLOT_KINDS,
        *NOTICE_KINDS,
        *OBJECTION_KINDS,
        *VILLAGE_KINDS,
    )
}
CLOCK_KINDS = tuple(sorted(kind.code for kind in KINDS.values() if kind.clock))
