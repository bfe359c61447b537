import re
import tomllib

import pytest

from config.settings import BASE_DIR

FILES = ["requirements.txt", "requirements-dev.txt"]


def pinned(name):
    text = (BASE_DIR / name).read_text()
    text = re.sub(r"^\s*#.*\n", "", text, flags=re.MULTILINE).replace("\\\n", " ")
    return dict(line.split("==", 1) for line in text.splitlines() if line.strip())


@pytest.mark.parametrize("name", FILES)
def test_every_requirement_is_pinned_with_its_hashes(name):
    requirements = pinned(name)
    assert len(requirements) > 20
    for package, rest in requirements.items():
        assert re.fullmatch(r"\S+(\s+--hash=sha256:[0-9a-f]{64})+\s*", rest)
        assert re.fullmatch(r"[a-z0-9.-]+", package)


@pytest.mark.parametrize("name", FILES)
def test_no_address_of_an_index_and_no_path_stands_in_them(name):
    text = (BASE_DIR / name).read_text()
    assert not re.search(r"://|file:/|--(extra-)?index|--find-links|\s/\w", text)


def test_the_tools_run_with_the_versions_that_are_deployed():
    running, developing = map(pinned, FILES)
    assert running.items() <= developing.items()


def test_what_is_declared_is_pinned():
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    names = {re.match(r"[a-z0-9-]+", each)[0] for each in project["dependencies"]}
    assert names <= pinned("requirements.txt").keys()
