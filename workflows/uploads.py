"""What an upload is known by in the record."""

from __future__ import annotations

import hashlib
from typing import Any


def sha256_of(file: Any) -> str:
    """The hash of all its bytes, wherever it was read to; "" where there is none."""
    if not file:
        return ""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()
