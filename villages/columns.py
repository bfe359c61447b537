"""The columns of a village's register as people keep it, and what a cell may say."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from audit import clock
from villages.models import Body, Resident, Seat

Party = Resident.Party
Capacity = Seat.Capacity
Kind = Body.Kind

SEXES = {"男": Resident.Sex.MALE, "女": Resident.Sex.FEMALE}
PARTIES = {
    "": Party.NONE,
    "群众": Party.NONE,
    "非党员": Party.NONE,
    "党员": Party.FULL,
    "中共党员": Party.FULL,
    "正式党员": Party.FULL,
    "预备党员": Party.PROBATIONARY,
    "留党察看": Party.SUSPENDED,
}
SEATS = {
    "支部书记": (Kind.BRANCH, Capacity.CHAIR),
    "支部委员": (Kind.BRANCH, Capacity.MEMBER),
    "村委会主任": (Kind.COMMITTEE, Capacity.CHAIR),
    "村委会副主任": (Kind.COMMITTEE, Capacity.MEMBER),
    "村委会委员": (Kind.COMMITTEE, Capacity.MEMBER),
    "村民代表": (Kind.REPS, Capacity.REP),
    "村监委主任": (Kind.SUPERVISORS, Capacity.CHAIR),
    "村监委委员": (Kind.SUPERVISORS, Capacity.MEMBER),
    "成员代表": (Kind.MEMBER_REPS, Capacity.REP),
    "理事长": (Kind.BOARD, Capacity.CHAIR),
    "理事": (Kind.BOARD, Capacity.MEMBER),
}
DAY = re.compile(r"(\d{4})[-/](\d{1,2})[-/](\d{1,2})")
PHONE = re.compile(r"[0-9+() -]{5,30}")
ID_NUMBER = re.compile(r"[1-9][0-9]{16}[0-9Xx]")
# Line breaks, NUL and other controls, and marks without width, which spreadsheets
# and web pages leave behind. Not those of private use: rare characters are written so.
UNSEEN = frozenset({"Cc", "Cf", "Zl", "Zp"})
LONGEST_NAME, LONGEST_NUMBER, LONGEST_GROUP = 40, 20, 30
# Older than anybody was: a slip of the pen.
OLDEST = 120


def text(longest: int) -> Callable[[str], str]:
    def read(cell: str) -> str:
        if len(cell) > longest:
            raise ValueError(_("最多 %(longest)s 个字") % {"longest": longest})
        if any(unicodedata.category(sign) in UNSEEN for sign in cell):
            raise ValueError(_("里有换行或者看不见的符号，请重新输入"))
        return no_id_number(cell)

    return read


def no_id_number(cell: str) -> str:
    """A register of rosters has no need of them, whatever column they stand in."""
    if ID_NUMBER.search(cell):
        raise ValueError(_("像是身份证号，名册不收身份证号，请删去"))
    return cell


def name(cell: str) -> str:
    if any(sign.isdigit() for sign in cell):
        raise ValueError(_("不能有数字"))
    return text(LONGEST_NAME)(cell)


def one_of(words: dict[str, Any]) -> Callable[[str], Any]:
    def read(cell: str) -> Any:
        if cell not in words:
            choices = "、".join(word for word in words if word)
            raise ValueError(_("只能是%(choices)s") % {"choices": choices})
        return words[cell]

    return read


def birthday(cell: str) -> date:
    found = DAY.fullmatch(cell)
    try:
        born = date(*map(int, found.groups())) if found else None
    except ValueError:
        born = None
    if born is None:
        raise ValueError(_("要写成 1970-03-20 这样"))
    today = clock.today()
    if not today.year - OLDEST <= born.year or born > today:
        raise ValueError(_("要在一百二十年之内，不能晚于今天"))
    return born


def phone(cell: str) -> str:
    if cell and PHONE.fullmatch(cell) is None:
        raise ValueError(_("只能是数字和“+”“-”"))
    return no_id_number(cell)


def seats(cell: str) -> list[tuple[Kind, Capacity]]:
    found = [one_of(SEATS)(word.strip()) for word in re.split("[、；;]", cell) if word]
    bodies = [kind for kind, _capacity in found]
    if len(set(bodies)) < len(bodies):
        raise ValueError(_("同一机构只能写一个职务"))
    if {Kind.COMMITTEE, Kind.SUPERVISORS} <= set(bodies):
        raise ValueError(_("有误，村民委员会成员不得担任村务监督机构成员"))
    return found


YES_OR_NO = one_of({"是": True, "否": False})
COLUMNS: dict[str, tuple[str, Callable[[str], Any]]] = {
    "姓名": ("name", name),
    "性别": ("sex", one_of(SEXES)),
    "出生日期": ("born", birthday),
    "户号": ("number", text(LONGEST_NUMBER)),
    "小组": ("group_name", text(LONGEST_GROUP)),
    "政治面貌": ("party", one_of(PARTIES)),
    "集体成员": ("collective_member", YES_OR_NO),
    "完全民事行为能力": ("capable", YES_OR_NO),
    "在村居住": ("lives_here", YES_OR_NO),
    "电话": ("phone", phone),
    "任职": ("seats", seats),
}
REQUIRED = frozenset({"姓名", "性别", "出生日期", "户号"})
