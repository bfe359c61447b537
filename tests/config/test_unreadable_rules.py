"""A rule file that cannot be read: every command says where, and does nothing."""

from __future__ import annotations

import sys

import pytest

import manage
from workflows.rulebook import RulebookError


@pytest.fixture
def run(monkeypatch):
    """A command that ends with this."""

    def run(wrong):
        def execute(argv):
            raise wrong

        monkeypatch.setattr(manage, "execute_from_command_line", execute)
        monkeypatch.setattr(sys, "argv", ["manage.py", "list_rules"])
        manage.main()

    return run


def test_it_names_file_and_key_without_a_traceback(run, capsys):
    with pytest.raises(SystemExit) as ended:
        run(RulebookError("demo-county.toml", "vr.notice_days", "is not a number"))
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert said == "demo-county.toml: vr.notice_days: is not a number\n"


def test_what_went_wrong_otherwise_is_not_hidden(run):
    with pytest.raises(ZeroDivisionError):
        run(ZeroDivisionError())
