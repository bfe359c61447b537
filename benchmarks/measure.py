"""What a benchmark returns: a ratio, its floor, and what it was made of."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Any


def seconds(work: Callable[..., Any], *args: Any, **kwargs: Any) -> float:
    """How long one call takes on the wall clock."""
    start = time.perf_counter()
    work(*args, **kwargs)
    return time.perf_counter() - start


@dataclass(frozen=True)
class Ratio:
    """Our speed over that of the baseline; the floor is what it must not fall below."""

    name: str
    ratio: float
    floor: float
    ours: float
    baseline: float
    unit: str = "次/秒"

    @classmethod
    def of(
        cls,
        name: str,
        baseline: list[float],
        ours: list[float],
        floor: float,
        *,
        per_batch: int,
    ) -> Ratio:
        """From seconds per batch of equal work, interleaved in one run.

        The ratio is the median over batches of each against the one beside it, so
        that a machine that slows down meanwhile slows both.
        """
        slow, fast = median(ours), median(baseline)
        ratio = median(b / o for b, o in zip(baseline, ours, strict=True))
        return cls(name, ratio, floor, per_batch / slow, per_batch / fast)

    @property
    def row(self) -> str:
        mark = "达到" if self.ratio >= self.floor else "未达到"
        return (
            f"{self.name:<12} 比值 {self.ratio:.2f}（下限 {self.floor:.2f}，{mark}）"
            f"  本项目 {self.ours:.0f}，基准 {self.baseline:.0f} {self.unit}"
        )

    @property
    def line(self) -> str:
        return json.dumps(
            {"name": self.name, "ratio": round(self.ratio, 4), "floor": self.floor}
        )
