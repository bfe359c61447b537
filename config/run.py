"""`make run`: the whole service in the foreground, from one parent.

The parent holds the database, prepares it, starts web and worker, and ends last.
"""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType

from config import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
HIGHEST_PORT = 65535
SECONDS_TO_ANSWER = 60
SECONDS_TO_STOP = 15
PR_SET_PDEATHSIG = 1

Children = dict[str, subprocess.Popen[bytes]]

SIGN_INS = """
演示账号，密码都是 sixu-demo：
  王家山村  clerk@140724200205 村文书         secretary@140724200205 村党支部书记
            director@140724200205 村委会主任
            supervisor1@140724200205 至 supervisor3@140724200205 村务监督委员会
            party01@140724200205 党员         rep01@140724200205 村民代表
  李家庄乡  township@140724200 联村干部
  昔阳县    county@140724 督查人员
按 Ctrl-C 全部停下；再次运行 make run，数据还在。"""


class Stopped(Exception):
    """Somebody asked the service to stop."""


class CannotRun(Exception):
    """The service cannot run here; the message says why."""


def main() -> int:
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)
    try:
        port = free_port(os.environ.get("PORT") or "8000")
        if embedded.is_used():
            os.environ["DATABASE_URL"] = embedded.hold()
        prepare()
        with running({"网页服务": web(port), "后台服务": worker()}) as children:
            wait_for_answer(port, children)
            print(f"\n四序已启动：http://127.0.0.1:{port}/\n{SIGN_INS}", flush=True)
            wait_for_end(children)
    except Stopped:
        print("\n已停止。")
        return 0
    except (CannotRun, embedded.CannotStart) as reason:
        print(reason, file=sys.stderr)
    return 1


def stop(number: int, frame: FrameType | None) -> None:
    # The second Ctrl-C of somebody in a hurry must not leave children behind.
    for each in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(each, signal.SIG_IGN)
    raise Stopped


def free_port(wish: str) -> int:
    if not wish.isdecimal() or not 0 < int(wish) <= HIGHEST_PORT:
        raise CannotRun(f"PORT 应为 1 至 {HIGHEST_PORT} 的整数，现为“{wish}”。")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(wish)))
        except OSError as error:
            raise CannotRun(
                f"端口 {wish} 用不了（{error.strerror}），可能已被别的程序占用。"
                f"请换一个，例如：make run PORT={int(wish) % HIGHEST_PORT + 1}"
            ) from error
    return int(wish)


def prepare() -> None:
    print("正在准备数据库和页面文件……", flush=True)
    manage("migrate", "--no-input", "--verbosity", "0")
    manage("seed_demo")
    if static_files_are_older():
        manage("collectstatic", "--no-input", "--verbosity", "0")


def manage(*arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    if subprocess.run(command, cwd=BASE_DIR, check=False).returncode:
        raise CannotRun(f"没有启动：manage.py {arguments[0]} 没有成功，原因见上。")


def static_files_are_older() -> bool:
    """Whether what is served was collected before what it was collected from."""
    collected = embedded.var_dir() / "static" / "staticfiles.json"
    sources = [BASE_DIR / "requirements.txt", *(BASE_DIR / "static").rglob("*")]
    newest = max(source.stat().st_mtime for source in sources)
    return not collected.exists() or collected.stat().st_mtime < newest


def web(port: int) -> list[str]:
    command = [sys.executable, "-m", "gunicorn", "config.wsgi"]
    command += ["--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    return [*command, "--no-control-socket", "--log-level", "warning"]


def worker() -> list[str]:
    schedule = embedded.var_dir() / "beat-schedule"
    command = [sys.executable, "-m", "celery", "-A", "config.celery", "--quiet"]
    command += ["worker", "-B", "--schedule", str(schedule), "--concurrency", "1"]
    command += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return [*command, "--loglevel", "WARNING"]


@contextmanager
def running(commands: dict[str, list[str]]) -> Iterator[Children]:
    """Children that end with this block, or with this process however it ends."""
    children: Children = {}
    try:
        for name, command in commands.items():
            # In a session of their own, so that Ctrl-C reaches the parent alone and
            # the children are stopped once and in order.
            children[name] = subprocess.Popen(
                command,
                cwd=BASE_DIR,
                start_new_session=True,
                preexec_fn=end_with_parent,  # noqa: PLW1509 (no threads here)
            )
        yield children
    finally:
        end(children)


def end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end(children: Children) -> None:
    for child in children.values():
        child.terminate()
    until = time.monotonic() + SECONDS_TO_STOP
    for child in children.values():
        with suppress(subprocess.TimeoutExpired):
            child.wait(max(0, until - time.monotonic()))
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()


def refuse_if_one_ended(children: Children) -> None:
    for name, child in children.items():
        if child.poll() is not None:
            raise CannotRun(f"{name}意外退出（{child.returncode}），已全部停下。")


def wait_for_answer(port: int, children: Children) -> None:
    until = time.monotonic() + SECONDS_TO_ANSWER
    while time.monotonic() < until:
        refuse_if_one_ended(children)
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health/", timeout=5)
            return
        time.sleep(0.3)
    raise CannotRun(f"{SECONDS_TO_ANSWER} 秒内 /health/ 没有正常应答，已全部停下。")


def wait_for_end(children: Children) -> None:
    while True:
        refuse_if_one_ended(children)
        time.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
