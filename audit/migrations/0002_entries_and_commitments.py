import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0001_how_bodies_are_read"),
    ]

    operations = [
        migrations.CreateModel(
            name="Entry",
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
                ("body", models.TextField()),
                ("txid", models.BigIntegerField(editable=False)),
                (
                    "uid",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"), models.Value("id"), function="audit_text"
                        ),
                        output_field=models.CharField(max_length=32),
                    ),
                ),
                (
                    "kind",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("kind"),
                            function="audit_text",
                        ),
                        output_field=models.CharField(max_length=80),
                    ),
                ),
                (
                    "village",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("village"),
                            function="audit_text",
                        ),
                        output_field=models.CharField(max_length=40),
                    ),
                ),
                (
                    "subject",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("subject"),
                            function="audit_text",
                        ),
                        output_field=models.CharField(max_length=60),
                    ),
                ),
                (
                    "office",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("office"),
                            function="audit_text",
                        ),
                        output_field=models.CharField(max_length=80),
                    ),
                ),
                (
                    "stage",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("stage"),
                            function="audit_fact",
                        ),
                        null=True,
                        output_field=models.CharField(max_length=80),
                    ),
                ),
                (
                    "from_stage",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("from_stage"),
                            function="audit_fact",
                        ),
                        null=True,
                        output_field=models.CharField(max_length=80),
                    ),
                ),
                (
                    "held_on",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("held_on"),
                            function="audit_day",
                        ),
                        null=True,
                        output_field=models.DateField(),
                    ),
                ),
                (
                    "recorded_at",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"),
                            models.Value("recorded_at"),
                            function="audit_instant",
                        ),
                        output_field=models.DateTimeField(),
                    ),
                ),
                (
                    "scenario",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(
                            models.F("body"), function="audit_scenario"
                        ),
                        output_field=models.BooleanField(),
                    ),
                ),
                (
                    "leaf_hash",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Func(models.F("body"), function="audit_leaf"),
                        output_field=models.BinaryField(),
                    ),
                ),
            ],
            options={
                "verbose_name": "办理记录",
                "verbose_name_plural": "办理记录",
                "ordering": ("id",),
                "indexes": [
                    models.Index(fields=["subject", "id"], name="entries_of_a_subject"),
                    models.Index(fields=["village", "id"], name="entries_of_a_village"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("uid",), name="entry_uid_is_unique"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(
                            (
                                "kind__in",
                                (
                                    "audit.overdue",
                                    "notice.elapsed",
                                    "objection.overdue",
                                    "sitting.not_held",
                                ),
                            )
                        ),
                        fields=("kind", "subject"),
                        name="the_clock_records_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("kind__isnull", False),
                            ("office__isnull", False),
                            ("recorded_at__isnull", False),
                            ("subject__isnull", False),
                            ("uid__isnull", False),
                            ("village__isnull", False),
                        ),
                        name="an_entry_says_who_what_and_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
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
                ("path", models.CharField(max_length=80)),
                ("salt", models.BinaryField()),
                ("value", models.TextField()),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="commitments",
                        to="audit.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "封存内容",
                "verbose_name_plural": "封存内容",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("entry", "path"), name="one_commitment_for_each_path"
                    )
                ],
            },
        ),
    ]
