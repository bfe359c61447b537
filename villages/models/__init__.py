"""People, offices, rosters: who is who, and since when."""

from villages.models.body import Body, Seat
from villages.models.people import Household, Kinship, Resident, User
from villages.models.roster import Roster, RosterEntry
from villages.models.village import Division, Office, Village

__all__ = [
    "Body",
    "Division",
    "Household",
    "Kinship",
    "Office",
    "Resident",
    "Roster",
    "RosterEntry",
    "Seat",
    "User",
    "Village",
]
