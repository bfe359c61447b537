from __future__ import annotations

from tests.world import world as world  # noqa: PLC0414
