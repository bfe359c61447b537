from django.db import migrations

from audit import sql


class Migration(migrations.Migration):
    initial = True
    dependencies = ()
    operations = (
        sql.run(
            __file__,
            "read_body.sql",
            undo="""
                DROP FUNCTION audit_leaf(text);
                DROP FUNCTION audit_scenario(text);
                DROP FUNCTION audit_instant(text, text);
                DROP FUNCTION audit_day(text, text);
                DROP FUNCTION audit_fact(text, text);
                DROP FUNCTION audit_text(text, text);
            """,
        ),
    )
