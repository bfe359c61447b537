"""The codes on printed slips, of which only a keyed hash is kept.

Digits, four by four, as on a bank card: who cannot scan can type them. They are so many
that nobody finds by trying one that is in somebody's hands.
"""

from __future__ import annotations

import secrets

from django.utils.crypto import salted_hmac

DIGITS = 16
SALT = "workflows.slips"


def new_code() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def hash_of(code: str) -> str:
    """The same however it was typed; without the key no hash can be tried either."""
    digits = "".join(each for each in code if each.isascii() and each.isdigit())
    return salted_hmac(SALT, digits, algorithm="sha256").hexdigest()
