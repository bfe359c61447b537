"""Acts on a matter that move nothing: who may perform them, and at which stage."""

from django.db import models

from workflows import permissions
from workflows.stage import BEFORE_DECISION, DECIDED, Stage

from .conditions import INVITED, PUT
from .edges import in_place

S = Stage
OPEN = (*BEFORE_DECISION, *DECIDED, S.REJECTED, S.RECTIFYING)
ON_SHOW = (*DECIDED, S.REJECTED, S.RECTIFYING)
SHOWN_NOW = (S.ANNOUNCED, S.UNDERWAY, S.COMPLETED, S.REPORTED, S.REJECTED)


class ActsInPlace(models.Model):
    """What is done to a matter without moving it."""

    class Meta:
        abstract = True

    @in_place(BEFORE_DECISION, permissions.keep_sitting, INVITED)
    def convene(self) -> None:
        """The matter is put on the agenda of a sitting."""

    @in_place(BEFORE_DECISION, permissions.keep_sitting, PUT)
    def open_ballot(self) -> None:
        """The matter is put to the vote."""

    @in_place(OPEN, permissions.erratum)
    def erratum(self) -> None:
        """A slip of the pen was put right."""

    @in_place(BEFORE_DECISION, permissions.amend)
    def amend(self) -> None:
        """Advice was taken in; the steps before stand."""

    @in_place(OPEN, permissions.attach)
    def attach(self) -> None:
        """A document was added."""

    @in_place(OPEN, permissions.explain)
    def explain(self) -> None:
        """Something irregular was explained."""

    @in_place((*BEFORE_DECISION, *DECIDED), permissions.advise)
    def advise(self) -> None:
        """Township or county pointed out a question of law."""

    @in_place(OPEN, permissions.suggest)
    def suggest(self) -> None:
        """The supervisors gave an opinion that must be answered."""

    @in_place(OPEN, permissions.answer)
    def reply(self) -> None:
        """The village committee answered an opinion of the supervisors."""

    @in_place(DECIDED, permissions.approve)
    def approve(self) -> None:
        """What the competent authority decided was registered."""

    @in_place((*DECIDED, S.RECTIFYING), permissions.disclose)
    def disclose(self) -> None:
        """An item of the set this type of matter requires was published."""

    @in_place(ON_SHOW, permissions.post)
    def post(self) -> None:
        """A notice was put on the board."""

    @in_place(ON_SHOW, permissions.repair)
    def repair(self) -> None:
        """A torn notice was put back; the days go on."""

    @in_place(ON_SHOW, permissions.take_down)
    def take_down(self) -> None:
        """A notice was taken off the board."""

    @in_place(ON_SHOW, permissions.audit_notice)
    def audit_notice(self) -> None:
        """The supervisors audited a notice."""

    @in_place(SHOWN_NOW, permissions.lodge)
    def object(self) -> None:
        """A villager objected while a notice ran."""

    @in_place(OPEN, permissions.answer)
    def answer(self) -> None:
        """The village committee answered an objection."""

    @in_place([S.UNDERWAY], permissions.report)
    def report(self) -> None:
        """Progress, accounts and budget were reported."""

    @in_place([S.RECTIFYING], permissions.comply)
    def comply(self) -> None:
        """The village committee reported what it put right."""
