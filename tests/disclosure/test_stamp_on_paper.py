"""The code, the square and the head of the log on a printed notice."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import segno

from audit import codes, sequencer
from tests.disclosure.reading import SAME, address, plain
from workflows.models import Notice


def paper(public, notice):
    return public.get(f"{address(notice)}print/").content.decode()


def promised(notice):
    """Where the square leads."""
    head = sequencer.newest().head
    page = f"http://testserver/verify/{codes.spell(notice.uid)}/"
    return f"{page}?size={head.size}&root={head.short}"


def squares(svg):
    """The dark squares of a drawn code: it is drawn row by row, in strokes."""
    path = ElementTree.fromstring(svg).find("path").get("d")  # noqa: S314
    x, y, dark = 0.0, 0.0, set()
    for move, numbers in re.findall(r"([Mmh])([-\d. ]+)", path):
        steps = [float(n) for n in re.findall(r"-?[\d.]+", numbers)]
        if move == "h":
            dark |= {(int(x) + n, int(y)) for n in range(int(steps[0]))}
            x += steps[0]
        elif move == "M":
            x, y = steps
        else:
            x, y = x + steps[0], y + steps[1]
    return dark


def test_the_square_leads_to_the_page_with_the_head_of_that_day(numbered, public):
    html = paper(public, numbered)
    svg = re.search(r'<div class="qr".*?(<svg.*?</svg>)', html, re.DOTALL)[1]
    matrix = segno.make(promised(numbered), error="m").matrix
    wanted = {
        (x + 4, y + 4) for y, row in enumerate(matrix) for x, on in enumerate(row) if on
    }
    assert squares(svg) == wanted
    assert "style" not in svg
    leads_to = urlsplit(promised(numbered))
    answer = public.get(leads_to.path, parse_qs(leads_to.query))
    words = plain(answer.content.decode())
    assert SAME in words
    assert "纸上的总数和短码：一致" in words


def test_code_size_and_root_can_be_read(numbered, public):
    words, head = plain(paper(public, numbered)), sequencer.newest().head
    assert f"核验码：{codes.spell(numbered.uid)}" in words
    assert f"打印时总数{head.size}，短码{head.short}" in words


def test_the_last_line_says_how_to_check(numbered, public):
    words = plain(paper(public, numbered))
    assert "核验方法：手机扫码或在http://testserver/verify/输入核验码。" in words
    assert "查得出有没有改过，查不出当初写得对不对。" in words


def test_before_it_has_a_number_the_paper_promises_no_head(posted, public):
    words = plain(paper(public, posted()))
    assert "请过一分钟再打印" in words
    assert "打印时总数" not in words
    assert "核验码：" in words


def test_what_does_not_match_is_not_to_be_hung_up(numbered, public):
    Notice.objects.filter(pk=numbered.pk).update(board_text="改过")
    words = plain(paper(public, numbered))
    assert "这张公示与记录对不上，请先不要张贴。" in words
    assert "打印时总数" not in words


def test_the_notice_page_leads_to_the_check(numbered, public):
    html = public.get(address(numbered)).content.decode()
    assert f'href="/verify/{codes.spell(numbered.uid)}/"' in html
