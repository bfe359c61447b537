"""What is done every few seconds: numbers for the entries that wait."""

from __future__ import annotations

import logging

from celery import shared_task

from audit import sequencer

logger = logging.getLogger(__name__)


@shared_task
def sequence() -> int:
    """How many entries got a number. A wrong key is for people to put right."""
    try:
        return sequencer.sequence_all()
    except sequencer.CannotSign as reason:
        logger.error("%s", reason)
        return 0
