"""The bodies that deliberate: what they are called and how they are counted."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Body:
    """One body of the procedure, as officials and villagers name it."""

    code: str
    prefix: str  # of its keys in the rulebook
    name: Promise
    short: Promise
    base: Promise  # what 应到 counts
    present: Promise  # what 到会 counts
    verb: str  # what its yes does to a matter
    convenor: str  # the office or body the law names
    operated_by: tuple[str, ...]  # offices that may keep its sitting
    public: bool  # whether for and against are shown to everyone


_CLERKS = ("clerk", "director", "deputy_director")

BODIES: dict[str, Body] = {
    body.code: body
    for body in (
        Body(
            "joint",
            "joint",
            _("村“两委”联席会议"),
            _("两委会"),
            _("两委成员（交叉任职计一人）"),
            _("到会成员"),
            "propose",
            "secretary",
            (*_CLERKS, "secretary"),
            public=False,
        ),
        Body(
            "party",
            "pm",
            _("党支部党员大会"),
            _("党员大会"),
            _("应到会有表决权的党员"),
            _("到会党员"),
            "review",
            "secretary",
            ("recorder", "secretary", "deputy_secretary"),
            public=False,
        ),
        Body(
            "reps",
            "vr",
            _("村民代表会议"),
            _("村代会"),
            _("组成人员（村民代表和村民委员会成员）"),
            _("到会人员"),
            "adopt",
            "committee",
            _CLERKS,
            public=True,
        ),
        Body(
            "villagers",
            "vm",
            _("村民会议"),
            _("村民会议"),
            _("本村十八周岁以上的村民"),
            _("到会村民"),
            "adopt",
            "committee",
            _CLERKS,
            public=True,
        ),
        Body(
            "group",
            "vg",
            _("村民小组会议"),
            _("小组会"),
            _("本组十八周岁以上的村民"),
            _("到会人员"),
            "adopt",
            "group_leader",
            ("clerk", "group_leader"),
            public=True,
        ),
        Body(
            "members",
            "mm",
            _("农村集体经济组织成员大会"),
            _("成员大会"),
            _("具有完全民事行为能力的成员"),
            _("参加成员"),
            "adopt",
            "board",
            (*_CLERKS, "board_chair"),
            public=True,
        ),
        Body(
            "member_reps",
            "mr",
            _("成员代表大会"),
            _("成员代表大会"),
            _("全体成员代表"),
            _("到会代表"),
            "adopt",
            "board",
            (*_CLERKS, "board_chair"),
            public=True,
        ),
    )
}

# Bodies whose members count among themselves: who witnesses must be one of them.
AMONG_THEMSELVES = {
    "joint": _("两委会的监票人应当是另一名两委成员。"),
    "party": _("党员大会的监票人应当是有表决权的党员。"),
}
CHOICES = [(body.code, body.name) for body in BODIES.values()]


def quorum_key(code: str, mode: str) -> str:
    """The rulebook's key for enough people in the room."""
    if code == "villagers":
        return "vm.quorum.household" if mode == "households" else "vm.quorum.person"
    return f"{BODIES[code].prefix}.quorum"


def pass_key(code: str) -> str:
    """The rulebook's key for enough votes in favour."""
    return f"{BODIES[code].prefix}.pass"


def notice_key(code: str) -> str:
    """The rulebook's key for days between notice and sitting."""
    return f"{BODIES[code].prefix}.notice_days"
