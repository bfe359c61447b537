"""The architecture as system checks: each is made to fail once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.checks import run_checks
from django_fsm import transition
from viewflow.workflow import lock

from workflows import checks, rulebook
from workflows.flows import ProceedingFlow
from workflows.permissions import draft

WORKFLOWS = Path(checks.__file__).parent


def ids(edges: list[Any] | None = None) -> set[str]:
    return {fault.id for fault in checks.faults(edges or checks.edges())}


def an_edge(**how: Any) -> Any:
    """An edge of which no more is said than this."""

    @transition("stage", target="archived", **how)
    def archive(matter: Any) -> None:
        """Closed."""

    (edge,) = archive._django_fsm.transitions.values()
    return edge


def test_nothing_is_wrong_with_the_machine():
    assert run_checks(tags=["workflows"]) == []


@pytest.mark.parametrize("how", [{}, {"source": "*"}, {"source": "+"}])
def test_e001_an_edge_must_name_its_source(how):
    assert "workflows.E001" in ids([an_edge(permission=draft, **how)])


def test_e002_an_edge_must_name_who_may():
    assert "workflows.E002" in ids([an_edge(source="reported")])
    assert "workflows.E002" not in ids([an_edge(source="reported", permission=draft)])


def test_e003_a_rule_rests_on_a_key_that_every_national_text_has(monkeypatch):
    monkeypatch.setattr(checks, "RULE_KEYS", (*checks.RULE_KEYS, "vr.weather"))
    found = [fault for fault in checks.faults(checks.edges()) if "weather" in fault.msg]
    assert [fault.id for fault in found] == ["workflows.E003"] * 3


def test_e003_looks_for_every_key_that_a_rule_or_a_finding_names():
    sources = [*(WORKFLOWS / "rules").glob("*.py"), WORKFLOWS / "findings.py"]
    text = "".join(source.read_text(encoding="utf-8") for source in sources)
    named = set(re.findall(r'"([a-z]+(?:\.[a-z_]+)+)"', text))
    in_the_book = named & set(rulebook.BOOK.national[-1])
    assert in_the_book <= {*checks.RULE_KEYS, *checks.BODY_KEYS}


def test_e004_a_duty_names_verbs_of_the_machine(monkeypatch):
    monkeypatch.setattr(ProceedingFlow.instance.node("begin"), "verbs", ("fly",))
    assert ids() == {"workflows.E004"}


def moves_file(tmp_path: Path, monkeypatch: Any, old: str, new: str) -> None:
    text = checks.STAGE_MOVES.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "stage_moves.sql"
    changed.write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(checks, "STAGE_MOVES", changed)


def test_e005_a_move_the_database_lacks(tmp_path, monkeypatch):
    moves_file(tmp_path, monkeypatch, "('reviewed', 'adopted'),", "")
    (fault,) = checks.faults(checks.edges())
    assert fault.id == "workflows.E005"
    assert fault.msg == "reviewed → adopted: not in stage_moves.sql"


def test_e005_a_move_the_machine_lacks(tmp_path, monkeypatch):
    more = "('reviewed', 'adopted'), ('drafted', 'archived'),"
    moves_file(tmp_path, monkeypatch, "('reviewed', 'adopted'),", more)
    (fault,) = checks.faults(checks.edges())
    assert fault.id == "workflows.E005"
    assert fault.msg == "drafted → archived: not in the machine"


def test_e005_a_stage_nobody_knows(tmp_path, monkeypatch):
    more = "('reviewed', 'adopted'), ('drafted', 'forgotten'),"
    moves_file(tmp_path, monkeypatch, "('reviewed', 'adopted'),", more)
    assert any("forgotten" in fault.msg for fault in checks.faults(checks.edges()))


@pytest.mark.parametrize(
    "impatient",
    [
        lock.no_lock,
        lock.select_for_update_lock,
        lock.SelectForUpdateLock(nowait=False, attempts=2),
    ],
)
def test_e006_the_lock_of_a_proceeding_waits(monkeypatch, impatient):
    monkeypatch.setattr(ProceedingFlow, "lock_impl", impatient)
    assert ids() == {"workflows.E006"}
