"""How each person signed in, who was absent and why, who only listened."""

import django.db.models.deletion
from django.db import migrations, models

from audit import sql

TABLES = ("attendance", "signature", "absence", "observer")
BACK = (
    "".join(
        f"""
    DROP TRIGGER who_came_is_not_truncated ON workflows_{table};
    DROP TRIGGER who_came_stays ON workflows_{table};
    """
        for table in TABLES
    )
    + """
    DROP TRIGGER voters_stay ON workflows_attendance;
    DROP FUNCTION workflows_who_came_is_not_truncated();
    DROP FUNCTION workflows_voters_stay();
    DROP FUNCTION workflows_who_came_stays();
    DROP FUNCTION workflows_refuse_attendance(text);
"""
)


class Migration(migrations.Migration):
    dependencies = [
        ("villages", "0002_frozen_rosters_stay"),
        ("workflows", "0007_signed_pages"),
    ]

    operations = [
        migrations.AddField(
            model_name="attendance",
            name="came_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="到会时间"),
        ),
        migrations.AddField(
            model_name="attendance",
            name="signed",
            field=models.CharField(
                choices=[
                    ("ticked", "点名"),
                    ("finger", "手写签名"),
                    ("code", "扫码"),
                    ("sheet", "纸质签到册"),
                ],
                default="ticked",
                max_length=6,
                verbose_name="签到方式",
            ),
        ),
        migrations.CreateModel(
            name="Observer",
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
                    "capacity",
                    models.CharField(
                        choices=[
                            ("supervisor", "村务监督委员会成员"),
                            ("township", "乡镇干部"),
                            ("sent", "第一书记、驻村工作队员"),
                            ("other", "其他列席人"),
                        ],
                        max_length=10,
                        verbose_name="身份",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                (
                    "post",
                    models.CharField(
                        blank=True, max_length=60, verbose_name="单位及职务"
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="observers",
                        to="workflows.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "列席",
                "verbose_name_plural": "列席",
            },
        ),
        migrations.CreateModel(
            name="Absence",
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
                    "reason",
                    models.CharField(
                        choices=[
                            ("leave", "请假"),
                            ("away", "外出"),
                            ("ill", "生病"),
                            ("unreached", "未通知到"),
                            ("none", "无故"),
                        ],
                        max_length=9,
                        verbose_name="缺席原因",
                    ),
                ),
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                (
                    "note",
                    models.CharField(blank=True, max_length=100, verbose_name="说明"),
                ),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.rosterentry",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to="workflows.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "缺席",
                "verbose_name_plural": "缺席",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sitting", "entry"), name="one_absence_per_person"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Signature",
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
                ("name", models.CharField(max_length=40, verbose_name="姓名")),
                ("strokes", models.TextField(verbose_name="笔迹")),
                ("hash", models.CharField(max_length=64)),
                (
                    "entry",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="villages.rosterentry",
                    ),
                ),
                (
                    "sitting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="signatures",
                        to="workflows.sitting",
                    ),
                ),
            ],
            options={
                "verbose_name": "签名",
                "verbose_name_plural": "签名",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("sitting", "entry"), name="one_signature_per_person"
                    )
                ],
            },
        ),
        sql.run(__file__, "attending.sql", undo=BACK),
    ]
