from django.db import migrations

from audit import sql


class Migration(migrations.Migration):
    dependencies = (("villages", "0001_people_offices_rosters"),)
    operations = (
        sql.run(
            __file__,
            "frozen_roster.sql",
            undo="""
                DROP TRIGGER no_line_is_added_to_a_frozen_roster
                    ON villages_rosterentry;
                DROP TRIGGER no_line_leaves_a_frozen_roster ON villages_rosterentry;
                DROP TRIGGER no_line_of_a_frozen_roster_changes
                    ON villages_rosterentry;
                DROP TRIGGER no_line_moves_to_a_frozen_roster ON villages_rosterentry;
                DROP TRIGGER lines_are_not_truncated ON villages_rosterentry;
                DROP TRIGGER rosters_are_not_truncated ON villages_roster;
                DROP TRIGGER frozen_roster_does_not_change ON villages_roster;
                DROP TRIGGER roster_is_frozen_with_its_own_count ON villages_roster;
                DROP FUNCTION villages_lines_stay();
                DROP FUNCTION villages_roster_stays();
                DROP FUNCTION villages_roster_is_counted();
                DROP FUNCTION villages_refuse_frozen(text);
            """,
        ),
    )
