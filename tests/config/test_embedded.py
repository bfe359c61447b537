import json
import os
import stat
import subprocess
import sys

import psutil
import pytest
from django.db import connection

from config import embedded
from config.settings import BASE_DIR

HOLD = "from config import embedded; embedded.hold(); "
ASK = """
import psycopg2
print(psycopg2.connect(embedded.uri()).server_version // 10000)
"""


def start(program):
    return subprocess.Popen(
        [sys.executable, "-c", HOLD + program],
        cwd=BASE_DIR,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def servers(folder):
    found = psutil.process_iter(["name", "cmdline"])
    return [
        each
        for each in found
        if each.info["name"] == "postgres"
        and str(folder / "postgres") in (each.info["cmdline"] or [])
    ]


@pytest.mark.django_db
def test_it_takes_as_many_connections_as_the_design_needs():
    if not embedded.is_used():
        pytest.skip("an external database is tested")
    with connection.cursor() as cursor:
        cursor.execute("SHOW max_connections")
        assert cursor.fetchone() == ("300",)


@pytest.mark.parametrize(
    ("arguments", "wanted"),
    [
        (["migrate"], True),
        (["replay", "cases/one.yaml"], True),
        (["makemigrations", "--check"], True),
        (["replay", "--help"], False),
        (["check"], False),
        (["collectstatic", "--no-input"], False),
        ([], False),
    ],
)
def test_only_commands_that_need_a_database_start_it(monkeypatch, arguments, wanted):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    assert embedded.wanted_by(arguments) is wanted
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/sixu")
    assert embedded.wanted_by(arguments) is False


@pytest.mark.slow
def test_it_starts_stops_and_starts_again_on_the_same_data(var_dir):
    for _ in range(2):
        holder = start(ASK)
        answer, _ = holder.communicate(timeout=60)
        assert int(answer) >= 15
        assert holder.returncode == 0
        assert servers(var_dir) == []
    lines = (var_dir / "postgres" / "postgresql.conf").read_text().splitlines()
    assert lines.count("max_connections = 300") == 1


@pytest.mark.slow
def test_the_language_and_the_servers_of_whoever_starts_it_do_not_matter(
    var_dir, monkeypatch
):
    monkeypatch.setenv("LC_ALL", "zh_CN.GB18030")
    monkeypatch.setenv("PGPORT", "6543")
    holder = start(ASK)
    assert holder.communicate(timeout=60)[0]
    assert holder.returncode == 0


@pytest.mark.slow
def test_the_last_holder_stops_it_even_if_another_was_killed(var_dir):
    first = start(ASK + "import sys; sys.stdout.flush(); input()")
    first.stdout.readline()
    second = start(ASK)
    assert second.communicate(timeout=60)[0]
    assert len(servers(var_dir)) == 1

    first.kill()
    first.communicate()
    assert len(servers(var_dir)) == 1

    assert start(ASK).communicate(timeout=60)[0]
    assert servers(var_dir) == []


def test_a_number_that_now_belongs_to_another_process_is_not_taken_for_the_server(
    tmp_path,
):
    lock, holders = tmp_path / "postmaster.pid", tmp_path / ".handle_pids.json"
    lock.write_text(f"{os.getpid()}\n{tmp_path}\n")
    holders.write_text(json.dumps([os.getpid(), 2**22 + 1]))
    embedded.forget_the_dead(tmp_path)
    assert not lock.exists()
    assert json.loads(holders.read_text()) == [os.getpid()]


def test_root_is_refused_below_a_folder_others_cannot_enter(monkeypatch, tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    monkeypatch.setenv("VAR_DIR", str(closed / "var"))
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    with pytest.raises(embedded.CannotStart, match="root"):
        embedded.hold()
    assert stat.S_IMODE(closed.stat().st_mode) == 0o700
    assert not (closed / "var").exists()


def test_a_path_that_no_socket_can_have_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv("VAR_DIR", str(tmp_path / "很长的目录名" / ("x" * 60)))
    with pytest.raises(embedded.CannotStart, match="VAR_DIR"):
        embedded.hold()
