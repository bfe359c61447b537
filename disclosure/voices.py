"""What others said of a notice: who objected, what was answered, who audited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from audit import clock
from disclosure.veil import Veil
from workflows.models import Notice, Objection
from workflows.models.in_place import SHOWN_NOW

State = Objection.State
TONES = {State.OPEN: "ask", State.UPHELD: "up", State.DISMISSED: "over"}
AUDITED = (Notice.Kind.RESOLUTION, Notice.Kind.RESULT)


@dataclass(frozen=True)
class Said:
    """An objection as everybody may read it."""

    number: str
    who: str
    on: date
    text: str
    state: str
    tone: str
    due_on: date
    overdue: bool
    answer: str
    answered_on: date | None
    remedy: str


@dataclass(frozen=True)
class Audited:
    """What the supervisors said last."""

    passed: bool
    outcome: str
    on: date
    note: str


class Voices:
    """What people may say of one notice, and what they said."""

    def __init__(self, notice: Notice, day: date, *, runs: bool) -> None:
        self._notice, self._day, self._runs = notice, day, runs
        every = notice.matter.objections.all() if notice.matter else ()
        # Who objected to one notice of a matter may be named on another.
        self.veil = Veil(every)
        self._objections = [o for o in every if o.notice_id == notice.pk]

    @property
    def audit(self) -> Audited | None:
        audit = self._notice.audit
        if audit is None:
            return None
        return Audited(
            passed=audit.outcome == audit.Outcome.PASS,
            outcome=str(audit.get_outcome_display()),
            on=clock.local(audit.audited_at).date(),
            note=self.veil(audit.note),
        )

    @property
    def are_audited(self) -> bool:
        """Whether the supervisors are asked to look at a notice of this kind."""
        return self._notice.kind in AUDITED or self._notice.audit is not None

    @property
    def objections(self) -> list[Said]:
        return [self._said(objection) for objection in self._objections]

    def _said(self, objection: Objection) -> Said:
        veil, answered = self.veil, objection.answered_at
        is_open = objection.state == State.OPEN
        return Said(
            number=objection.uid,
            who=veil.surname(objection.name),
            on=clock.local(objection.lodged_at).date(),
            text=veil(objection.text),
            state=str(objection.get_state_display()),
            tone=TONES[State(objection.state)],
            due_on=objection.due_on,
            overdue=is_open and self._day > objection.due_on,
            answer=veil(objection.answer),
            answered_on=clock.local(answered).date() if answered else None,
            remedy=str(objection.get_remedy_display()) if objection.remedy else "",
        )

    @property
    def replaced(self) -> bool:
        return hasattr(self._notice, "superseded_by")

    @property
    def may_object(self) -> bool:
        """Whether an objection is taken in today."""
        matter = self._notice.matter
        if matter is None or matter.stage not in SHOWN_NOW:
            return False
        return not self.replaced and not self._notice.elapsed(self._day)

    @property
    def must_hang(self) -> bool:
        return self._notice.days > 0

    @property
    def over(self) -> bool:
        """Whether the time for objections has passed."""
        return self._notice.elapsed(self._day)

    @property
    def may_object_until(self) -> date | None:
        """The last day for it; not known before the notice hangs."""
        posting = self._notice.posting
        return posting.last_day if posting and self._runs else None

    @property
    def reply_days(self) -> int:
        return self._notice.rules.days("objection.reply_days")

    @property
    def citation(self) -> str:
        """Where it stands that people may turn to the government."""
        return str(self._notice.rules.cite("pub.remedy"))
