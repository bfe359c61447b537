"""Pages as a printer leaves them and a telephone sees them: codes are read off them."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageFilter

FINE, POOR = 300, 100  # dots an inch
PAPER = "white"
TILT = 4  # degrees by which a telephone is held askew
UNSHARP = 0.8
SMUDGED = 45  # of a JPEG


def pages_as_pictures(pdf: bytes, folder: Path, *, dpi: int = FINE) -> list[Path]:
    """One picture a page, in order."""
    file = folder / "pages.pdf"
    file.write_bytes(pdf)
    for old in folder.glob("page-*.png"):
        old.unlink()
    draw = ["pdftoppm", "-r", str(dpi), "-gray", "-png", str(file), folder / "page"]
    subprocess.run(draw, check=True, capture_output=True)
    return sorted(folder.glob("page-*.png"))


def as_photographed(picture: Path) -> Path:
    """Held askew, out of focus, and made small by the telephone."""
    drawn = Image.open(picture).convert("L")
    askew = drawn.rotate(TILT, Image.Resampling.BICUBIC, expand=True, fillcolor=PAPER)
    out = BytesIO()
    askew.filter(ImageFilter.GaussianBlur(UNSHARP)).save(out, "JPEG", quality=SMUDGED)
    taken = picture.with_suffix(".jpg")
    taken.write_bytes(out.getvalue())
    return taken


def codes_on(picture: Path) -> list[str]:
    """What the squares on this picture say; [] where none can be read."""
    read = ["zbarimg", "--quiet", "--raw", "--set", "*.enable=0"]
    read += ["--set", "qrcode.enable=1", str(picture)]
    found = subprocess.run(read, check=False, capture_output=True, text=True)
    return found.stdout.splitlines()
