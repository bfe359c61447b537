"""`manage.py sequence_log`, and the task that does the same every few seconds."""

from __future__ import annotations

import json
import logging
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit import sequencer, tasks
from audit.models import Unsequenced
from audit.note import Signer
from config.celery import NUMBER_EVERY, app

pytestmark = pytest.mark.django_db


def told(*options: str) -> str:
    out = StringIO()
    call_command("sequence_log", *options, stdout=out)
    return out.getvalue()


@pytest.fixture
def exchanged(write, settings):
    """A log whose key was exchanged without saying so, and an entry that waits."""
    write("matter.archived")
    sequencer.sequence_all()
    settings.LOG_KEY = Signer.generate(sequencer.signer().name).secret
    write("matter.archived")


def test_it_says_in_one_sentence_what_it_did(write):
    assert told() == "还没有办理记录。\n"
    for _ in range(3):
        write("matter.archived")
    said = told()
    short = sequencer.newest().head.short
    assert said == f"编了 3 条，记录共 3 条，短码 {short}。\n"
    assert told() == f"编了 0 条，记录共 3 条，短码 {short}。\n"


def test_it_says_it_in_json(write):
    write("matter.archived")
    head = sequencer.sequence_all() and sequencer.newest().head
    write("matter.archived")
    said = json.loads(told("--json"))
    assert said["numbered"] == 1
    assert said["size"] == 2
    assert said["waiting"] == 0
    assert said["root"][:16] == said["short"] != head.short


@pytest.fixture
def another():
    """A sequencer at work in another session."""
    session = connection.copy()
    with session.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [sequencer.LOCK])
    yield
    session.close()


def test_where_another_sequencer_works_it_leaves_it_to_that(write, another):
    write("matter.archived")
    assert told() == "还有 1 条等着，由正在运行的另一个编号程序去编。\n"


def test_with_a_key_that_was_exchanged_it_stops(exchanged):
    with pytest.raises(CommandError, match="LOG_FORMER_KEYS") as stopped:
        told()
    assert stopped.value.returncode == 1
    assert Unsequenced.objects.count() == 1


def test_the_task_numbers_what_waits(write):
    write("matter.archived")
    assert tasks.sequence() == 1
    assert tasks.sequence() == 0


def test_the_task_says_that_it_cannot_sign(exchanged, caplog):
    with caplog.at_level(logging.ERROR, "audit.tasks"):
        assert tasks.sequence() == 0
    assert "LOG_FORMER_KEYS" in caplog.text
    assert Unsequenced.objects.count() == 1


def test_the_clock_asks_for_it_every_few_seconds():
    app.loader.import_default_modules()
    asked = app.conf.beat_schedule["number what was recorded"]
    assert asked["task"] in app.tasks
    assert asked["schedule"] == asked["options"]["expires"] == NUMBER_EVERY
