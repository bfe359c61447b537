"""The sheets of a sitting held on paper, and by which hash each sheet is recorded."""

from django.db import migrations, models


def a_hash() -> models.CharField:
    return models.CharField(max_length=64, blank=True)


class Migration(migrations.Migration):
    dependencies = (("workflows", "0003_each_move_has_its_entry"),)
    operations = (
        migrations.AddField("tally", "sheet_hash", a_hash()),
        migrations.AddField("sitting", "sign_in_hash", a_hash()),
        migrations.AddField("sitting", "tally_hash", a_hash()),
        migrations.AddField(
            "sitting",
            "sign_in_sheet",
            models.FileField("签到册照片", upload_to="sittings/%Y/", blank=True),
        ),
        migrations.AddField(
            "sitting",
            "tally_sheet",
            models.FileField("计票单照片", upload_to="sittings/%Y/", blank=True),
        ),
    )
