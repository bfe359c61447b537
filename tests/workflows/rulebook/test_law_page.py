"""docs/law.md says what the rulebook says."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from workflows.rulebook import BOOK, CATALOGUE
from workflows.rulebook.document import law_page
from workflows.rulebook.schema import KEYS


def test_the_page_is_up_to_date() -> None:
    call_command("list_rules", check=True)


def test_a_page_that_fell_behind_is_pointed_out(tmp_path: Path) -> None:
    with override_settings(BASE_DIR=tmp_path):
        with pytest.raises(CommandError, match="list_rules"):
            call_command("list_rules", check=True)
        call_command("list_rules")
        call_command("list_rules", check=True)
        (tmp_path / "docs" / "law.md").write_text("没有规则。", encoding="utf-8")
        with pytest.raises(CommandError, match="list_rules"):
            call_command("list_rules", check=True)


def test_every_key_and_every_type_is_on_the_page() -> None:
    page = law_page(BOOK)
    for key in KEYS:
        assert f"`{key}`" in page, key
    for code, kind in CATALOGUE.items():
        assert f"{code} {kind.label}" in page, code


def test_the_page_speaks_in_words() -> None:
    page = law_page(BOOK)
    assert "全体的三分之二以上（含本数）" in page
    assert "到会人员的过半数" in page
    assert "Threshold" not in page
    assert "True" not in page
