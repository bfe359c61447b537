"""Who read the slips out and who counted them, beside who witnessed."""

from django.db import migrations, models


def a_name(label: str) -> models.CharField:
    return models.CharField(label, max_length=30, blank=True, default="")


class Migration(migrations.Migration):
    dependencies = (("workflows", "0008_who_came_and_how"),)
    operations = (
        migrations.AddField("tally", "caller_name", a_name("唱票人"), False),
        migrations.AddField("tally", "teller_name", a_name("计票人"), False),
    )
