"""Somebody of whom something was sealed, and the command that erases it."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import call_command

from audit import sequencer
from villages.models import Resident
from workflows.acts import objection
from workflows.stage import Stage

NAME, PHONE = "诸葛建国", "13512345678"


@pytest.fixture
def told(world):
    """What a villager brought, with name and number in the text as well."""
    matter = world.matter_at(Stage.ANNOUNCED)
    notice = world.show(matter)
    world.resident = Resident.objects.create(
        village=world.village, name=NAME, sex="m", born="1970-01-01"
    )
    brought = world.do(
        matter,
        objection.object_to,
        world.clerk,
        of=notice,
        name=NAME,
        phone=PHONE,
        text=f"我是{NAME}，电话{PHONE}，标准太高。",
    )
    given = {"outcome": "dismissed", "text": f"{NAME}同志：按上年执行。"}
    world.do(matter, objection.answer, world.director, of=brought, **given)
    sequencer.sequence_all()
    return brought


def run(*args, **options):
    out = StringIO()
    call_command("erase_person", *args, stdout=out, **options)
    return out.getvalue()


def erase(world, who=NAME):
    return run(world.village.slug, who, yes=True)
