"""Pages signed by hand, as they were handed in after a sitting."""

from django.conf import settings
from django.db import migrations, models

SORTS = [
    ("sign_in", "签到册"),
    ("tally", "计票单"),
    ("minutes", "会议记录"),
    ("resolution", "决议书"),
    ("other", "其他原件"),
]


def an_id() -> models.BigAutoField:
    given = {"auto_created": True, "primary_key": True, "serialize": False}
    return models.BigAutoField(verbose_name="ID", **given)


def a_file(label: str, *, blank: bool = False) -> models.FileField:
    return models.FileField(label, upload_to="sittings/%Y/", blank=blank)


def pointing(to: str, name: str) -> models.ForeignKey:
    return models.ForeignKey(to, models.PROTECT, related_name=name)


def once(name: str, column: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(fields=["sitting", column], name=name)


class Migration(migrations.Migration):
    dependencies = (
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("workflows", "0006_votes_are_guarded"),
    )
    operations = (
        migrations.CreateModel(
            name="SignedPage",
            fields=[
                ("id", an_id()),
                ("number", models.PositiveSmallIntegerField("第几页")),
                ("sort", models.CharField("是什么", max_length=12, choices=SORTS)),
                ("file", a_file("原件")),
                ("hash", models.CharField(max_length=64)),
                ("size", models.PositiveIntegerField("字节")),
                ("reading", a_file("阅读用", blank=True)),
                ("exif", models.TextField("照片自带的信息", blank=True)),
                ("attached_at", models.DateTimeField()),
                ("attached_by", pointing(settings.AUTH_USER_MODEL, "+")),
                ("sitting", pointing("workflows.sitting", "pages")),
            ],
            options={
                "verbose_name": "签字原件",
                "verbose_name_plural": "签字原件",
                "ordering": ("number",),
                "constraints": [
                    once("each_page_has_its_number", "number"),
                    once("each_page_once_a_sitting", "hash"),
                ],
            },
        ),
    )
