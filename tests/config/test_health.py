from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import OperationalError

from audit import clock, sequencer, tasks
from audit.log import record
from audit.models import Verification
from config import health
from tests.tampering import guards_off, run

pytestmark = pytest.mark.django_db


@pytest.fixture
def a_paper():
    """Record something, now or some minutes ago."""
    place = SimpleNamespace(slug="140724200205")
    matter = SimpleNamespace(subject="matter/0123456789", village=place)
    clerk = SimpleNamespace(office="clerk", place=place.slug, person="12:王文书")
    facts = {"stage": "archived", "from_stage": "reported"}

    def write(minutes_ago=0):
        with clock.moved_to(clock.now() - timedelta(minutes=minutes_ago)):
            record("matter.archived", matter, clerk, **facts)

    return write


def report(client, **headers):
    response = client.get("/health/", headers=headers)
    return response.status_code, response.json()


def test_a_service_with_its_database_is_usable(client):
    status, said = report(client)
    assert status == 200
    assert said["usable"]
    assert said["database"]["reachable"]
    assert said["database"]["missing_migrations"] == 0
    assert said["broker"] == {"reachable": True, "kind": "filesystem"}


def test_people_read_it_in_words(client):
    response = client.get("/health/", headers={"accept": "text/html,*/*;q=0.8"})
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    words = response.content.decode()
    assert "可以使用" in words
    assert "定时任务：还没有运行过" in words


def test_a_service_without_its_database_is_not_usable(client, monkeypatch):
    def refuse():
        raise OperationalError("password of sixu at db.example")

    monkeypatch.setattr(health, "missing_migrations", refuse)
    monkeypatch.setattr(health.connection, "close", lambda: None)
    status, said = report(client)
    assert status == 503
    assert not said["usable"]
    assert not said["database"]["reachable"]
    assert "example" not in str(said)


def test_a_service_before_its_migrations_is_not_usable(client, monkeypatch):
    missing = health.migrations_on_disk() | {("workflows", "9999_of_tomorrow")}
    monkeypatch.setattr(health, "migrations_on_disk", lambda: missing)
    status, said = report(client)
    assert status == 503
    assert said["database"]["missing_migrations"] == 1


def test_it_says_how_late_the_clock_is(client):
    heartbeat = apps.get_model("workflows", "Heartbeat")
    beat = heartbeat.objects.create(name="clock", ran_at=clock.now())
    assert report(client)[1]["clock"]["late_by"] == 0
    beat.ran_at -= timedelta(minutes=7)
    beat.save()
    assert 119 <= report(client)[1]["clock"]["late_by"] <= 125


def test_it_says_how_long_entries_wait_for_their_numbers(client, a_paper):
    assert report(client)[1]["log"] == {
        "size": 0,
        "waiting": 0,
        "oldest_waits": 0,
        "late": False,
    }
    a_paper()
    sequencer.sequence_all()
    a_paper(minutes_ago=2)
    a_paper()
    log = report(client)[1]["log"]
    assert (log["size"], log["waiting"], log["late"]) == (1, 2, True)
    assert 120 <= log["oldest_waits"] <= 125
    words = client.get("/health/", headers={"accept": "text/plain"}).content.decode()
    assert "记录编号：晚了，共 1 条，另有 2 条等着" in words
    sequencer.sequence_all()
    words = client.get("/health/", headers={"accept": "text/plain"}).content.decode()
    assert "记录编号：正常，共 3 条，没有等着的" in words


def test_it_says_whether_the_record_is_in_order(client, a_paper):
    def words():
        return client.get("/health/", headers={"accept": "text/plain"}).content.decode()

    assert report(client)[1]["verified"] == {"ran_at": None, "ok": None, "late": False}
    assert "每日核对：还没有核对过" in words()
    a_paper()
    sequencer.sequence_all()
    assert tasks.verify() is True
    said = report(client)[1]["verified"]
    assert (said["ok"], said["late"]) == (True, False)
    assert "每日核对：记录完整" in words()
    clock.move(clock.now() + timedelta(days=3))
    try:
        assert report(client)[1]["verified"]["late"]
        assert "每日核对：超过两天没有核对" in words()
    finally:
        clock.move(None)
    with guards_off():
        run("UPDATE audit_leaf SET hash = sha256('x')")
        assert tasks.verify() is False
        assert report(client)[1]["verified"]["ok"] is False
        assert "每日核对：记录有不符之处" in words()
        assert Verification.objects.latest("pk").discrepancies


def test_a_broker_that_is_away_is_told(client, monkeypatch, settings):
    settings.BROKER_FOLDERS = []
    monkeypatch.setattr(health.app.conf, "broker_read_url", None)
    nowhere = health.app.connection("redis://127.0.0.1:9/0", connect_timeout=1)
    monkeypatch.setattr(health.app, "connection_for_write", lambda **_: nowhere)
    status, said = report(client)
    assert status == 200
    assert not said["broker"]["reachable"]


def test_it_is_read_only(client):
    assert client.post("/health/").status_code == 405
