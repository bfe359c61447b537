"""The demonstration county: at every stage something can be done at once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from audit import clock, sequencer
from audit.clock import ZONE
from audit.models import Entry, Unsequenced
from tests.tampering import verified
from villages.models import Division, User, Village
from workflows import acts, flows, worklist
from workflows.acts import ballot as ballots
from workflows.acts import disclosure, implementation, objection, supervision
from workflows.models import Ballot, Matter, Objection, Rectification, Sitting
from workflows.replay import demonstration
from workflows.stage import Stage

NOW = datetime(2026, 5, 20, 10, 30, tzinfo=ZONE)
WANGJIASHAN = "140724200205"
OFFICES = (
    *(f"{office}@{WANGJIASHAN}" for office in ("clerk", "secretary", "director")),
    *(f"supervisor{n}@{WANGJIASHAN}" for n in (1, 2, 3)),
    f"party01@{WANGJIASHAN}",
    f"rep01@{WANGJIASHAN}",
    "township@140724200",
    "county@140724",
)


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker) -> Iterator[list[str]]:
    """The county, built once and looked at by all tests of this file; what it said."""
    told: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():
        with clock.moved_to(NOW):
            demonstration.seed(told.append)
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            yield told
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def undone(county) -> Iterator[None]:
    """What a test does to the county is undone after it."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def user(account: str) -> User:
    return User.objects.get(username=f"{account}@{WANGJIASHAN}")


def at(stage: Stage) -> list[Matter]:
    return list(Matter.objects.filter(village__slug=WANGJIASHAN, stage=stage))


def can(matter: Matter, verb: str) -> bool:
    return matter.edge(verb) is not None and not matter.unmet(verb)


def test_it_says_what_it_does(county) -> None:
    assert county[0] == "村和社区：250 个"
    assert "王家山村：17 件事项" in county
    assert county[-1].startswith("已办 ")


def test_at_least_six_villages_have_matters() -> None:
    assert Village.objects.filter(matters__isnull=False).distinct().count() >= 6
    assert Division.objects.get(pk="140724").overlay == "demo-county"


@pytest.mark.parametrize("stage", Stage.values)
def test_there_is_a_matter_at_every_stage(stage) -> None:
    assert Matter.objects.filter(stage=stage).exists()


@pytest.mark.parametrize("account", OFFICES)
def test_the_accounts_are_those_that_are_printed(account) -> None:
    holder = User.objects.get(username=account)
    assert check_password("sixu-demo", holder.password)
    assert holder.offices.current().exists()


def test_all_have_the_one_password_encoded_once() -> None:
    encoded = {*User.objects.values_list("password", flat=True)}
    assert len(encoded) == 1


def test_every_entry_says_that_it_is_from_a_scenario() -> None:
    assert not Entry.objects.filter(scenario=False).exists()
    instants = [*Entry.objects.order_by("id").values_list("recorded_at", flat=True)]
    assert instants == sorted(instants)
    assert instants[-1] <= NOW


def test_every_entry_has_its_number_and_stands_under_a_checkpoint() -> None:
    head = sequencer.newest()
    assert head is not None
    assert head.size == Entry.objects.count()
    assert not Unsequenced.objects.exists()


def test_the_record_and_all_rows_are_in_order() -> None:
    assert verified() == []


def test_people_have_names_and_no_two_the_same() -> None:
    names = [
        *User.objects.filter(resident__village__slug=WANGJIASHAN).values_list(
            "resident__name", flat=True
        )
    ]
    assert not any(name.startswith(("党员", "代表", "村民")) for name in names)


@pytest.mark.parametrize(
    ("stage", "verb", "account", "act"),
    [
        (Stage.ANNOUNCED, "begin", "director", implementation.begin),
        (Stage.UNDERWAY, "accept", "supervisor1", None),
        (Stage.COMPLETED, "report_result", "clerk", disclosure.report_result),
        (Stage.REPORTED, "archive", "clerk", implementation.archive),
        (Stage.REJECTED, "archive", "clerk", implementation.archive),
        (Stage.ADOPTED, "announce", "clerk", disclosure.announce),
    ],
)
def test_something_can_be_done_today(stage, verb, account, act) -> None:
    matter = next(m for m in at(stage) if can(m, verb))
    who = user(account)
    if act is None:
        people = [str(user(f"supervisor{n}")) for n in (1, 2, 3)]
        implementation.accept(matter, actor=who, people=people)
    else:
        flows.perform(matter, verb, lambda: act(matter, actor=who), actor=who)
    after = Matter.objects.get(pk=matter.pk)
    assert after.stage != stage


def test_a_matter_still_waits_for_its_days_and_its_audit() -> None:
    waiting = {
        tuple(refusal.name for refusal in matter.unmet("begin"))
        for matter in at(Stage.ANNOUNCED)
    }
    assert ("shown_long_enough", "supervisors_reviewed") in waiting
    assert ("objections_answered",) in waiting
    assert () in waiting


def test_an_objection_can_be_answered() -> None:
    waiting = Objection.objects.open().get(matter__village__slug=WANGJIASHAN)
    director = user("director")
    flows.perform(
        waiting.matter,
        "answer",
        lambda: objection.answer(
            waiting, actor=director, outcome="dismissed", text="按出勤记录核算。"
        ),
        actor=director,
    )
    assert can(Matter.objects.get(pk=waiting.matter_id), "begin")


def test_a_count_waits_for_its_witness_who_did_not_enter_it() -> None:
    ballot = Ballot.objects.get(
        state=Ballot.State.COUNTED, matter__village__slug=WANGJIASHAN
    )
    with pytest.raises(acts.Forbidden):
        ballots.witness(ballot, actor=user("clerk"))
    counts = ballot.tally.figures
    second = ballots.witness(ballot, actor=user("supervisor1"), figures=counts)
    assert second.witnessed


def test_a_sitting_is_called_for_today_and_one_for_later() -> None:
    called = Sitting.objects.filter(
        village__slug=WANGJIASHAN, state=Sitting.State.CONVENED
    )
    days = {(sitting.held_on - clock.today()).days for sitting in called}
    assert 0 in days
    assert max(days) > 0


def test_an_order_can_be_complied_with() -> None:
    [matter] = at(Stage.RECTIFYING)
    director = user("director")
    supervision.comply(matter, actor=director, text="已补充供货单位和单价。")
    running = Rectification.objects.get(matter=matter)
    assert running.state == Rectification.State.COMPLIED


@pytest.mark.parametrize(
    "account", ["clerk", "secretary", "recorder", "director", "supervisor1"]
)
def test_whoever_signs_in_owes_something(account) -> None:
    assert worklist.owed(user(account))


def test_where_it_stands_already_nothing_is_done() -> None:
    before, out = Entry.objects.count(), StringIO()
    call_command("seed_demo", stdout=out)
    assert out.getvalue() == "示范县已经建好。\n"
    assert Entry.objects.count() == before


@pytest.mark.django_db
class TestInAnotherDatabase:
    """Without the county, which is undone before each of these."""

    @pytest.fixture(autouse=True)
    def undone(self) -> None:
        """Nothing was built here."""

    def test_beside_other_data_nothing_is_built(self) -> None:
        User.objects.create(username="somebody")
        with pytest.raises(CommandError, match="已有别的数据") as refused:
            call_command("seed_demo")
        assert refused.value.returncode == 1
        assert not Village.objects.exists()

    def test_what_is_interrupted_leaves_nothing(self) -> None:
        def interrupt(line: str) -> None:
            if "件事项" in line:
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            demonstration.seed(interrupt)
        assert not Village.objects.exists()
        assert not clock.moved()
