"""The architecture as system checks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.core.checks import CheckMessage, Error, register
from django_fsm import ANY_OTHER_STATE, ANY_STATE

from workflows import rulebook
from workflows.bodies import BODIES, notice_key, pass_key, quorum_key
from workflows.stage import Stage

STAGE_MOVES = Path(__file__).parent / "sql" / "stage_moves.sql"


def edges() -> list[Any]:
    """Every edge of the machine."""
    from .models import Matter  # noqa: PLC0415 (models are ready only now)

    return list(Matter._meta.get_field("stage").get_all_transitions(Matter))


def moves(found: Iterable[Any]) -> set[tuple[str, str]]:
    """The pairs of stages that the edges join."""
    pairs = set()
    for edge in found:
        targets = getattr(edge.target, "allowed_states", [edge.target])
        pairs |= {(str(edge.source), str(t)) for t in targets if t is not None}
    return {(source, target) for source, target in pairs if source != target}


@register("workflows")
def machine_is_guarded(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """No edge is open to all or from everywhere, or rests on a key nobody defined."""
    return faults(edges())


def faults(found: list[Any]) -> list[CheckMessage]:
    """What is wrong with a machine of these edges."""
    return [
        *(_unnamed_source(edge) for edge in found if _from_anywhere(edge)),
        *(_open_to_all(edge) for edge in found if edge.permission is None),
        *_keyless(),
        *_unknown_verbs(found),
        *_other_moves_in_sql(found),
        *_lock_that_does_not_wait(),
    ]


def _from_anywhere(edge: Any) -> bool:
    return edge.source in (ANY_STATE, ANY_OTHER_STATE)


def _unnamed_source(edge: Any) -> CheckMessage:
    return Error(f"{edge.name}: name its source stages", id="workflows.E001")


def _open_to_all(edge: Any) -> CheckMessage:
    return Error(f"{edge.name}: name who may", id="workflows.E002")


RULE_KEYS = (
    "vm.matters",
    "vm.notice_special",
    "vr.authorization_required",
    "guarantee.by_committee",
    "withdraw.before_decision",
    "implementation.waits_for",
    "pub.min_days",
    "pub.result_min_days",
    "pub.supervisor_review",
    "objection.reply_days",
    "objections.answered",
    "construction.before_begin",
    "documents.required",
    "acceptance.min",
    "acceptance.supervisors",
    "count.witnessed",
    "ballot.invariant",
    "voters.on_roster",
    "vote.electronic",
    "vote.recusal",
    "pm.voters",
    "text.unchanged",
    # What only findings ask.
    "record.late_days",
    "roster.left_out",
    "steps.same_day",
    "vr.comp.rep_share",
    "vr.comp.women_share",
)
# The collective's bodies are there only since its own statute.
EVER = [body for body in BODIES if body not in ("members", "member_reps")]
BODY_KEYS = (
    *(quorum_key(body, mode) for body in EVER for mode in ("persons", "households")),
    *(key(body) for body in EVER for key in (pass_key, notice_key)),
)


def _keyless() -> Iterator[CheckMessage]:
    """A rule names a key that some national rule set does not have."""
    for rules in rulebook.BOOK.national:
        for key in dict.fromkeys((*RULE_KEYS, *BODY_KEYS)):
            if key not in rules:
                yield Error(f"{rules.name}: no key {key}", id="workflows.E003")


def _unknown_verbs(found: list[Any]) -> Iterator[CheckMessage]:
    """A duty names a verb that the machine does not have."""
    from .duties import Duty  # noqa: PLC0415
    from .flows import ProceedingFlow  # noqa: PLC0415

    known = {edge.name for edge in found}
    for node in ProceedingFlow.instance.nodes():
        for verb in set(getattr(node, "verbs", ())) - known:
            if isinstance(node, Duty):
                yield Error(f"duty {node.name}: no verb {verb}", id="workflows.E004")


def _other_moves_in_sql(found: list[Any]) -> Iterator[CheckMessage]:
    """The database lets a stage follow that the machine does not, or the reverse."""
    text = STAGE_MOVES.read_text(encoding="utf-8")
    in_sql = set(re.findall(r"\('(\w+)', '(\w+)'\)", text))
    for old, new in sorted(in_sql ^ moves(found)):
        where = "the machine" if (old, new) in in_sql else "stage_moves.sql"
        yield Error(f"{old} → {new}: not in {where}", id="workflows.E005")
    if unknown := {s for pair in in_sql for s in pair} - set(Stage.values):
        yield Error(f"no such stages: {sorted(unknown)}", id="workflows.E005")


def _lock_that_does_not_wait() -> Iterator[CheckMessage]:
    """Who comes second must wait for who came first, not sleep and fail."""
    from .flows import ProceedingFlow  # noqa: PLC0415

    lock = ProceedingFlow.lock_impl
    if getattr(lock, "nowait", True) or getattr(lock, "attempts", 0) != 1:
        yield Error("ProceedingFlow: its lock must block", id="workflows.E006")
