"""What verifications found is kept."""

from django.db import migrations, models

from audit import sql


class Migration(migrations.Migration):
    dependencies = [("audit", "0005_numbers_tiles_checkpoints")]

    operations = [
        migrations.CreateModel(
            name="Verification",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("ran_at", models.DateTimeField()),
                ("size", models.BigIntegerField()),
                ("root", models.BinaryField()),
                ("ok", models.BooleanField()),
                ("discrepancies", models.BigIntegerField()),
            ],
            options={
                "verbose_name": "核对结果",
                "verbose_name_plural": "核对结果",
                "ordering": ("pk",),
            },
        ),
        sql.run(
            __file__,
            "verified.sql",
            undo="DROP TRIGGER verifications_are_append_only ON audit_verification",
        ),
    ]
