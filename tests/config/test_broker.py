import os
import subprocess
import time
from urllib.parse import urlencode

import pytest
from celery import Celery
from django.db import connection

from config import run
from workflows.models import Heartbeat

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

TASK = "workflows.tasks.record_what_has_run_out"
SECONDS = 60


def address_of_test_database():
    given = connection.get_connection_params()
    place = {
        key: given[key]
        for key in ("host", "port", "user", "password")
        if given.get(key)
    }
    return f"postgresql:///{given['dbname']}?{urlencode(place)}"


@pytest.fixture
def worker(var_dir):
    """The worker that `make run` starts, with a broker and a schedule of its own."""
    process = subprocess.Popen(
        run.worker(),
        cwd=run.BASE_DIR,
        env=os.environ | {"DATABASE_URL": address_of_test_database()},
        start_new_session=True,
    )
    yield process
    run.end({"worker": process})


@pytest.fixture
def sender(worker, var_dir):
    queue, control = var_dir / "broker" / "queue", var_dir / "broker" / "control"
    app = Celery(broker="filesystem://localhost", set_as_current=False)
    app.conf.broker_transport_options = {
        "data_folder_in": str(queue),
        "data_folder_out": str(queue),
        "control_folder": str(control),
    }
    until(control.exists, worker)
    return app


def until(true, worker):
    end = time.monotonic() + SECONDS
    while not true():
        assert worker.poll() is None, "the worker ended"
        assert time.monotonic() < end, "nothing happened"
        time.sleep(0.2)


def test_the_clock_runs_at_once_and_a_message_is_carried_out(worker, sender):
    ran = Heartbeat.objects.filter(name="clock")
    until(ran.exists, worker)
    # Not due again while this test lasts: the next time it runs for our message.
    ran.delete()
    sender.send_task(TASK)
    until(ran.exists, worker)
