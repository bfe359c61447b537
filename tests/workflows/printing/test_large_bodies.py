"""What is printed for bodies of hundreds."""

from __future__ import annotations

from datetime import timedelta

from audit import clock
from tests.workflows.sitting_steps import convened
from workflows.printing import Packet
from workflows.stage import Stage
from workflows.views.agenda import ballots_of


def test_of_a_large_body_one_page_of_ballots_is_to_be_copied(village):
    world = village(villagers={"adults": 230, "households": 60})
    matter = world.matter_at(Stage.REVIEWED)
    held_at = clock.now() + timedelta(days=15)
    sitting = convened(world, matter, body="villagers", held_at=held_at)
    packet = Packet(sitting, ballots_of(sitting))
    assert len(packet.people) == 230
    assert (packet.slips, packet.numbers) == ([], [0, 0, 0, 0])
