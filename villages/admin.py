from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from villages.models import (
    Body,
    Division,
    Household,
    Kinship,
    Office,
    Resident,
    Roster,
    RosterEntry,
    Seat,
    User,
    Village,
)


class ReadOnly(admin.ModelAdmin):  # type: ignore[type-arg]
    """Looks, and changes nothing: changes are made by acts, which are recorded."""

    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: models.Model | None = None
    ) -> bool:
        return False


@admin.register(Division)
class DivisionAdmin(ReadOnly):
    list_display = ["code", "name", "level", "parent", "overlay"]
    list_select_related = ["parent"]
    search_fields = ["code", "name"]


@admin.register(Village)
class VillageAdmin(ReadOnly):
    list_display = ["slug", "name", "division", "kind"]
    list_select_related = ["division"]
    search_fields = ["slug", "name"]


@admin.register(User)
class UserAdmin(ReadOnly):
    list_display = ["username", "full_name", "is_active", "last_login"]
    search_fields = ["username", "full_name"]
    exclude = ["password"]


@admin.register(Office)
class OfficeAdmin(ReadOnly):
    list_display = ["holder", "role", "village", "division", "since", "until", "deputy"]
    list_select_related = ["holder", "village", "division"]
    list_filter = ["role"]


@admin.register(Household)
class HouseholdAdmin(ReadOnly):
    list_display = ["village", "number", "group_name"]
    list_select_related = ["village"]


@admin.register(Resident)
class ResidentAdmin(ReadOnly):
    list_display = ["name", "village", "household", "party", "lives_here"]
    list_select_related = ["village", "household"]
    search_fields = ["name"]


@admin.register(Kinship)
class KinshipAdmin(ReadOnly):
    list_display = ["a", "b", "relation"]
    list_select_related = ["a", "b"]


@admin.register(Body)
class BodyAdmin(ReadOnly):
    list_display = ["village", "kind", "name", "term_from", "term_to"]
    list_select_related = ["village"]


@admin.register(Seat)
class SeatAdmin(ReadOnly):
    list_display = ["body", "resident", "capacity", "since", "until"]
    list_select_related = ["body", "resident"]


@admin.register(Roster)
class RosterAdmin(ReadOnly):
    list_display = ["village", "body", "mode", "compiled_on", "eligible", "frozen_at"]
    list_select_related = ["village"]


@admin.register(RosterEntry)
class RosterEntryAdmin(ReadOnly):
    list_display = ["roster", "number", "name", "capacity", "left_out"]
    list_select_related = ["roster"]
