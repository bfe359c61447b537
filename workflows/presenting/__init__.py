"""What the fragments of the pages take, made of what the rows say. Reads only."""

from .chain import Step, chain_steps
from .parts import (
    Brought,
    Held,
    PointedOut,
    Shown,
    brought,
    held,
    notice_status,
    pointed_out,
    shown,
)
from .reader import Reader, frame
from .rows import MatterRow, TodoRow, matter_row, todo_row
from .texts import Part, Version, differences, versions
from .timeline import Event, timeline
from .whole import fetch_all, subjects
from .words import (
    answers_proposer,
    board_url,
    convenor_of,
    flaw,
    matter_url,
    next_step,
    notice_url,
    sitting_url,
    waits_for,
    who,
)

__all__ = [
    "Brought",
    "Event",
    "Held",
    "MatterRow",
    "Part",
    "PointedOut",
    "Reader",
    "Shown",
    "Step",
    "TodoRow",
    "Version",
    "answers_proposer",
    "board_url",
    "brought",
    "chain_steps",
    "convenor_of",
    "differences",
    "fetch_all",
    "flaw",
    "frame",
    "held",
    "matter_row",
    "matter_url",
    "next_step",
    "notice_status",
    "notice_url",
    "pointed_out",
    "shown",
    "sitting_url",
    "subjects",
    "timeline",
    "todo_row",
    "versions",
    "waits_for",
    "who",
]
