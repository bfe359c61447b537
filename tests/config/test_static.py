import hashlib
import json
import re
import subprocess
import sys

import pytest

from config.settings import BASE_DIR

NAME = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


SUMMED = re.compile(r"`(static/[^`]+)`, sha256 `([0-9a-f]{64})`")


def test_what_others_wrote_is_what_the_list_of_dependencies_says():
    told = dict(
        SUMMED.findall((BASE_DIR / "docs/decisions/dependencies.md").read_text())
    )
    there = sorted((BASE_DIR / "static" / "vendor").iterdir())
    assert {str(file.relative_to(BASE_DIR)) for file in there} == set(told)
    for file in there:
        assert (
            hashlib.sha256(file.read_bytes()).hexdigest()
            == told[f"static/vendor/{file.name}"]
        )


@pytest.mark.slow
def test_every_file_that_a_page_names_is_collected_and_none_of_viewflow(var_dir):
    command = [sys.executable, "manage.py", "collectstatic", "--no-input"]
    subprocess.run(command, cwd=BASE_DIR, check=True, capture_output=True)
    collected = json.loads((var_dir / "static" / "staticfiles.json").read_text())
    named = {
        name
        for template in (BASE_DIR / "templates").rglob("*.html")
        for name in NAME.findall(template.read_text())
    }
    assert named
    assert named <= collected["paths"].keys()
    assert not [path for path in collected["paths"] if path.startswith("viewflow")]
    assert not (var_dir / "postgres").exists()
