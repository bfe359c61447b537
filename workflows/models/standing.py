"""How a matter stands: what is asked of it by rules, pages and acts."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any, cast

import rfc8785
from django.db import models
from django.utils.functional import cached_property

from audit import clock
from workflows import rulebook
from workflows.bodies import BODIES
from workflows.stage import Stage

from .recorded import unsorted

if TYPE_CHECKING:
    from workflows.models import Acceptance, Ballot, Matter, Notice, Resolution
    from workflows.rules import Refusal, Rule

DELIBERATIONS = ("propose", "review", "adopt")
# Which notice a verb corrects, where the order of the chain is suspended.
CORRECTS = {"announce": "resolution", "report_result": "result"}


class Standing(models.Model):
    """What a matter's rows say of it. Reads only."""

    class Meta:
        abstract = True

    if TYPE_CHECKING:
        # The columns and relations of Matter, which is what this is a part of.
        amount: Any
        ballots: Any
        chain_name: str
        documents: Any
        notices: Any
        resolutions: Any
        stage: Any
        stage_since: date
        text_version: int
        texts: Any
        title: Any
        type: Any
        village: Any

    question: Ballot | None = None  # the ballot that is being judged
    acceptance: Acceptance | None = None  # the acceptance that is being judged
    held: Standing | None = None  # as it was locked by the act being performed
    returns_to: str = ""  # where `examine`, `recount` and `void` lead

    KNOWN = (
        "_judged",
        "deciding_body",
        "text",
        "resolution",
        "standing_notices",
        "notice_on_show",
        "open_deciding_ballot",
        "missing_items",
        "missing_documents",
        "carried_out_by",
    )

    def refresh_from_db(
        self, using: Any = None, fields: Any = None, from_queryset: Any = None
    ) -> None:
        """Read the row anew and forget what was derived from it.

        The stage is taken out before, since the field refuses to be set over; the
        library's own mixin lifts that refusal for every matter of the process.
        """
        names = fields or [field.attname for field in self._meta.concrete_fields]
        stage = self.__dict__.pop("stage", None)
        try:
            super().refresh_from_db(using, list(names), from_queryset)
        finally:
            if stage is not None:
                self.__dict__.setdefault("stage", stage)
        self.forget()

    def let_go(self) -> None:
        """Forget the locked twin of an earlier act."""
        self.held = None

    def learn(self) -> None:
        """Take over the stage and the text's number as they are now.

        The act that has just been performed knows them, if it locked this very
        instance; else they are asked of the database.
        """
        now = self.held or type(self)._default_manager.get(pk=self.pk)
        self.__dict__["stage"] = now.stage
        self.stage_since, self.text_version = now.stage_since, now.text_version
        self.let_go()
        self.forget()

    def forget(self) -> None:
        """Derive anew what was derived from rows that may have changed."""
        self._prefetched_objects_cache: dict[str, Any] = {}
        for known in self.KNOWN:
            self.__dict__.pop(known, None)

    @property
    def chain(self) -> rulebook.Chain:
        """The stages this matter passes, in order."""
        return rulebook.chain(self.chain_name)

    @property
    def adopting(self) -> rulebook.Step:
        """The step of the chain that adopts; every chain has one."""
        step = self.chain.step("adopt")
        assert step is not None
        return step

    @property
    def kind(self) -> rulebook.MatterType:
        """The entry of the catalogue for this type."""
        return rulebook.matter_type(self.type)

    def rules_on(self, day: date | None = None) -> rulebook.RuleSet:
        """The rules in force for this village on that day."""
        return rulebook.in_force(day or clock.today(), self.village.overlays)

    def bodies_on(self, day: date | None = None) -> tuple[str, ...]:
        """The bodies whose yes adopts this matter on that day."""
        found = self.chain.bodies(self.rules_on(day), self.type)
        return found or ("reps", "villagers")

    @cached_property
    def deciding_body(self) -> str:
        """The body that adopts this matter: the one it was put to, else the usual."""
        return self.deciding_body_on()

    def deciding_body_on(self, day: date | None = None) -> str:
        """The same, by the rules of that day."""
        ballots = self.ballots.all()
        if "ballots" not in getattr(self, "_prefetched_objects_cache", {}):
            ballots = ballots.select_related("sitting")
        for ballot in sorted(ballots, key=lambda b: -b.pk):
            if ballot.step_verb == "adopt" and not ballot.flawed:
                return str(ballot.sitting.body)
        bodies = self.bodies_on(day)
        return next((b for b in ("reps", "member_reps") if b in bodies), bodies[0])

    @property
    def stage_label(self) -> str:
        """How the stage is called in the matter's own chain."""
        body = str(BODIES[self.deciding_body].short)
        if self.stage == Stage.REJECTED:
            return self.chain.rejected(self.rejected_by, body)
        return self.chain.label(self.stage, body, works=self.kind.works)

    @property
    def rejected_by(self) -> str:
        """The body that said no."""
        said_no = [b for b in self.ballots.all() if b.moved and b.verb == "reject"]
        return max(said_no, key=lambda b: b.pk).sitting.body if said_no else ""

    @property
    def owed(self) -> str | None:
        """The verb that leaves this stage, as the matter's own chain has it."""
        if self.stage == Stage.RECTIFYING:
            return "examine"
        if self.stage == Stage.REJECTED:
            return "archive"
        verb = self.chain.next_verb(self.stage)
        if verb == "accept" and not self.kind.works:
            return "done"
        return verb

    def in_turn(self, verb: str) -> bool:
        """Whether the matter's own chain allows the verb at this stage."""
        if verb in ("initiate", *DELIBERATIONS):
            return bool(verb == self.chain.next_verb(self.stage))
        if verb == "reject":
            step = self.chain.step(self.chain.next_verb(self.stage) or "")
            return step is not None and step.effect == "decides"
        if verb in ("accept", "done"):
            return bool(verb == self.owed)
        if verb in CORRECTS and self.stage == Stage.RECTIFYING:
            return any(n.kind == CORRECTS[verb] for n in self.standing_notices)
        return True

    def may_rest_on(self, day: date) -> bool:
        """Whether what was held on that day can rest on the step before it."""
        return day >= self.stage_since

    def edge(self, verb: str) -> Any:
        """The machine's edge for the verb at this stage, or None out of turn."""
        meta = getattr(type(self), verb)._django_fsm
        return meta.transitions.get(self.stage) if self.in_turn(verb) else None

    def unmet(self, verb: str) -> list[Refusal]:
        """Every rule that stands in the verb's way now, in the order of the law."""
        edge = self.edge(verb)
        rules: list[Rule] = edge.conditions if edge else []
        return [
            refusal for rule in rules if (refusal := rule.refusal(cast("Matter", self)))
        ]

    def digest(self, text: str) -> str:
        """The hash of title, sum and text: what is put to the vote."""
        amount = "" if self.amount is None else f"{self.amount:.2f}"
        facts = {"amount": amount, "text": text, "title": self.title}
        return hashlib.sha256(rfc8785.dumps(facts)).hexdigest()

    @cached_property
    def text(self) -> Any:
        """The text as it stands: a MatterText."""
        return self.texts.get(version=self.text_version)

    @cached_property
    def resolution(self) -> Resolution | None:
        """What was decided last, and stands: not by a ballot that is void."""
        rows = self.resolutions
        if "resolutions" in getattr(self, "_prefetched_objects_cache", {}):
            standing: Any = [row for row in rows.all() if row.stands]
        else:
            standing = rows.standing().select_related("ballot").order_by()
        found: Resolution | None = max(standing, key=lambda row: row.pk, default=None)
        return found

    @cached_property
    def standing_notices(self) -> list[Notice]:
        """The notices no newer one has replaced, the newest first."""
        rows = unsorted(self, "notices")
        replaced = {notice.supersedes_id for notice in rows}
        standing = [notice for notice in rows if notice.pk not in replaced]
        return sorted(standing, key=lambda notice: -notice.pk)

    @cached_property
    def notice_on_show(self) -> Notice | None:
        """The notice whose days count at this stage.

        One that shows a resolution corrected or declared void since does not count.
        """
        kinds = ("result",) if self.stage == Stage.REPORTED else ("resolution", "reply")
        shown = (notice for notice in self.standing_notices if notice.kind in kinds)
        found = next(shown, None)
        if found is None or found.kind == found.Kind.RESULT:
            return found
        resolution = self.resolution
        stands = resolution is not None and found.resolution_id == resolution.pk
        return found if stands else None

    @cached_property
    def open_deciding_ballot(self) -> Ballot | None:
        """The ballot of the deciding body that is open or counted, not declared."""
        bodies = self.bodies_on()
        put = self.ballots.under_way().filter(sitting__body__in=bodies)
        found: Ballot | None = put.first()
        return found

    @cached_property
    def missing_items(self) -> list[Any]:
        """Items the rulebook wants shown before `begin` that are not yet."""
        wanted = self.rules_on()["construction.before_begin"].value
        shown = {notice.item for notice in self.standing_notices}
        return [
            item
            for item in self.kind.disclosures
            if item.gate and item.code in wanted and item.code not in shown
        ]

    @cached_property
    def missing_documents(self) -> list[Any]:
        """Papers the catalogue asks for that are neither there nor explained."""
        there = {document.code for document in self.documents.all()}
        return [paper for paper in self.kind.documents if paper.code not in there]

    @cached_property
    def carried_out_by(self) -> set[str]:
        """The names of those who carry out: director and deputy."""
        held = self.village.offices.filter(role__in=("director", "deputy_director"))
        held = held.current()
        return {str(office.holder) for office in held.select_related("holder")}
