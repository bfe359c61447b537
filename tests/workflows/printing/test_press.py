"""The press: the same papers give the same bytes, and nothing is fetched for them."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from config import health
from config.settings import BASE_DIR
from tests.workflows.test_pictures import photograph
from workflows.pictures import Unreadable, page_of
from workflows.printing import SwitchedOff, press, put_to_paper

HTML = "<!doctype html><html lang='zh-CN'><body><h1>王家山村</h1><p>垴辿㙟𠮷</p>"
AGAIN = """
import django, hashlib, sys
django.setup()
from tests.workflows.printing.test_press import HTML, Plain
from workflows.printing import put_to_paper
print(hashlib.sha256(put_to_paper([Plain(HTML), Plain(HTML)])).hexdigest())
"""


class Plain(press.Sheet):
    """A paper that needs no template."""

    def __init__(self, html: str) -> None:
        super().__init__("", {"html": html})

    def written_out(self) -> str:
        return self.context["html"]


@pytest.fixture
def lacking(monkeypatch):
    """A machine without one of the libraries."""
    nowhere = {"libnowhere.so.0": "libharfbuzz-subset0"}
    monkeypatch.setattr(press, "LIBRARIES", nowhere)
    press.switched_off.cache_clear()
    yield
    press.switched_off.cache_clear()


@pytest.mark.paper
def test_fonts_are_cut_down_by_the_fast_library():
    from weasyprint.text.ffi import harfbuzz_subset

    assert harfbuzz_subset


@pytest.mark.paper
def test_another_process_prints_the_same_bytes():
    here = put_to_paper([Plain(HTML), Plain(HTML)])
    elsewhere = subprocess.run(
        [sys.executable, "-c", AGAIN],
        cwd=BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert elsewhere.strip() == hashlib.sha256(here).hexdigest()
    assert here == put_to_paper([Plain(HTML), Plain(HTML)])
    assert here != put_to_paper([Plain(HTML)])


@pytest.mark.paper
def test_nothing_is_fetched(tmp_path):
    larger = tmp_path / "larger.css"
    larger.write_text("h1{font-size:99pt}")
    linked = f"<link rel=stylesheet href='{larger.as_uri()}'>{HTML}"
    assert put_to_paper([Plain(linked)]) == put_to_paper([Plain(HTML)])
    styled = f"<style>{larger.read_text()}</style>{HTML}"
    assert put_to_paper([Plain(styled)]) != put_to_paper([Plain(HTML)])


def test_another_font_is_not_put_in_its_place(monkeypatch):
    """fontconfig names some font for whatever it is asked for."""
    monkeypatch.setattr(press, "FONTS", (*press.FONTS, "No Such Serif SC"))
    press.switched_off.cache_clear()
    try:
        assert press.switched_off() == "没有安装 fonts-noto-cjk"
        with pytest.raises(SwitchedOff, match="fonts-noto-cjk"):
            put_to_paper([Plain(HTML)])
    finally:
        press.switched_off.cache_clear()


def test_what_is_missing_is_said(lacking):
    assert press.switched_off() == "没有安装 libharfbuzz-subset0"
    with pytest.raises(SwitchedOff, match="libharfbuzz-subset0"):
        put_to_paper([])
    said = "打印会议资料袋、会议记录、决议书：未启用，因为没有安装 libharfbuzz-subset0"
    assert said in health.switched_off()


@pytest.mark.paper
def test_who_has_printed_still_refuses_a_picture_that_breaks_off():
    put_to_paper([Plain(HTML)])
    whole = photograph().read()
    with pytest.raises(Unreadable):
        page_of(SimpleUploadedFile("a.jpg", whole[: len(whole) // 2]))
