"""Entries get numbers, the tree its tiles, and its heads are signed."""

import django.db.models.deletion
import django.db.models.lookups
from django.db import migrations, models

import audit.models
from audit import sql


class Migration(migrations.Migration):
    dependencies = [
        ("audit", "0004_record_in_one_journey"),
    ]

    operations = [
        migrations.CreateModel(
            name="Checkpoint",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("root", models.BinaryField()),
                ("note", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "存证",
                "verbose_name_plural": "存证",
                "ordering": ("size",),
            },
        ),
        migrations.CreateModel(
            name="Cosignature",
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
                ("line", models.TextField()),
                ("signed_at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "见证签名",
                "verbose_name_plural": "见证签名",
            },
        ),
        migrations.CreateModel(
            name="Leaf",
            fields=[
                ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                ("hash", models.BinaryField()),
            ],
            options={
                "verbose_name": "编号",
                "verbose_name_plural": "编号",
                "ordering": ("index",),
            },
        ),
        migrations.CreateModel(
            name="Tile",
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
                ("level", models.PositiveSmallIntegerField()),
                ("number", models.BigIntegerField()),
                ("hashes", models.BinaryField()),
            ],
            options={
                "verbose_name": "散列块",
                "verbose_name_plural": "散列块",
            },
        ),
        migrations.CreateModel(
            name="Unsequenced",
            fields=[
                (
                    "entry",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="audit.entry",
                    ),
                ),
            ],
            options={
                "verbose_name": "待编号",
                "verbose_name_plural": "待编号",
            },
        ),
        migrations.CreateModel(
            name="Witness",
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
                (
                    "key",
                    models.CharField(max_length=200, unique=True, verbose_name="公钥"),
                ),
                ("name", models.CharField(max_length=100, verbose_name="见证人")),
                ("since", models.DateTimeField()),
            ],
            options={
                "verbose_name": "见证人",
                "verbose_name_plural": "见证人",
            },
        ),
        migrations.AddConstraint(
            model_name="entry",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    audit.models.OctetLength("body"), 65535
                ),
                name="an_entry_is_short",
            ),
        ),
        migrations.AddField(
            model_name="cosignature",
            name="checkpoint",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="cosignatures",
                to="audit.checkpoint",
            ),
        ),
        migrations.AddField(
            model_name="leaf",
            name="entry",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="leaf",
                to="audit.entry",
            ),
        ),
        migrations.AddConstraint(
            model_name="tile",
            constraint=models.UniqueConstraint(
                fields=("level", "number"), name="one_tile_at_each_place"
            ),
        ),
        migrations.AddConstraint(
            model_name="tile",
            constraint=models.CheckConstraint(
                condition=django.db.models.lookups.LessThanOrEqual(
                    audit.models.OctetLength("hashes"), 8192
                ),
                name="a_tile_is_256_hashes_wide",
            ),
        ),
        migrations.AddField(
            model_name="cosignature",
            name="witness",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="cosignatures",
                to="audit.witness",
            ),
        ),
        migrations.AddConstraint(
            model_name="leaf",
            constraint=models.CheckConstraint(
                condition=models.Q(("index__gte", 0)), name="numbers_begin_at_nought"
            ),
        ),
        migrations.AddConstraint(
            model_name="cosignature",
            constraint=models.UniqueConstraint(
                fields=("checkpoint", "witness"), name="one_cosignature_of_each_witness"
            ),
        ),
        sql.run(
            __file__,
            "sequence.sql",
            undo="""
                DROP TRIGGER IF EXISTS entries_await_their_number ON audit_entry;
                DROP FUNCTION IF EXISTS audit_await_number();
                DROP FUNCTION audit_number_was_given() CASCADE;
                DROP FUNCTION audit_leaves_follow() CASCADE;
                DROP FUNCTION audit_tile_grows() CASCADE;
            """,
        ),
        # What was recorded before is numbered as well.
        migrations.RunSQL(
            "INSERT INTO audit_unsequenced (entry_id) SELECT id FROM audit_entry",
            migrations.RunSQL.noop,
        ),
    ]
