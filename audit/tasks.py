"""Numbers for the entries that wait, every few seconds; a verification every day."""

from __future__ import annotations

import logging

from celery import shared_task

from audit import clock, sequencer
from audit.models import Verification
from audit.verification import Run

TOLD = 20  # discrepancies that are written to the log of the service

logger = logging.getLogger(__name__)


@shared_task
def sequence() -> int:
    """How many entries got a number. A wrong key is for people to put right."""
    try:
        return sequencer.sequence_all()
    except sequencer.CannotSign as reason:
        logger.error("%s", reason)
        return 0


@shared_task
def verify() -> bool:
    """Whether the whole record is as it was recorded; what was found is kept."""
    run = Run()
    for number, discrepancy in enumerate(run.run()):
        if number < TOLD:
            logger.error("%s", discrepancy.sentence)
    Verification.objects.create(
        ran_at=clock.now(),
        size=run.size,
        root=run.root,
        ok=run.ok,
        discrepancies=run.found,
    )
    return run.ok
