"""No page that everybody may read gives away what belongs to one person."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest

from audit import sequencer
from audit.models import Entry
from tests.disclosure.reading import plain
from villages.models import Resident
from workflows.acts import (
    correction,
    disclosure,
    drafting,
    implementation,
    objection,
)
from workflows.models import Notice
from workflows.stage import Stage

CARD, OLD_CARD = "140724196001010011", "140724600101001"
MOBILE, SPACED = "13512345678", "137 1234 5678"
ACCOUNT, GROUPED = "6222021234567890123", "6228 4801 2345 6789 012"
OBJECTOR, HOME = "诸葛建国", "0354-4111111"
PLANTED = f"{CARD}、{OLD_CARD}、{MOBILE}、{SPACED}、{ACCOUNT}、{GROUPED}"
BELONGINGS = [CARD, OLD_CARD, MOBILE, SPACED, ACCOUNT, GROUPED, OBJECTOR, HOME]
LINK = re.compile(r'href="(/(?:villages|notices|verify)/[^"#]*)"')


@pytest.fixture
def planted(world):
    """Everything an officer can type, on a matter that went through everything."""
    matter = world.draft(
        type="M03",
        title=f"修路{MOBILE}",
        text=f"收款人{PLANTED}。",
        amount=Decimal("52000"),
    )
    for body in ("joint", "party", "reps"):
        world.hold(matter, body)
    notice = world.do(matter, disclosure.announce, world.clerk, text=f"{PLANTED}。")
    told = world.do(
        matter,
        objection.object_to,
        world.clerk,
        of=notice,
        name=OBJECTOR,
        phone=HOME,
        text=f"我是{OBJECTOR}，电话{HOME}，{PLANTED}。",
    )
    world.do(
        matter,
        objection.answer,
        world.director,
        of=told,
        outcome="dismissed",
        text=f"{OBJECTOR}同志：{PLANTED}。",
    )
    # Rows written before the numbers were blanked, or past every act.
    Notice.objects.filter(pk=notice.pk).update(
        title=f"公示{PLANTED}", board_text=f"{PLANTED}。"
    )
    world.do(matter, disclosure.post, world.clerk, of=notice, place=f"公开栏{SPACED}")
    world.do(
        matter,
        disclosure.audit_notice,
        world.supervisor1,
        of=notice,
        outcome="rectify",
        note=f"{OBJECTOR}反映{PLANTED}",
    )
    for item in matter.missing_items:
        world.do(matter, disclosure.disclose, world.clerk, item=item.code, text=PLANTED)
    world.do(
        matter,
        drafting.erratum,
        world.clerk,
        text=f"收款人{PLANTED}，{OBJECTOR}。",
        checked_by="孙建国",
    )
    return matter


@pytest.fixture
def carried_out(world, planted):
    """The same to its end, and a resolution that was voided."""
    notice = planted.notices.get(kind="resolution")
    world.do(
        planted, disclosure.audit_notice, world.supervisor1, of=notice, outcome="pass"
    )
    world.pass_days(16)
    world.do(planted, implementation.begin, world.director)
    world.do(
        planted,
        implementation.report,
        world.clerk,
        progress=50,
        spent=Decimal("1"),
        note=f"付给{PLANTED}",
    )
    people = [str(world.supervisor1), str(world.supervisor2), "李秀英"]
    world.do(
        planted, implementation.accept, world.supervisor1, people=people, note=PLANTED
    )
    world.do(planted, disclosure.report_result, world.clerk, text=PLANTED)
    other = world.matter_at(Stage.ANNOUNCED)
    question = other.ballots.order_by("pk").last()
    world.do(
        other,
        correction.void,
        world.clerk,
        of=question,
        text=f"漏发{PLANTED}",
        witness_name="孙建国",
    )
    sequencer.sequence_all()


def walk(public) -> dict[str, str]:
    """Every public page that can be reached from the list of villages."""
    seen: dict[str, str] = {}
    todo = ["/villages/"]
    while todo:
        path = todo.pop().replace("&amp;", "&")
        if path not in seen:
            seen[path] = public.get(path).content.decode()
            todo += LINK.findall(seen[path])
    return seen


def test_nobody_finds_what_belongs_to_one_person(carried_out, public):
    pages = walk(public)
    notices = Notice.objects.public().count()
    assert sum(path.startswith("/notices/") for path in pages) == 2 * notices
    assert sum(path.startswith("/verify/") for path in pages) >= 3 * notices
    assert any(path.endswith("/feed/") for path in pages)
    for path, html in pages.items():
        words = plain(html)
        for belonging in BELONGINGS:
            assert belonging not in html, path
            assert belonging.replace(" ", "") not in words, path


def test_no_resident_is_named(world, carried_out, public):
    names = set(Resident.objects.values_list("name", flat=True)) | {"李秀英"}
    for path, html in walk(public).items():
        assert not {name for name in names if name in html}, path


def test_no_entry_names_anybody(carried_out):
    """What everybody can fetch of the log: neither words nor whose numbers."""
    for body in Entry.objects.values_list("body", flat=True):
        assert body.isascii()
        for belonging in BELONGINGS:
            assert belonging not in body
            assert belonging.replace(" ", "") not in body
