"""`manage.py erase_person`: whom it finds, what it shows, what it refuses."""

from __future__ import annotations

import pytest
from django.core.management import CommandError

from audit.models import Commitment, Entry
from tests.workflows.erasing import NAME, erase, run
from tests.workflows.erasing import told as told  # noqa: PLC0414
from tests.world import world as world  # noqa: PLC0414
from villages.models import Resident
from workflows.models import Objection


def test_it_shows_what_will_go_and_asks_first(world, told):
    before = Commitment.objects.count()
    with pytest.raises(CommandError, match="--yes"):
        run(world.village.slug, NAME)
    assert Commitment.objects.count() == before
    said = erase(world)
    number = Entry.objects.get(kind="objection.lodged").leaf.index
    assert f'{number}\t收到异议，2026年3月12日前答复\t/facts/name\t"{NAME}"' in said
    assert f"异议 {told.uid} 的姓名、电话" in said


def test_of_whom_nothing_was_sealed_nothing_is_recorded(world, told):
    stranger = Resident.objects.create(
        village=world.village, name="欧阳远", sex="m", born="1980-01-01"
    )
    assert "没有封存过欧阳远的信息" in erase(world, str(stranger.pk))
    assert not Entry.objects.filter(kind="village.erased").exists()


def test_namesakes_are_told_apart_by_number(world, told):
    Resident.objects.create(
        village=world.village, name=NAME, sex="m", born="1990-01-01"
    )
    with pytest.raises(CommandError, match=r"有几个诸葛建国.*1970年生.*1990年生"):
        erase(world)
    assert "另有 1 个同名的人" in erase(world, str(world.resident.pk))


@pytest.mark.parametrize(
    ("args", "options", "said"),
    [
        (["140724200205", "没有这人"], {}, "没有这个人：没有这人"),
        (["140724200205", "99999999"], {}, "没有这个人：99999999"),
        (["000000000000", NAME], {}, "没有编号是 000000000000 的村"),
        (["140724200205"], {}, "请写明"),
        ([], {"account": "nobody"}, "没有这个账号：nobody"),
    ],
)
def test_who_cannot_be_found_is_told_so(world, args, options, said):
    with pytest.raises(CommandError, match=said):
        run(*args, yes=True, **options)


def test_another_village_is_left_alone(world, told):
    elsewhere = Resident.objects.create(
        village=world.next_village, name=NAME, sex="m", born="1970-01-01"
    )
    run(world.next_village.slug, str(elsewhere.pk), yes=True)
    assert Objection.objects.get().name == NAME
    assert Commitment.objects.filter(value__contains=NAME).count() == 5
