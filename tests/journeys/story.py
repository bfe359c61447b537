"""One matter's story, told act by act by the people who hold the offices."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from audit.models import Entry
from tests.workflows import sitting_steps
from tests.workflows.owing import RIGHT, check_worklist, open_duties
from tests.world import World, renew
from workflows.acts import (
    correction,
    decision,
    disclosure,
    drafting,
    implementation,
    objection,
    supervision,
)
from workflows.models import Ballot, Matter, Notice, Objection


class Story:
    """What happens to one matter in the village."""

    def __init__(self, world: World, **content: Any) -> None:
        self.world = world
        self.matter: Matter = world.draft(**content)

    def stands_at(self, stage: str, owed: str | None) -> None:
        """The stage, the one duty that is open, and nothing stale."""
        assert (self.matter.stage, self.matter.owed) == (stage, owed)
        assert open_duties(self.matter) == ([owed] if owed else [])
        assert check_worklist() == RIGHT

    def record(self) -> list[str]:
        """The kinds of all that was recorded of it, in order."""
        subjects: list[Any] = [self.matter]
        for related in ("ballots", "notices", "objections", "opinions"):
            subjects += getattr(self.matter, related).all()
        sittings = {ballot.sitting for ballot in self.matter.ballots.all()}
        return [entry.kind for entry in Entry.objects.of(*subjects, *sittings)]

    # -- people

    def secretary(self, act: Any, **given: Any) -> Any:
        return self.world.do(self.matter, act, self.world.secretary, **given)

    def clerk(self, act: Any, **given: Any) -> Any:
        return self.world.do(self.matter, act, self.world.clerk, **given)

    def director(self, act: Any, **given: Any) -> Any:
        return self.world.do(self.matter, act, self.world.director, **given)

    def supervisors(self, act: Any, **given: Any) -> Any:
        return self.world.do(self.matter, act, self.world.supervisor1, **given)

    def township(self, act: Any, **given: Any) -> Any:
        return self.world.do(self.matter, act, self.world.township, **given)

    # -- acts

    def sit(self, body: str, *, votes_for: int, against: int) -> Ballot:
        """Called in time, counted by hands, witnessed, announced in the room."""
        counts = {"votes_for": votes_for, "against": against}
        ballot = sitting_steps.declared(self.world, self.matter, body=body, **counts)
        renew(self.matter)
        return ballot

    def initiate(self) -> None:
        self.secretary(decision.initiate)

    def announce(self, text: str = "") -> Notice:
        notice: Notice = self.clerk(disclosure.announce, text=text)
        return notice

    def post(self) -> None:
        self.clerk(disclosure.post, of=self.matter.notice_on_show)

    def audit(self) -> None:
        given = {"of": self.matter.notice_on_show, "outcome": "pass"}
        self.supervisors(disclosure.audit_notice, **given)

    def wait(self, days: int) -> None:
        self.world.pass_days(days)

    def begin(self) -> None:
        self.director(implementation.begin)

    def report(self, progress: int, spent: str) -> None:
        given = {"progress": progress, "spent": Decimal(spent)}
        self.clerk(implementation.report, **given)

    def done(self) -> None:
        self.director(implementation.done)

    def report_result(self, text: str) -> None:
        self.clerk(disclosure.report_result, text=text)

    def archive(self) -> None:
        self.clerk(implementation.archive)

    def object(self, name: str, text: str) -> Objection:
        given = {"of": self.matter.notice_on_show, "name": name, "text": text}
        lodged: Objection = self.clerk(objection.object_to, **given)
        return lodged

    def answer(self, lodged: Objection, outcome: str, text: str) -> None:
        self.director(objection.answer, of=lodged, outcome=outcome, text=text)

    def amend(self, text: str, source: str) -> None:
        self.clerk(drafting.amend, text=text, source=source)

    def withdraw(self, why: str) -> None:
        self.secretary(drafting.withdraw, text=why)

    def advise(self, text: str) -> None:
        self.township(supervision.advise, text=text)

    def order(self, text: str, **given: Any) -> None:
        self.township(supervision.order, text=text, **given)

    def comply(self, text: str) -> None:
        self.director(supervision.comply, text=text)

    def examine(self, outcome: str) -> None:
        self.township(supervision.examine, outcome=outcome)

    def void(self, ballot: Ballot, why: str) -> None:
        given = {"text": why, "witness_name": "孙建国"}
        sitting_steps.perform(
            ballot, "void", correction.void, self.world.clerk, **given
        )
        renew(self.matter)
