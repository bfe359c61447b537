"""What the command line says where nothing could be loaded."""

from __future__ import annotations

import sys
from typing import Any

import pytest

import manage
from workflows.rulebook import RulebookError


def test_a_broken_rule_file_is_named_and_nothing_is_done(
    monkeypatch: Any, capsys: Any
) -> None:
    def execute(arguments: list[str]) -> None:
        raise RulebookError("national-2026.toml", "vr.qorum", "is not a key")

    monkeypatch.setattr(manage, "execute_from_command_line", execute)
    monkeypatch.setattr(sys, "argv", ["manage.py", "list_rules"])
    with pytest.raises(SystemExit) as left:
        manage.main()
    assert left.value.code == 2
    assert "national-2026.toml: vr.qorum: is not a key" in capsys.readouterr().err


def test_any_other_error_is_shown_as_it_is(monkeypatch: Any) -> None:
    def execute(arguments: list[str]) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(manage, "execute_from_command_line", execute)
    monkeypatch.setattr(sys, "argv", ["manage.py", "list_rules"])
    with pytest.raises(ZeroDivisionError):
        manage.main()
