from django.db import migrations, models

from audit import sql

FIELDS = (
    ("uid", models.CharField(editable=False, max_length=32)),
    ("kind", models.CharField(editable=False, max_length=80)),
    ("village", models.CharField(editable=False, max_length=40)),
    ("subject", models.CharField(editable=False, max_length=60)),
    ("office", models.CharField(editable=False, max_length=80)),
    ("stage", models.CharField(editable=False, max_length=80, null=True)),
    ("from_stage", models.CharField(editable=False, max_length=80, null=True)),
    ("held_on", models.DateField(editable=False, null=True)),
    ("recorded_at", models.DateTimeField(editable=False)),
    ("scenario", models.BooleanField(editable=False)),
    ("leaf_hash", models.BinaryField(editable=False)),
)
NO_LONGER_COMPUTED = ", ".join(
    f"ALTER COLUMN {name} DROP EXPRESSION IF EXISTS" for name, _field in FIELDS
)
ALWAYS_THERE = ", ".join(
    f"ALTER COLUMN {name} SET NOT NULL" for name, field in FIELDS if not field.null
)
NO_LONGER_CALLED = """
    DROP TRIGGER IF EXISTS entries_bear_their_transaction ON audit_entry;
    DROP FUNCTION IF EXISTS audit_stamp();
    DROP TRIGGER IF EXISTS entries_await_their_number ON audit_entry;
    DROP FUNCTION IF EXISTS audit_await_number();
    DROP FUNCTION IF EXISTS audit_leaf(text);
    DROP FUNCTION IF EXISTS audit_scenario(text);
    DROP FUNCTION IF EXISTS audit_instant(text, text);
    DROP FUNCTION IF EXISTS audit_day(text, text);
    DROP FUNCTION IF EXISTS audit_fact(text, text);
    DROP FUNCTION IF EXISTS audit_text(text, text);
"""


class Migration(migrations.Migration):
    """The columns stay when this is undone: to earlier code they are the same."""

    dependencies = (("audit", "0006_verifications"),)
    operations = (
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE audit_entry {NO_LONGER_COMPUTED}, {ALWAYS_THERE};",
                    migrations.RunSQL.noop,
                ),
            ],
            state_operations=[
                migrations.AlterField("entry", name, field) for name, field in FIELDS
            ],
        ),
        # Nobody asks for the entries of a village.
        migrations.RemoveIndex("entry", "entries_of_a_village"),
        migrations.RemoveConstraint("entry", "an_entry_says_who_what_and_when"),
        sql.run(__file__, "read_body.sql"),
        migrations.RunSQL(NO_LONGER_CALLED, migrations.RunSQL.noop),
    )
