"""Paper for the room and for the file: what is signed by hand. Reads only."""

from .afterwards import Decision, Minutes
from .packet import Packet
from .press import Sheet, SwitchedOff, put_to_paper, switched_off

__all__ = [
    "Decision",
    "Minutes",
    "Packet",
    "Sheet",
    "SwitchedOff",
    "put_to_paper",
    "switched_off",
]
