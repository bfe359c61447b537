from django.db import migrations

from audit import sql


class Migration(migrations.Migration):
    dependencies = (("audit", "0002_entries_and_commitments"),)
    operations = (
        sql.run(
            __file__,
            "append_only.sql",
            undo="""
                DROP TRIGGER IF EXISTS entries_bear_their_transaction ON audit_entry;
                DROP TRIGGER commitments_can_only_be_erased ON audit_commitment;
                DROP TRIGGER entries_are_append_only ON audit_entry;
                DROP FUNCTION IF EXISTS audit_stamp();
                DROP FUNCTION audit_refuse();
            """,
        ),
    )
