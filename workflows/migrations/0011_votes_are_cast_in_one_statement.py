"""A vote is a transaction of one statement, told beforehand what was chosen.

A new database never had the functions that are dropped: casting.sql, which migrations
before this one run too, no longer makes them.
"""

from django.db import migrations

from audit import sql

FORMER = """
DROP FUNCTION IF EXISTS workflows_cast_by_slip(text, timestamptz, text);
DROP FUNCTION IF EXISTS workflows_cast(bigint, bigint, timestamptz, text);
DROP FUNCTION IF EXISTS workflows_held_why_not(bigint, bigint, timestamptz);
"""


class Migration(migrations.Migration):
    dependencies = (("workflows", "0010_changes_of_a_sitting_are_recorded"),)
    operations = (
        sql.run(__file__, "casting.sql"),
        migrations.RunSQL(FORMER, migrations.RunSQL.noop),
    )
