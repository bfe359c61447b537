"""Votes cast by those in the room; who is recused, and who left."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0002_frozen_rosters_stay"),
        ("workflows", "0004_sheets_and_their_hashes"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="left_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="离会时间"),
        ),
        migrations.AddField(
            model_name="ballot",
            name="closes_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="截止时间"),
        ),
        migrations.AlterField(
            model_name="ballot",
            name="method",
            field=models.CharField(
                choices=[
                    ("hands", "举手表决"),
                    ("paper", "无记名投票"),
                    ("named", "记名表决"),
                    ("secret", "无记名电子表决"),
                ],
                default="hands",
                max_length=10,
                verbose_name="表决方式",
            ),
        ),
        migrations.CreateModel(
            name="Receipt",
            fields=[
                (
                    "code",
                    models.CharField(
                        max_length=10,
                        primary_key=True,
                        serialize=False,
                        verbose_name="回执号",
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="receipts",
                        to="workflows.ballot",
                    ),
                ),
            ],
            options={
                "verbose_name": "表决回执",
                "verbose_name_plural": "表决回执",
            },
        ),
        migrations.CreateModel(
            name="Participation",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "ballot_id",
                        "entry_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "choice",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("for", "赞成"),
                            ("against", "反对"),
                            ("abstain", "弃权"),
                        ],
                        default="",
                        max_length=7,
                        verbose_name="选择",
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="participations",
                        to="workflows.ballot",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.rosterentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "参加表决",
                "verbose_name_plural": "参加表决",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice__in", ("", "for", "against", "abstain"))
                        ),
                        name="a_named_vote_is_a_choice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Recusal",
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
                ("reason", models.CharField(max_length=300, verbose_name="回避的原因")),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recusals",
                        to="workflows.ballot",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.rosterentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "回避",
                "verbose_name_plural": "回避",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ballot", "entry"), name="one_recusal_per_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SecretVote",
            fields=[
                (
                    "token",
                    models.UUIDField(editable=False, primary_key=True, serialize=False),
                ),
                (
                    "choice",
                    models.CharField(
                        choices=[
                            ("for", "赞成"),
                            ("against", "反对"),
                            ("abstain", "弃权"),
                        ],
                        max_length=7,
                        verbose_name="选择",
                    ),
                ),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="secret_votes",
                        to="workflows.ballot",
                    ),
                ),
            ],
            options={
                "verbose_name": "无记名票",
                "verbose_name_plural": "无记名票",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("choice__in", ["for", "against", "abstain"])
                        ),
                        name="a_secret_vote_is_a_choice",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Slip",
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
                ("hash", models.CharField(max_length=64, unique=True)),
                (
                    "ballot",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="slips",
                        to="workflows.ballot",
                    ),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="villages.rosterentry",
                    ),
                ),
            ],
            options={
                "verbose_name": "表决条",
                "verbose_name_plural": "表决条",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("ballot", "entry"), name="one_slip_per_person"
                    )
                ],
            },
        ),
    ]
