"""What every page looks like: readable, touchable, and nothing from elsewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django import forms
from django.conf import settings
from django.template.loader import get_template, render_to_string

ROOT = Path(settings.BASE_DIR)
SITE, PRINT = ((ROOT / "static" / f).read_text() for f in ("site.css", "print.css"))
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
names = pytest.mark.parametrize(
    "file", TEMPLATES, ids=lambda f: str(f.relative_to(ROOT / "templates"))
)

BARE = re.sub(r"/\*.*?\*/", "", SITE, flags=re.DOTALL)
RULES = re.findall(r"([^{}]+)\{([^{}]*)\}", BARE)
TOKENS = dict(re.findall(r"--(\w+):([^;}]+)", SITE.split("}", 1)[0]))
# What is written on what, where one rule does not say both.
WRITTEN_ON = {
    "ink": "paper bg shade straw mint rosy focus",
    "soft": "paper bg shade straw mint rosy",
    "link": "paper bg shade straw mint rosy",
    "red": "paper bg rosy",
    "deep": "paper rosy",
    "ok": "paper",
    "amber": "paper",
}
# Borders, marks and the focus ring.
DRAWN_ON = {
    "edge": "paper bg shade",
    "red": "paper bg rosy",
    "ok": "paper bg mint",
    "amber": "paper bg straw",
    "ink": "paper bg focus",
    "focus": "red",
}
TOUCHED = (".btn", ".tool", "summary", ".nav a,.nav button", ".rows li")
SMALLEST_ROOT = 18  # px: 112.5 % on wide screens, 125 % elsewhere


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(d * 2 for d in digits)
    parts = (int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4))
    r, g, b = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts
    )
    return 0.2126 * r + 0.7152 * g + 0.0722 * b


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def declared(body: str, name: str) -> str | None:
    """The colour a rule gives to a property, its token looked up."""
    found = re.search(rf"(?:^|;){name}:(?:var\(--(\w+)\)|(#\w+))(?:;|$)", body)
    return (TOKENS[found[1]] if found[1] else found[2]) if found else None


def pairs(table: dict[str, str]) -> list[tuple[str, str]]:
    return [(front, back) for front, backs in table.items() for back in backs.split()]


@pytest.mark.parametrize("css", [SITE, PRINT], ids=["site", "print"])
def test_nothing_is_fetched_from_elsewhere(css: str) -> None:
    assert not re.search(r"url\(|@import|https?:|//\w", css)


def test_the_sheet_is_small_and_old_browsers_read_it() -> None:
    assert len(SITE.encode()) < 13_500
    modern = r":(is|has|where|focus-visible)\b|\b(min|max|clamp)\(|inset:|[;{]gap:"
    assert not re.search(modern, BARE)


@pytest.mark.parametrize(
    "script", sorted((ROOT / "static").glob("*.js")), ids=lambda f: f.name
)
def test_old_browsers_read_the_scripts(script: Path) -> None:
    assert not re.search(r"=>|`|\b(const|let|class|async)\b", script.read_text())


def test_every_token_used_is_declared() -> None:
    assert set(re.findall(r"var\(--(\w+)", SITE + PRINT)) <= set(TOKENS)


def test_colours_declared_together_are_readable() -> None:
    for selector, body in RULES:
        front = declared(body, "color")
        back = declared(body, "background")
        if front and back:
            assert contrast(front, back) >= 4.5, selector


@pytest.mark.parametrize(("front", "back"), pairs(WRITTEN_ON))
def test_text_is_readable(front: str, back: str) -> None:
    assert contrast(TOKENS[front], TOKENS[back]) >= 4.5


@pytest.mark.parametrize(("front", "back"), pairs(DRAWN_ON))
def test_borders_and_focus_are_visible(front: str, back: str) -> None:
    assert contrast(TOKENS[front], TOKENS[back]) >= 3


def test_no_type_is_smaller_than_18_px() -> None:
    roots = [float(n) * 0.16 for n in re.findall(r"font-size:([\d.]+)%", SITE)]
    sizes = [float(n) for n in re.findall(r"font-size:([\d.]+)rem", SITE)]
    assert min(roots) >= SMALLEST_ROOT
    assert min(sizes) >= 1
    assert float(TOKENS["small"].removesuffix("rem")) * 20 >= SMALLEST_ROOT
    assert "html.office{font-size:112.5%;--small:1rem}" in SITE


@pytest.mark.parametrize("selector", TOUCHED)
def test_targets_are_large_enough(selector: str) -> None:
    bodies = [body for s, body in RULES if s.strip() == selector]
    heights = re.findall(r"min-height:([\d.]+)rem", ";".join(bodies))
    assert float(heights[0]) * SMALLEST_ROOT >= 48


@names
def test_nothing_is_written_inline(file: Path) -> None:
    inline = (
        r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|<script(?![^>]*\ssrc=)|javascript:"
    )
    if file.parent.name == "dossier" and file.name == "_style.html":
        inline = inline.removeprefix("<style|")  # a dossier brings its own sheet
    assert not re.search(inline, file.read_text(), re.I)


@names
def test_templates_compile_and_are_short(file: Path) -> None:
    get_template(str(file.relative_to(ROOT / "templates")))
    assert len(file.read_text().splitlines()) <= 120


@names
def test_fragments_say_what_they_take(file: Path) -> None:
    if file.parent == ROOT / "templates" and file.name.startswith("_"):
        assert file.read_text().startswith("{% comment %}")


class Question(forms.Form):
    answer = forms.ChoiceField(
        label="您的意见",
        choices=[("for", "赞成"), ("against", "反对")],
        widget=forms.RadioSelect,
        error_messages={"required": "请填写您的意见。"},
    )


def test_what_is_wrong_leads_to_its_field() -> None:
    form = Question({})
    assert 'href="#id_answer"' in render_to_string("_errors.html", {"form": form})
    html = render_to_string("_field.html", {"field": form["answer"]})
    assert 'id="id_answer"' in html
    assert 'aria-describedby="id_answer_error"' in html
    assert '<label for="id_answer_0">赞成</label>' in html


@pytest.mark.parametrize(("count", "numbered"), [(1, False), (2, True)])
def test_refusals_are_numbered_only_when_there_are_several(
    count: int, *, numbered: bool
) -> None:
    refusals = [{"title": "公示期未满", "sentence": "还有 4 日。"}] * count
    context = {"act": "组织实施", "refusals": refusals}
    html = render_to_string("_refusals.html", context)
    assert f"暂不能组织实施，还差 {count} 项" in html
    assert ("<ol>" in html) is numbered
