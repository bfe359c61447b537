import re

from django.core.management import get_commands

from config.settings import BASE_DIR

READER = re.compile(r"""(?:env(?:text|int|bool|list)|environ\.get)\(\s*["'](\w+)""")


def test_every_variable_that_is_read_is_explained_to_the_administrator():
    read = {
        name
        for file in (BASE_DIR / "config").glob("*.py")
        for name in READER.findall(file.read_text())
    }
    manual = (BASE_DIR / "docs" / "operations.md").read_text()
    explained = set(re.findall(r"^\| `(\w+)` \|", manual, re.MULTILINE))
    assert read == explained


def test_every_command_the_administrator_is_told_to_run_exists():
    manual = (BASE_DIR / "docs" / "operations.md").read_text()
    named = set(re.findall(r"manage\.py ([a-z_]+)", manual))
    assert named
    assert named <= get_commands().keys()
