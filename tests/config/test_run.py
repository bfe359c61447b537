import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest

from config import run

PATIENCE = 30  # seconds


@pytest.fixture
def taken():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield str(listener.getsockname()[1])


@pytest.fixture
def free(taken):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


@pytest.fixture
def start(var_dir):
    """Start `make run`'s parent on a port; whatever a failed test leaves is ended."""
    started = []

    def run_on(port):
        started.append(
            subprocess.Popen(
                [sys.executable, "-m", "config.run"],
                cwd=run.BASE_DIR,
                env=os.environ | {"PORT": port},
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                start_new_session=True,
            )
        )
        return started[-1]

    yield run_on
    for process in started:
        process.terminate()
        process.wait()
        process.stdout.close()


def read_until(process, word):
    said = ""
    for line in process.stdout:
        said += line
        if word in line:
            return said
    raise AssertionError(said)


def family_of(process, *, at_least):
    """All it started; the worker is still starting when the web server answers."""
    until = time.monotonic() + PATIENCE
    while len(found := psutil.Process(process.pid).children(recursive=True)) < at_least:
        assert time.monotonic() < until, found
        time.sleep(0.1)
    return found


def servers(folder):
    return [
        each
        for each in psutil.process_iter(["cmdline"])
        if str(folder / "postgres") in (each.info["cmdline"] or [])
    ]


def test_a_port_that_is_taken_is_told_in_one_sentence(taken, start, var_dir):
    process = start(taken)
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert said.count("\n") == 1
    assert f"端口 {taken} 用不了" in said
    assert not (var_dir / "postgres").exists()


@pytest.mark.parametrize("wish", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(wish):
    with pytest.raises(run.CannotRun, match="PORT"):
        run.free_port(wish)


def test_where_one_child_ends_all_are_stopped():
    asleep = [sys.executable, "-c", "import time; time.sleep(60)"]
    with (
        pytest.raises(run.CannotRun, match="乙意外退出"),
        run.running({"甲": asleep, "乙": [sys.executable, "-c", ""]}) as children,
    ):
        run.wait_for_end(children)
    assert children["甲"].poll() == -signal.SIGTERM


@pytest.mark.slow
def test_it_runs_again_on_the_same_data_however_it_ended(free, start, var_dir):
    interrupted = start(free)
    read_until(interrupted, "正在准备")
    interrupted.send_signal(signal.SIGTERM)
    interrupted.communicate(timeout=60)
    assert interrupted.returncode == 0
    assert servers(var_dir) == []
    for end in (signal.SIGKILL, signal.SIGINT):
        process = start(free)
        said = read_until(process, "Ctrl-C")
        assert f"http://127.0.0.1:{free}/" in said
        assert "clerk@140724200205" in said
        with urllib.request.urlopen(f"http://127.0.0.1:{free}/health/") as answer:
            assert answer.status == 200
        head = f"http://127.0.0.1:{free}/log/checkpoint"
        with urllib.request.urlopen(head) as answer:
            assert answer.read().startswith(b"sixu.internal/")

        family = family_of(process, at_least=6)
        process.send_signal(end)
        process.communicate(timeout=60)
        if end == signal.SIGKILL:
            # It could stop nothing itself; the system did (config/run.py).
            assert psutil.wait_procs(family, timeout=30)[1] == []
        else:
            assert process.returncode == 0
            assert psutil.wait_procs(family + servers(var_dir), timeout=5)[1] == []
