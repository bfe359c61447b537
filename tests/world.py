"""One village with a fixed cast, and matters that got where they are by acts.

    world = build()                     the village, its people, a day to start from
    matter = world.matter_at(Stage.X)   drafted and carried on until it is there

赵 is the branch secretary, 钱 the committee's director, 孙 a supervisor, 郑 the clerk,
李 a resident without any office, 周 the clerk of the next village, who is a stranger to
everything here, 吴 of the township, 王 of the county.

The clock stands still from the first day on and is moved where a notice has to run, so
use the `world` fixture, or `tests.clock`, which let it go again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from audit import clock
from tests.clock import at
from villages import cast as casting
from villages.cast import GROUPS
from villages.models import Division, Office, Resident, User, Village
from workflows import flows
from workflows.acts import (
    decision,
    disclosure,
    drafting,
    implementation,
    sitting,
    supervision,
)
from workflows.figures import Figures
from workflows.models import Matter, Notice
from workflows.stage import Stage

FIRST_DAY = date(2026, 3, 2)
SIZES = {
    "joint": 5,
    "party": {"full": 9},
    "reps": {"total": 16, "committee": 3, "women": 6},
    "villagers": {"adults": 45, "households": 15},
    "group": {"adults": 15, "households": 5},
    "supervisors": 3,
}
NAMES = {
    "secretary": "赵长河",
    "director": "钱有田",
    "supervisor1": "孙建国",
    "supervisor2": "孙玉梅",
    "supervisor3": "孙来福",
    "clerk": "郑小敏",
    "deputy_director": "冯保山",
    "recorder": "陈明亮",
    "party01": "褚大勇",
    "rep01": "卫秀兰",
}
TITLE, TEXT = "村口道路误工补贴", "误工补贴每人每天一百二十元，按出工登记发放。"
PRESENT = {
    "joint": 5,
    "party": 9,
    "reps": 16,
    "villagers": 45,
    "members": 45,
    "group": 15,
}
# Who performs what else carries a matter on, and with what.
ACTS: dict[str, tuple[str, dict[str, Any]]] = {
    "initiate": ("secretary", {}),
    "announce": ("clerk", {}),
    "begin": ("director", {}),
    "accept": ("supervisor1", {"people": ["孙建国", "孙玉梅", "李秀英"]}),
    "done": ("director", {}),
    "report_result": ("clerk", {}),
    "archive": ("clerk", {}),
}
# What a draft must say in these chains.
NEEDED = {"group": {"group_name": GROUPS[0]}, "statutory": {"origin_by": "reps"}}
COUNTED = {"propose": "joint", "review": "party", "adopt": "reps"}


@dataclass
class World:
    """A village, who is who in it, and who is a stranger to it."""

    cast: casting.Cast
    zhou: User
    li: User
    next_village: Village
    drafts: int = field(default=0, init=False)

    @property
    def village(self) -> Village:
        return self.cast.village

    def __getattr__(self, name: str) -> User:
        """`world.clerk`, `world.supervisor1`, `world.township` …"""
        users = self.__dict__["cast"].users
        return (
            users[SURNAMES.get(name, name)] if name in SURNAMES else _found(users, name)
        )

    # -- one act each, through the same doors as the pages

    def draft(self, **content: Any) -> Matter:
        self.drafts += 1
        given: dict[str, Any] = {"type": "M05", "title": TITLE, "text": TEXT} | content
        given = NEEDED.get(given.get("chain", ""), {}) | given
        return flows.draft(
            lambda: drafting.draft(
                self.village, drafting.Draft(**given), actor=self.clerk
            )
        )

    def do(
        self, matter: Matter, act: Callable[..., Any], by: User, **given: Any
    ) -> Any:
        """Perform an act on the matter; the matter is read anew."""
        verb = {"object_to": "object"}.get(act.__name__, act.__name__)
        subject = given.pop("of", matter)
        done = flows.perform(
            matter, verb, lambda: act(subject, actor=by, **given), actor=by
        )
        renew(matter)
        return done

    def hold(self, matter: Matter, body: str, *, votes_for: int | None = None) -> Any:
        """The body sat today, on paper, all came; all agreed unless it is said."""
        keeper = self.recorder if body == "party" else self.clerk
        call = sitting.Call(
            body=body,
            held_at=clock.now(),
            matters=[matter],
            place="村委会会议室",
            chair=str(self.secretary),
            noticed_at=clock.now() - timedelta(days=11),
            group_name=matter.group_name,
        )
        present = PRESENT[body]
        held = sitting.record_paper(
            self.village, call, sitting.Came(in_person=present), actor=keeper
        )
        agreed = present if votes_for is None else votes_for
        ballot = held.ballots.get()
        flows.perform(
            matter,
            "declare",
            lambda: decision.declare_paper(
                ballot,
                Figures.by_hands(present, agreed, present - agreed),
                actor=keeper,
                witness_name=str(self.supervisor1),
            ),
            actor=keeper,
        )
        renew(matter)
        return held

    def show(self, matter: Matter) -> Notice:
        """The notice that counts at this stage is posted and audited today."""
        notice = matter.notice_on_show
        assert notice is not None, "nothing was published yet"
        self.do(matter, disclosure.post, self.clerk, of=notice)
        self.do(
            matter, disclosure.audit_notice, self.supervisor1, of=notice, outcome="pass"
        )
        return notice

    def pass_days(self, days: int) -> None:
        """So many days later, at the same hour."""
        clock.move(clock.now() + timedelta(days=days))

    # -- all the way

    def matter_at(self, stage: Stage, **content: Any) -> Matter:
        """A matter that was carried on by its acts until it stood at this stage."""
        matter = self.draft(**content)
        off_path = {
            Stage.REJECTED: self._reject,
            Stage.WITHDRAWN: self._withdraw,
            Stage.RECTIFYING: self._order,
        }
        if stage in off_path:
            off_path[stage](matter)
            return matter
        while matter.stage != stage:
            self.carry_on(matter)
        return matter

    def carry_on(self, matter: Matter) -> None:
        """Perform whatever the matter waits for."""
        verb = matter.owed
        if verb in COUNTED:
            body = (matter.chain.step(verb) or matter.chain.steps[0]).body
            self.hold(matter, COUNTED[verb] if body == "competent" else body)
            return
        self._make_ready(matter, verb)
        by, given = ACTS[str(verb)]
        modules = (decision, disclosure, implementation)
        act = next(getattr(m, str(verb)) for m in modules if hasattr(m, str(verb)))
        self.do(matter, act, getattr(self, by), **given)

    def _make_ready(self, matter: Matter, verb: str | None) -> None:
        """Show what must be shown, for as long as it must."""
        if verb == "begin":
            for item in matter.missing_items:
                given = {"item": item.code, "text": "见附件。"}
                self.do(matter, disclosure.disclose, self.clerk, **given)
        if verb in ("begin", "archive"):
            self.pass_days(self.show(matter).days + 1)

    def _reject(self, matter: Matter) -> None:
        while matter.stage != matter.chain.before(Stage.ADOPTED):
            self.carry_on(matter)
        self.hold(matter, "reps", votes_for=4)

    def _withdraw(self, matter: Matter) -> None:
        self.do(matter, drafting.withdraw, self.clerk, text="条件不成熟。")

    def _order(self, matter: Matter) -> None:
        while matter.stage != Stage.ANNOUNCED:
            self.carry_on(matter)
        self.do(
            matter,
            supervision.order,
            self.township,
            text="公示中补充补贴名单。",
            due_on=clock.today() + timedelta(days=7),
            basis="order.disclosure",
        )


SURNAMES = {
    "zhao": "secretary",
    "qian": "director",
    "sun": "supervisor1",
    "zheng": "clerk",
    "wu": "township",
    "wang": "county",
}


def _found(users: dict[str, User], name: str) -> User:
    if name not in users:
        raise AttributeError(name)
    return users[name]


def renew(matter: Matter) -> None:
    """Read the matter anew, with nothing remembered of how it stood before."""
    kept = {f.attname for f in Matter._meta.concrete_fields} | {"_state"}
    for name in set(matter.__dict__) - kept:
        del matter.__dict__[name]
    matter.refresh_from_db()


def build(slug: str = "140724200205", on: date = FIRST_DAY, **sizes: Any) -> World:
    """The village and its cast; the clock is left standing on that day.

    Bodies of other sizes are for the tests that count.
    """
    clock.move(at(on))
    township = divisions()
    cast = casting.build("王家山村", SIZES | sizes, slug=slug, division=township, on=on)
    christen(cast)
    cast.village.division = township
    neighbours, _made = Village.objects.get_or_create(
        slug="140724200206", defaults={"name": "北岭村", "division": township}
    )
    zhou, _made = User.objects.get_or_create(
        username="clerk@140724200206", defaults={"full_name": "周长顺"}
    )
    Office.objects.get_or_create(
        holder=zhou, village=neighbours, role="clerk", since=on - timedelta(days=30)
    )
    li = User.objects.create(
        username=f"resident@{slug}",
        full_name="李秀英",
        resident=next(iter(cast.people.values())),
    )
    world = World(cast, zhou, li, neighbours)
    supervision.authorise(
        cast.village, actor=world.clerk, types=[], everything=True, since=on
    )
    return world


def divisions() -> Division:
    """A township in a county that has made the demonstration's rules its own."""
    county, _made = Division.objects.get_or_create(
        code="140724",
        defaults={"name": "昔阳县", "level": "county", "overlay": "demo-county"},
    )
    township, _made = Division.objects.get_or_create(
        code="140724200",
        defaults={"name": "李家庄乡", "level": "township", "parent": county},
    )
    return township


def christen(cast: casting.Cast) -> None:
    """Give the officers names that can be told apart, on the register as well."""
    residents = {}
    for account, name in NAMES.items():
        user = cast.users[account]
        user.full_name = name
        if user.resident is not None:
            user.resident.name = name
            residents[user.resident.pk] = user.resident
    cast.users["township"].full_name = "吴明"
    cast.users["county"].full_name = "王督查"
    User.objects.bulk_update(cast.users.values(), ["full_name"])
    Resident.objects.bulk_update(residents.values(), ["name"])


@contextmanager
def lived_in(
    slug: str = "140724200205", on: date = FIRST_DAY, **sizes: Any
) -> Iterator[World]:
    """A world whose clock runs on afterwards."""
    try:
        yield build(slug, on, **sizes)
    finally:
        clock.move(None)


@pytest.fixture
def world(db: None) -> Iterator[World]:
    """The village of the tests: import the fixture where it is used."""
    with lived_in() as built:
        yield built
