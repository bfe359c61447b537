from django.db import migrations

from audit import sql


class Migration(migrations.Migration):
    dependencies = (("audit", "0003_entries_are_append_only"),)
    operations = (
        sql.run(
            __file__,
            "record.sql",
            undo="DROP FUNCTION audit_record(text, text[], bytea[], text[]);",
        ),
    )
