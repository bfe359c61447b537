"""The database refuses what is out of turn or unrecorded."""

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).resolve().parent.parent / "sql"
BACK = """
DROP TRIGGER a_new_matter_is_recorded ON workflows_matter;
DROP TRIGGER stage_change_is_recorded ON workflows_matter;
DROP TRIGGER a_matter_keeps_its_name ON workflows_matter;
DROP TRIGGER a_matter_begins_as_a_draft ON workflows_matter;
DROP TRIGGER stage_moves ON workflows_matter;
DROP FUNCTION workflows_stage_change_is_recorded();
DROP FUNCTION workflows_matter_keeps_its_name();
DROP FUNCTION workflows_matter_begins_as_a_draft();
DROP FUNCTION workflows_stage_move_is_lawful();
DROP FUNCTION workflows_stage_may_follow(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("workflows", "0001_the_procedure"),
        ("audit", "0003_entries_are_append_only"),
    ]
    operations = [
        migrations.RunSQL((SQL / "stage_moves.sql").read_text(), ""),
        migrations.RunSQL((SQL / "stage_change_is_recorded.sql").read_text(), BACK),
    ]
