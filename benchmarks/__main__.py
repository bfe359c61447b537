"""`make bench`: each ratio once, in a database of its own that is then dropped."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def main() -> int:
    """Print ratios and a table; 1 where a ratio is below its floor."""
    _set_up()
    from django.db import connection

    from audit import clock
    from benchmarks import acts, casting, desk, insert, proof, queries, verify
    from benchmarks.village import settle

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        clock.move(clock.now())
        hamlet = settle()
        ratios = [acts.ratio(hamlet), insert.ratio(hamlet), proof.ratio()]
        ratios += casting.ratios()
        same, table = queries.compare(settle("many"))
        at_the_desk, members = desk.compare()
        ratios += [same, at_the_desk, verify.ratio(hamlet)]
        table += ["", *members]
        table += ["", *verify.memory(hamlet)]
    finally:
        clock.move(None)
        connection.creation.destroy_test_db("postgres", verbosity=0)
    lines = [*(ratio.row for ratio in ratios), "", *table]
    sys.stdout.write("\n".join(lines) + "\n")
    if target := os.environ.get("BENCH_JSON"):
        Path(target).write_text("".join(f"{r.line}\n" for r in ratios))
    return int(any(ratio.ratio < ratio.floor for ratio in ratios))


def _set_up() -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "benchmarks.settings"
    import django
    from django.conf import settings

    from config import embedded

    if embedded.is_used():
        embedded.hold()
    django.setup()
    # Of files that are never asked for here; whitenoise wants the folder.
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)


if __name__ == "__main__":
    sys.exit(main())
