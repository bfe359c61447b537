"""What stands on printed pages, and where."""

from __future__ import annotations

import re
import subprocess


def pages_of(pdf: bytes) -> list[str]:
    """The words of each page, without the blanks that laying out put between them."""
    read = ["pdftotext", "-layout", "-", "-"]
    text = subprocess.run(read, input=pdf, capture_output=True, check=True).stdout
    return [re.sub(r"\s+", "", page) for page in text.decode().split("\f")[:-1]]


def lowest(pdf: bytes, words: str) -> float:
    """How far down the page these words reach, in points."""
    read = ["pdftotext", "-bbox", "-", "-"]
    text = subprocess.run(read, input=pdf, capture_output=True, check=True).stdout
    found = re.search(rf'yMax="([0-9.]+)">{words}', text.decode())
    assert found
    return float(found[1])
