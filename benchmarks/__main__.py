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
    from benchmarks import acts, insert, proof, queries, verify
    from benchmarks.village import settle

    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        clock.move(clock.now())
        hamlet = settle()
        ratios = [acts.ratio(hamlet), insert.ratio(hamlet), proof.ratio()]
        same, table = queries.compare(settle("many"))
        ratios += [same, verify.ratio(hamlet)]
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
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django
    from django.conf import settings

    from config import embedded

    if embedded.is_used():
        embedded.hold()
    settings.INSTALLED_APPS += ["benchmarks.bare"]
    # Pages are measured without collectstatic; file names do not matter here.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": plain}}
    django.setup()


if __name__ == "__main__":
    sys.exit(main())
