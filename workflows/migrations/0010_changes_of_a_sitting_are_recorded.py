"""Nobody comes, leaves or is recused while hands are raised; all of it is recorded."""

from django.db import migrations

from audit import sql

ATTENDING = (
    "".join(
        f"DROP TRIGGER a_sitting_change_is_recorded ON workflows_{table};\n"
        for table in ("ballot", "sitting", "attendance")
    )
    + """
DROP FUNCTION workflows_sitting_change_is_recorded();
DROP TRIGGER a_sitting_stays_while_people_vote ON workflows_sitting;
DROP FUNCTION workflows_sitting_stays();
DROP TRIGGER who_votes_stays ON workflows_attendance;
DROP FUNCTION workflows_who_votes_stays();
DROP FUNCTION workflows_people_vote(bigint);
"""
)


class Migration(migrations.Migration):
    dependencies = (("workflows", "0009_who_called_and_counted"),)
    operations = (
        sql.run(__file__, "casting.sql"),
        sql.run(__file__, "tallying.sql"),
        sql.run(__file__, "attending.sql", undo=ATTENDING),
    )
