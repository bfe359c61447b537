"""What a public page costs who reads it, and the database."""

from __future__ import annotations

import gzip

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.disclosure.reading import address, checked, many
from villages.divisions import load
from workflows.acts import objection
from workflows.stage import Stage

BOARD = "/villages/140724200205/"


def test_pages_are_light(world, posted, public):
    """Sixty kilobytes as sent, with sheet and script, pictures aside."""
    load()
    notice = posted()
    many(notice, 200)
    for n in range(30):
        world.do(
            notice.matter,
            objection.object_to,
            world.clerk,
            of=notice,
            name=f"村民{n}",
            text=f"第{n}条意见：" + "标准太高，请重新讨论。" * 30,
        )
    for one in ("/villages/", BOARD, address(notice), checked(notice)):
        assert len(gzip.compress(public.get(one).content)) < 50_000, one


def test_the_number_of_queries_of_a_notice_does_not_grow(world, posted, public):
    notice = posted()
    with CaptureQueriesContext(connection) as few:
        public.get(address(notice))
    many(notice, 30)
    for n in range(10):
        world.do(
            notice.matter,
            objection.object_to,
            world.clerk,
            of=notice,
            name=f"村民{n}",
            text="高",
        )
    with CaptureQueriesContext(connection) as more:
        public.get(address(notice))
    # The postings of the other notices, where there are any.
    assert len(few) <= len(more) <= len(few) + 1 <= 13


@pytest.mark.parametrize("stage", [Stage.REPORTED, Stage.RECTIFYING, Stage.REJECTED])
def test_no_stage_needs_many_queries(world, public, stage):
    matter = world.matter_at(stage)
    notice = matter.notices.order_by("pk").last()
    if notice is None:
        return
    with CaptureQueriesContext(connection) as queries:
        public.get(address(notice))
    assert len(queries) <= 13
