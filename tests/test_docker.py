"""What the files in docker/ name is there: no Docker is needed to see that."""

import os
import re
import shlex

import click
import pytest
import yaml
from celery.bin.celery import celery
from django.core.management import get_commands
from django.utils.module_loading import import_string
from gunicorn.config import Config

from config.settings import BASE_DIR

DOCKER = BASE_DIR / "docker"
ENTRYPOINT = (DOCKER / "entrypoint.sh").read_text().replace("\\\n", " ")
DOCKERFILE = (DOCKER / "Dockerfile").read_text().replace("\\\n", " ")
COMPOSE = yaml.safe_load((DOCKER / "compose.yml").read_text())
OURS = {n: s for n, s in COMPOSE["services"].items() if s["image"] == "sixu"}
EXAMPLE = (DOCKER / ".env.example").read_text()
OF_OTHERS = {"PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE"}


def read_by_us():
    """The environment variables that the service reads."""
    reader = re.compile(r"""(?:env(?:text|int|bool|list)|environ\.get)\(\s*["'](\w+)""")
    files = (BASE_DIR / "config").glob("*.py")
    return {name for file in files for name in reader.findall(file.read_text())}


def lines_of(keyword):
    return re.findall(rf"^{keyword}\s+(.*)$", DOCKERFILE, re.MULTILINE)


def commands_run(program):
    found = re.findall(rf"python -m {program} (.*)$", ENTRYPOINT, re.MULTILINE)
    return [shlex.split(each) for each in found]


def test_the_services_are_built_from_the_tree():
    assert OURS.keys() == {"web", "worker"}
    for service in OURS.values():
        context = DOCKER / service["build"]["context"]
        assert context.resolve() == BASE_DIR
        assert (context / service["build"]["dockerfile"]).is_file()
        assert f"\n{service['command'][0]})\n" in ENTRYPOINT


def test_every_setting_is_one_that_is_read():
    for service in OURS.values():
        assert service["environment"].keys() <= read_by_us()
    named = re.findall(r"(\w+)=", " ".join(lines_of("ENV")))
    assert {*named} <= read_by_us() | OF_OTHERS


def test_what_compose_asks_for_stands_in_the_example():
    asked = re.findall(r"\$\{(\w+)(.*?)\}", (DOCKER / "compose.yml").read_text())
    offered = dict(re.findall(r"^(\w+)=(.*)$", EXAMPLE, re.MULTILINE))
    assert {name for name, _ in asked} == offered.keys()
    # Whatever may stay empty is made on the first run, or is for later.
    may_be_empty = {name for name, otherwise in asked if otherwise == "-"}
    assert may_be_empty == {"LOG_KEY", "LOG_FORMER_KEYS"}
    assert {how for name, how in asked if name not in may_be_empty} == {":?"}
    secret = {"SECRET_KEY", "POSTGRES_PASSWORD"}
    assert {name for name in offered if not offered[name]} == secret | may_be_empty


def test_every_service_and_volume_that_is_named_exists():
    for service in COMPOSE["services"].values():
        assert {*service.get("depends_on", {})} <= COMPOSE["services"].keys()
        volumes = {each.split(":")[0] for each in service.get("volumes", [])}
        assert volumes <= COMPOSE["volumes"].keys()
    shared = COMPOSE["x-sixu"]["environment"]
    hosts = re.findall(r"[@/](\w+):\d+/", " ".join(shared.values()))
    assert {*hosts} == {"db", "broker"}


def test_the_volume_is_where_the_service_writes():
    (var_dir,) = re.findall(r"VAR_DIR=(\S+)", DOCKERFILE)
    assert lines_of("VOLUME") == [var_dir]
    assert COMPOSE["x-sixu"]["volumes"] == [f"state:{var_dir}"]


def test_what_the_dockerfile_copies_and_starts_exists():
    (workdir,) = lines_of("WORKDIR")
    for copied in lines_of("COPY"):
        assert (BASE_DIR / copied.split()[0]).exists()
    entrypoint = DOCKER / "entrypoint.sh"
    assert lines_of("ENTRYPOINT") == [f'["{workdir}/docker/entrypoint.sh"]']
    assert os.access(entrypoint, os.X_OK)
    installed = re.search(r"-r (\S+)", DOCKERFILE)[1]
    assert "--hash=" in (BASE_DIR / installed).read_text()


def test_its_python_is_one_we_support():
    (image,) = lines_of("FROM")
    version = re.fullmatch(r"python:3\.(\d+)-slim-bookworm", image)[1]
    assert int(version) >= 11


def test_every_management_command_exists():
    named = re.findall(r"manage\.py ([a-z_]+)", ENTRYPOINT)
    named += re.findall(r"manage\.py ([a-z_]+)", (DOCKER / "README.md").read_text())
    assert named
    assert {*named} <= get_commands().keys()


def test_gunicorn_knows_its_options():
    (arguments,) = commands_run("gunicorn")
    options = Config().parser().parse_args(arguments)
    assert import_string(f"{options.args[0]}.application")
    assert options.control_socket_disable


def test_the_port_is_the_same_everywhere():
    (arguments,) = commands_run("gunicorn")
    port = Config().parser().parse_args(arguments).bind[0].rpartition(":")[2]
    web = COMPOSE["services"]["web"]
    assert lines_of("EXPOSE") == [port]
    assert web["ports"] == [f"127.0.0.1:8000:{port}"]
    assert f"localhost:{port}/health/" in web["healthcheck"]["test"][-1]


@pytest.mark.parametrize("where", ["docker", "run"])
def test_celery_knows_its_options(where):
    from config import run

    (arguments,) = commands_run("celery")
    if where == "run":
        arguments = run.worker()[3:]
    assert arguments[:2] == ["-A", "config.celery"]
    assert import_string("config.celery.app")
    rest = arguments[arguments.index("worker") + 1 :]
    command = celery.commands["worker"]
    options, surplus, _ = command.make_parser(click.Context(command)).parse_args(rest)
    assert options["beat"]
    assert not surplus
