"""Erasing one person: sealed values go, entries, numbers and proofs stay."""

from __future__ import annotations

from audit import proofs, sequencer, tree
from audit.models import ERASED, Commitment, Entry, Leaf
from audit.verification import Run
from tests.workflows.answers import SIGNED
from tests.workflows.erasing import NAME, PHONE, erase, run
from tests.workflows.erasing import told as told  # noqa: PLC0414
from tests.workflows.sitting_steps import convened
from tests.world import world as world  # noqa: PLC0414
from workflows import erasure
from workflows.acts import arriving
from workflows.presenting import timeline
from workflows.presenting.people import on_roster


def test_what_was_sealed_goes_and_every_proof_stays(world, told):
    before = list(Entry.objects.values_list("pk", "body", "leaf_hash"))
    head = sequencer.newest()
    said = erase(world)
    assert "已删去 5 处，抹去 1 条异议里的姓名、电话" in said
    after = Entry.objects.filter(pk__in=[pk for pk, *_rest in before])
    assert list(after.values_list("pk", "body", "leaf_hash")) == before
    for leaf in Leaf.objects.select_related("entry"):
        shown = proofs.inclusion(leaf, head)
        found = tree.leaf_hash(leaf.entry.body.encode())
        root = bytes(head.root)
        tree.verify_inclusion(found, leaf.index, head.size, shown.path, root)
    assert not Commitment.objects.filter(value__contains=NAME).exists()
    assert not Commitment.objects.filter(value__contains=PHONE).exists()
    lodged = Entry.objects.get(kind="objection.lodged").opened()
    assert (lodged["name"], lodged["text"]) == (ERASED, ERASED)


def test_one_entry_says_which_commitments_are_gone(world, told):
    lodged = Entry.objects.get(kind="objection.lodged").facts
    answered = Entry.objects.get(kind="objection.answered").facts
    erase(world)
    entry = Entry.objects.get(kind="village.erased")
    gone = {lodged["name"]["sealed"], lodged["text"]["sealed"]}
    gone |= {answered["text"]["sealed"]}
    gone |= {said["persons"]["sealed"] for said in (lodged, answered)}
    assert set(entry.facts["erased"]) == gone
    assert (entry.subject, entry.office) == ("village/140724200205", "operator")
    assert NAME not in entry.body


def test_name_and_number_leave_the_objection_and_its_page(world, told, client):
    erase(world)
    told.refresh_from_db()
    assert (told.name, told.phone) == ("", "")
    assert told.text == "我是诸某，电话****，标准太高。"
    assert told.answer == "诸某同志：按上年执行。"
    html = client.get(f"/notices/{told.notice.uid}/").content.decode()
    assert NAME not in html
    assert PHONE not in html
    assert "一位村民" in html


def test_the_record_says_that_something_was_erased(world, told):
    erase(world)
    entries = Entry.objects.of(told).ready_to_open()
    events = timeline(entries, for_officers=True)
    shown = {fact.label: fact.value for fact in events[0].facts}
    assert shown == {"异议人": "（已删去）", "内容": "（已删去）"}


def test_by_account_it_goes_who_acted(world, told):
    mine = Entry.objects.filter(office="clerk")
    count = mine.count()
    others = Commitment.objects.filter(path="/person").count() - count
    run(account=world.clerk.username, yes=True)
    kept = Commitment.objects.filter(path="/person").exclude(
        entry__kind="village.erased"
    )
    assert kept.count() == others
    assert all(entry.person is ERASED for entry in mine)
    (event,) = timeline([mine.first()], for_officers=True)
    assert event.who == "村文书（已删去）"
    (event,) = timeline([mine.first()], for_officers=False)
    assert event.who == "村文书"


def test_a_resident_who_signs_in_is_erased_as_both(world, told):
    world.supervisor1.resident.name = str(world.supervisor1)
    found = erasure.resident_of(world.village, str(world.supervisor1))
    assert [user.pk for user in found.accounts] == [world.supervisor1.pk]
    erase(world, str(world.supervisor1.resident.pk))
    audited = Entry.objects.get(kind="notice.audited")
    assert audited.person is ERASED


def test_counts_and_how_rows_stand_are_not_personal(world, told):
    before = Commitment.objects.filter(path__startswith="/facts/votes").count()
    run(account=world.clerk.username, yes=True)
    assert Commitment.objects.filter(path__startswith="/facts/votes").count() == before
    rows = Commitment.objects.filter(path="/facts/rows").count()
    assert rows == Entry.objects.exclude(kind="village.erased").count()


def test_the_record_is_in_order_afterwards(world, told):
    erase(world)
    run(account=world.clerk.username, yes=True)
    sequencer.sequence_all()
    verification = Run()
    assert list(verification.run()) == []
    assert verification.erased > 5


def test_what_is_kept_of_somebody_at_the_door_is_blanked(world):
    sitting = convened(world, world.draft())
    keys = on_roster(sitting).keys
    drawn = {"signed": "finger", "written": SIGNED}
    arriving.arrive(sitting, keys[0], actor=world.clerk, **drawn)
    other = arriving.excuse(sitting, keys[1], actor=world.clerk, reason="ill")
    name = sitting.signatures.get().name
    arriving.observe(sitting, actor=world.clerk, name=name, capacity="other", post="客")
    sequencer.sequence_all()
    erase(world, name)
    kept = sitting.signatures.get()
    assert (kept.name, kept.strokes, len(kept.hash)) == ("", "", 64)
    observer = sitting.observers.get()
    assert (observer.name, observer.post) == ("", "")
    assert sitting.absences.get().name == other.name
    assert not Commitment.objects.filter(value__contains=SIGNED).exists()
    assert list(Run().run()) == []
