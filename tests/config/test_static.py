import json
import re
import subprocess
import sys

import pytest

from config.settings import BASE_DIR

NAME = re.compile(r"""{%\s*static\s+["']([^"']+)["']""")


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
