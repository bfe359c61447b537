"""Whether the service is usable, for load balancers and for people."""

from __future__ import annotations

import os
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db import Error, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from kombu.exceptions import KombuError

from audit import clock
from audit.models import Checkpoint, Entry, Unsequenced, Verification
from audit.sequencer import newest
from config import embedded
from config.celery import RECORD_EVERY, app
from workflows import printing

SECONDS_FOR_BROKER = 2
# Numbers are given every few seconds; a minute later something is wrong.
SECONDS_TO_NUMBER = 60
# The record is verified every night.
LONGEST_UNVERIFIED = timedelta(days=2)


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 where the database answers and has this version's tables, else 503."""
    report = examine()
    status = 200 if report["usable"] else 503
    types = ["application/json", "text/plain", "text/html"]
    if request.get_preferred_type(types) in ("text/plain", "text/html"):
        plain = "text/plain; charset=utf-8"
        return HttpResponse(in_words(report), content_type=plain, status=status)
    readable = {"ensure_ascii": False, "indent": 2}
    return JsonResponse(report, status=status, json_dumps_params=readable)


def examine() -> dict[str, Any]:
    database = connection.settings_dict["OPTIONS"].get("host")
    report: dict[str, Any] = {
        "usable": False,
        "version": settings.VERSION,
        "database": {
            "reachable": False,
            "embedded": database == str(embedded.data_dir()),
        },
        "broker": {
            "reachable": broker_is_reachable(),
            "kind": settings.CELERY_BROKER_URL.partition("://")[0],
        },
        "switched_off": switched_off(),
    }
    try:
        missing = missing_migrations()
        report["database"]["reachable"] = True
        report["database"]["missing_migrations"] = missing
        report["usable"] = not missing
        if report["usable"]:
            report["clock"] = lateness_of_clock()
            report["log"] = lateness_of_log()
            report["verified"] = last_verification()
    except Error:
        # What is wrong with it stands in the log, not on a page open to everyone.
        connection.close()
    return report


def missing_migrations() -> int:
    applied = MigrationRecorder(connection).applied_migrations()
    return len(migrations_on_disk() - applied.keys())


@lru_cache
def migrations_on_disk() -> frozenset[tuple[str, str]]:
    return frozenset(MigrationLoader(None).disk_migrations)


def broker_is_reachable() -> bool:
    if settings.BROKER_FOLDERS:
        return all(os.access(each, os.W_OK) for each in settings.BROKER_FOLDERS)
    broker = app.connection_for_write(connect_timeout=SECONDS_FOR_BROKER)
    try:
        with broker:
            broker.ensure_connection(max_retries=1, timeout=SECONDS_FOR_BROKER)
    except (OSError, KombuError):
        return False
    return True


def lateness_of_clock() -> dict[str, Any]:
    """When the clock last did its work, and how many seconds overdue it is."""
    heartbeat = apps.get_model("workflows", "Heartbeat")
    ran_at = heartbeat.objects.filter(name="clock").values_list("ran_at", flat=True)
    last = ran_at.first()
    if last is None:
        return {"ran_at": None, "late_by": None}
    age = (clock.now() - last).total_seconds()
    return {"ran_at": last.isoformat(), "late_by": max(0, round(age - RECORD_EVERY))}


def lateness_of_log() -> dict[str, Any]:
    """How many entries have a number, how many wait, and for how many seconds."""
    last = newest()
    first = Unsequenced.objects.order_by("entry_id").values("entry_id")[:1]
    oldest = Entry.objects.filter(pk=first).values_list("recorded_at", flat=True)
    since = oldest.first()
    waits = round((clock.now() - since).total_seconds()) if since else 0
    return {
        "size": last.size if last else 0,
        "waiting": Unsequenced.objects.count(),
        "oldest_waits": max(0, waits),
        "late": waits > SECONDS_TO_NUMBER,
    }


def last_verification() -> dict[str, Any]:
    """When the record was last recomputed, and whether it was in order."""
    last = Verification.objects.last()
    first = Checkpoint.objects.order_by("size").values_list("signed_at", flat=True)
    since = last.ran_at if last else first.first()
    late = since is not None and clock.now() - since > LONGEST_UNVERIFIED
    if last is None:
        return {"ran_at": None, "ok": None, "late": late}
    return {"ran_at": last.ran_at.isoformat(), "ok": last.ok, "late": late}


def switched_off() -> list[str]:
    """What this installation does without, and why."""
    reasons = []
    if not settings.HTTPS:
        reasons.append(_("只经 https 发送的登录凭据：未启用，因为 HTTPS 没有设为 1"))
    if why := printing.switched_off():
        reasons.append(
            _("打印会议资料袋、会议记录、决议书：未启用，因为%(why)s") % {"why": why}
        )
    return reasons


def in_words(report: dict[str, Any]) -> str:
    database, broker = report["database"], report["broker"]
    kind = _("内置") if database["embedded"] else _("外部")
    lines = [
        _("四序 %(version)s") % report,
        _("可以使用") if report["usable"] else _("不能使用"),
        _("数据库（%(kind)s）：%(state)s")
        % {"kind": kind, "state": in_order(database["reachable"])},
        _("消息队列（%(kind)s）：%(state)s")
        % {"kind": broker["kind"], "state": in_order(broker["reachable"])},
    ]
    if database.get("missing_migrations"):
        lines.append(
            _("还有 %(missing_migrations)s 个数据库变更没有执行（manage.py migrate）")
            % database
        )
    if "clock" in report:
        lines.append(_("定时任务：%(state)s") % {"state": in_time(**report["clock"])})
    if "log" in report:
        lines.append(_("记录编号：%(state)s") % {"state": numbered(**report["log"])})
    if "verified" in report:
        lines.append(_("每日核对：%(state)s") % {"state": sound(**report["verified"])})
    lines += [_("未启用：%(why)s") % {"why": why} for why in report["switched_off"]]
    return "\n".join(lines) + "\n"


def in_order(reachable: bool) -> str:
    return _("正常") if reachable else _("连不上")


def in_time(ran_at: str | None, late_by: int | None) -> str:
    if ran_at is None:
        return _("还没有运行过")
    if late_by:
        return _("晚了 %(late_by)s 秒") % {"late_by": late_by}
    return _("准时")


def numbered(size: int, waiting: int, oldest_waits: int, *, late: bool) -> str:
    told = {"size": size, "waiting": waiting, "waits": oldest_waits}
    if not waiting:
        return _("正常，共 %(size)s 条，没有等着的") % told
    standing = _("共 %(size)s 条，另有 %(waiting)s 条等着，最久的等了 %(waits)s 秒")
    return (_("晚了，") if late else _("正常，")) + standing % told


def sound(ran_at: str | None, *, ok: bool | None, late: bool) -> str:
    if ok is False:
        return _("记录有不符之处，请运行 manage.py verify_log")
    if late:
        return _("超过两天没有核对")
    return _("还没有核对过") if ran_at is None else _("记录完整")
