"""Where one transaction moves a matter several times, each move has its entry."""

from django.db import migrations

from audit import sql


class Migration(migrations.Migration):
    dependencies = (("workflows", "0002_stage_changes_are_recorded"),)
    operations = (sql.run(__file__, "stage_change_is_recorded.sql"),)
