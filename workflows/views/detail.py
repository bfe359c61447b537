"""All that the page of one matter shows, fetched in a fixed number of queries."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from audit.models import Entry
from villages.models import Office
from workflows import permissions
from workflows.bodies import BODIES
from workflows.models import Ballot, Matter, Rectification
from workflows.presenting import (
    answers_proposer,
    brought,
    chain_steps,
    fetch_all,
    held,
    next_step,
    pointed_out,
    shown,
    sitting_url,
    subjects,
    timeline,
    versions,
)
from workflows.stage import Stage

from .cures import Button, act_url, cures
from .verbs import OF_MATTER, OF_NOTICE

if TYPE_CHECKING:
    from workflows.presenting import Reader

DELIBERATIONS = ("propose", "review", "adopt")
CORRECTIONS = ("announce", "report_result")
RUNNING = ("scheduled", "open", "counted", "witnessed")


def detail_of(matter: Matter, reader: Reader) -> dict[str, Any]:
    """The context of the page."""
    fetch_all(matter)
    entries = list(Entry.objects.of(*subjects(matter)).ready_to_open())
    ahead = Ahead(matter, reader)
    return {
        "matter": matter,
        "chain_title": matter.chain.title,
        "steps": chain_steps(matter, entries, reader),
        "versions": versions(list(matter.texts.all())),
        "next": next_step(matter),
        "unmet": ahead.unmet,
        "act": ahead.label,
        "first": ahead.buttons,
        "by": ahead.by,
        "more": ahead.more,
        "held": held(matter, reader),
        "shown": [(row, _notice_buttons(matter, row)) for row in shown(matter, reader)],
        "objections": brought(matter, reader),
        "findings": pointed_out(matter, reader),
        "may": set(reader.may(matter, "explain", "attach", "answer", "reply")),
        "events": timeline(
            entries,
            for_officers=reader.officer,
            ballots=matter.ballots.all(),
            items={item.code: item.label for item in matter.kind.disclosures},
        ),
    }


def _notice_buttons(matter: Matter, row: Any) -> list[Button]:
    return [
        Button(str(OF_NOTICE[verb].button), act_url(matter, verb, row.notice.uid))
        for verb in row.verbs
    ]


class Ahead:
    """What the matter waits for, what is missing for it, and who may do it."""

    def __init__(self, matter: Matter, reader: Reader) -> None:
        self.matter, self.reader = matter, reader
        self.verb = self._verb()
        self.running = max(
            (b for b in matter.ballots.all() if self._is_awaited(b)),
            key=lambda ballot: ballot.pk,
            default=None,
        )

    def _is_awaited(self, ballot: Ballot) -> bool:
        """Whether it is on its way, and of the body the matter waits for now."""
        chain, body = self.matter.chain, ballot.sitting.body
        awaited = chain.step_for_body(body, self.matter.stage) is not None
        return awaited and ballot.state in RUNNING

    def _verb(self) -> str:
        """The verb that is owed; inside a stage, what comes before it."""
        matter = self.matter
        if matter.stage == Stage.REJECTED and not matter.standing_notices:
            return "announce"
        if matter.stage == Stage.RECTIFYING:
            states = {r.state for r in matter.rectifications.all()}
            ordered = Rectification.State.ORDERED in states
            return "comply" if ordered else "examine"
        return matter.owed or ""

    @property
    def label(self) -> str:
        """What the owed act is called, as its button says."""
        if self.verb == "announce" and answers_proposer(self.matter):
            return _("书面答复提议人")
        known = OF_MATTER.get(self.verb)
        return str(known.button) if known else next_step(self.matter)

    @cached_property
    def unmet(self) -> list[Any]:
        """What stands in the way; a sitting is judged on its own page."""
        if self.verb not in OF_MATTER or self.verb == "accept":
            return []
        return self.matter.unmet(self.verb)

    @property
    def by(self) -> str:
        """Whose turn it is, where it is not the reader's."""
        if not self.verb or self.reader.holds(self._roles()):
            return ""
        return "、".join(str(Office.Role(role).label) for role in self._roles())

    def _roles(self) -> tuple[str, ...]:
        if self.verb in DELIBERATIONS:
            return BODIES[self._body].operated_by
        edge = self.matter.edge(self.verb)
        return edge.permission.roles if edge else ()

    @property
    def _body(self) -> str:
        step = self.matter.chain.step(self.verb)
        body = step.body if step else ""
        return body if body in BODIES else self.matter.deciding_body

    @property
    def buttons(self) -> list[Button]:
        """What does away with what is missing, then the ways to do what is owed."""
        found = cures(self.matter, self.reader, self.unmet)
        if self.verb and self.reader.holds(self._roles()):
            found += self._owed()
        return found

    def _owed(self) -> list[Button]:
        if self.verb not in DELIBERATIONS:
            url = act_url(self.matter, self.verb)
            return [Button(self.label, url, main=not self.unmet)]
        if self.running is not None:
            url = sitting_url(self.running.sitting)
            return [Button(_("去这次会议"), url, main=True)]
        return self._convening()

    def _convening(self) -> list[Button]:
        args = [self.matter.village.slug]
        asked = f"?body={self._body}&matter={self.matter.number}"
        return [
            Button(
                _("发会议通知"),
                reverse("workflows:convene", args=args) + asked,
                main=True,
            ),
            Button(_("会后录入"), reverse("workflows:record_paper", args=args) + asked),
        ]

    @property
    def more(self) -> list[Button]:
        """What else this reader may do now."""
        matter = self.matter
        hidden = {self.verb, "explain", "comply", "examine"}
        if matter.kind.approval is None:
            hidden.add("approve")
        if not matter.kind.disclosures:
            hidden.add("disclose")
        found = [
            Button(self._more_label(verb), act_url(matter, verb))
            for verb in self.reader.may(matter, *OF_MATTER)
            if verb not in hidden
        ]
        if matter.stage == Stage.REJECTED and self.reader.holds(
            permissions.draft.roles
        ):
            asked = f"?follows={matter.uid}"
            label = _("修改后作为新事项提出")
            found.append(Button(label, reverse("workflows:draft") + asked))
        return found

    def _more_label(self, verb: str) -> str:
        """A second publication of its kind is a correction."""
        if verb in CORRECTIONS:
            kind = "result" if verb == "report_result" else "resolution"
            if any(notice.kind == kind for notice in self.matter.standing_notices):
                return _("更正结果公示") if kind == "result" else _("更正决议公示")
        return str(OF_MATTER[verb].button)
