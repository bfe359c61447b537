"""Entries, to be read. What they keep sealed is not shown here."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import cached_property

from .models import Entry

FARTHEST = 5000


class NearPaginator(Paginator[Entry]):
    """Pages of the newest entries, without counting millions of older ones."""

    @cached_property
    def count(self) -> int:
        return cast("QuerySet[Entry]", self.object_list)[:FARTHEST].count()


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    list_display = ("id", "label", "subject", "village", "held_on", "recorded_at")
    ordering = ("-id",)
    search_fields = ("subject__exact", "uid__exact")
    search_help_text = "matter/… · sitting/… · ballot/… · notice/…"
    show_full_result_count = False
    paginator = NearPaginator
    fields = readonly_fields = (
        "label",
        "subject",
        "village",
        "office",
        "held_on",
        "recorded_at",
        "body",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
