"""The chains: which stages a matter passes, and whose yes brings it to each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .reading import Table
from .vocabulary import BODIES, COMPETENT, DECIDING, STAGES, VERBS

if TYPE_CHECKING:
    from .ruleset import RuleSet

FIRST = "drafted"
OFF_PATH = ("rejected", "withdrawn", "rectifying")
ANY_BODY = "会议"  # until it is known which body decides


@dataclass(frozen=True)
class Step:
    """One stage of a chain: the verb that reaches it, the body that performs it."""

    stage: str
    verb: str
    body: str  # a body, "competent", or "" where no body sits
    effect: str  # "decides" or "opinion"; "" where no body sits
    done: str
    todo: str
    seen: str
    rejected: str
    done_without_works: str = ""
    todo_without_works: str = ""


@dataclass(frozen=True)
class Chain:
    """The stages a matter passes, in order, with what people call them."""

    name: str
    title: str
    steps: tuple[Step, ...]
    off_path: Mapping[str, Step]

    @property
    def stages(self) -> tuple[str, ...]:
        return tuple(step.stage for step in self.steps)

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs in order; drafting is none of them."""
        return tuple(step.verb for step in self.steps if step.verb)

    def step(self, verb: str) -> Step | None:
        """The step that verb performs in this chain, if it is one of its verbs."""
        return next((s for s in self.steps if verb and s.verb == verb), None)

    def next_stage(self, stage: str) -> str | None:
        """The stage after this one; none at the end and off the path."""
        step = self._after(stage)
        return step.stage if step else None

    def next_verb(self, stage: str) -> str | None:
        """The verb that leaves this stage; none at the end and off the path."""
        step = self._after(stage)
        return step.verb if step else None

    def before(self, stage: str) -> str | None:
        """The stage before this one in this chain."""
        place = self._place(stage)
        return self.steps[place - 1].stage if place else None

    def step_for_body(self, body: str, stage: str) -> Step | None:
        """The step a yes of that body would perform at that stage, if any."""
        step = self._after(stage)
        if step is None or not step.body:
            return None
        named = body in DECIDING if step.body == COMPETENT else body == step.body
        return step if named else None

    def bodies(self, rules: RuleSet, type_code: str) -> tuple[str, ...]:
        """The bodies whose yes adopts a matter of that type in this chain."""
        step = self.step("adopt")
        if step is None:
            return ()
        if step.body != COMPETENT:
            return (step.body,)
        # The joint sitting adopts only where its chain says so.
        return tuple(body for body in rules.bodies(type_code) if body in DECIDING)

    def label(self, stage: str, body: str = "", *, works: bool = True) -> str:
        """What officials call the stage; `body` is what the deciding body is called."""
        step = self._step_at(stage)
        words = step.done if works else step.done_without_works or step.done
        return _named(words, body)

    def todo(self, stage: str, body: str = "", *, works: bool = True) -> str:
        """What is awaited at that stage."""
        step = self._step_at(stage)
        words = step.todo if works else step.todo_without_works or step.todo
        return _named(words, body)

    def seen(
        self, stage: str, body: str = "", *, days: int | None = None, works: bool = True
    ) -> str:
        """What villagers read of that stage; "" where it is not shown to them."""
        step = self._step_at(stage)
        if "%(days)s" in step.seen and days is None:
            return self.label(stage, body, works=works)
        return _named(step.seen, body, days)

    def rejected(self, by: str, body: str = "") -> str:
        """What it is called that this body said no; `body` is what it is called."""
        own = (s for s in self.steps if s.body == by and s.rejected)
        step = next(own, self.off_path["rejected"])
        return _named(step.rejected, body)

    def _place(self, stage: str) -> int | None:
        return self.stages.index(stage) if stage in self.stages else None

    def _after(self, stage: str) -> Step | None:
        place = self._place(stage)
        if place is None or place + 1 == len(self.steps):
            return None
        return self.steps[place + 1]

    def _step_at(self, stage: str) -> Step:
        place = self._place(stage)
        if place is not None:
            return self.steps[place]
        if stage not in self.off_path:
            raise KeyError(f"{self.name} does not pass {stage}")
        return self.off_path[stage]


def _named(words: str, body: str, days: int | None = None) -> str:
    return words % {"body": body or ANY_BODY, "days": days} if "%" in words else words


def load_chains(file: Table) -> dict[str, Chain]:
    """Every chain of the file, each step completed from what all chains share."""
    shared = {row.key: row for row in _rows(file, "shared")}
    off_path = {row.key: _step(row, row.key) for row in _rows(file, "off_path")}
    if set(off_path) != set(OFF_PATH):
        raise file.error(f"off_path names not exactly {', '.join(OFF_PATH)}")
    common = {stage: _step(row, stage) for stage, row in shared.items()}
    return {name: _chain(name, table, common, off_path) for name, table in file.rest()}


def _rows(file: Table, name: str) -> list[Table]:
    rows = Table(file.file, name, file.take(name, dict))
    return [row for _, row in rows.rest()]


def _chain(
    name: str, table: Table, common: dict[str, Step], off_path: dict[str, Step]
) -> Chain:
    title = table.text("label")
    stages = table.words("stages", STAGES)
    own = Table(table.file, f"{name}.steps", table.take("steps", dict, {}))
    steps = dict(common)
    for stage, row in own.rest():
        row.key = f"{name}.{stage}"
        if stage not in stages:
            raise row.error("is not among the chain's stages")
        steps[stage] = _step(row, stage, common.get(stage))
    table.end()
    for stage in stages:
        if stage not in steps:
            raise table.error(f"says nothing of {stage}")
    _in_order(table, stages)
    return Chain(name, title, tuple(steps[stage] for stage in stages), off_path)


def _in_order(table: Table, stages: tuple[str, ...]) -> None:
    if list(stages) != sorted(stages, key=STAGES.index):
        raise table.error("stages are not in the order of the procedure")
    if not stages or stages[0] != FIRST or stages[-1] != "archived":
        raise table.error("a chain leads from drafted to archived")


def _step(row: Table, stage: str, base: Step | None = None) -> Step:
    if stage not in STAGES:
        raise row.error("is not a stage")
    verb = row.text("verb", base.verb if base else "")
    if VERBS.get(verb, stage) != stage or (verb and verb not in VERBS):
        raise row.error(f"verb {verb!r} does not lead here")
    known = ("", COMPETENT, *BODIES)
    body = row.word("body", known, base.body if base else "")
    effect = row.word("effect", ("", "decides", "opinion"), "decides" if body else "")
    texts = {
        name: row.text(name, getattr(base, name) if base else "")
        for name in (
            "done",
            "todo",
            "seen",
            "rejected",
            "done_without_works",
            "todo_without_works",
        )
    }
    row.end()
    return Step(stage=stage, verb=verb, body=body, effect=effect, **texts)
