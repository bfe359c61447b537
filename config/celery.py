"""The background worker, and what the clock does when."""

import os
from datetime import UTC, datetime

from celery import Celery
from celery.schedules import crontab
from django.conf import settings

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

RECORD_EVERY = 300.0
NUMBER_EVERY = 5.0

app = Celery("sixu")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "record what has run out": {
        "task": "workflows.tasks.record_what_has_run_out",
        "schedule": RECORD_EVERY,
        # Due at once on the first start; beat would wait out the first interval.
        "last_run_at": datetime(2000, 1, 1, tzinfo=UTC),
    },
    "number what was recorded": {
        "task": "audit.tasks.sequence",
        "schedule": NUMBER_EVERY,
        # While the worker is away or busy, messages do not pile up.
        "options": {"expires": NUMBER_EVERY},
    },
    "verify the record": {
        "task": "audit.tasks.verify",
        "schedule": crontab(hour=3, minute=20),
        "options": {"expires": 6 * 3600.0},
    },
}

# kombu's filesystem transport does not make its folders (filesystem.py, 5.7.0).
for folder in settings.BROKER_FOLDERS:
    folder.mkdir(parents=True, exist_ok=True)
