"""What I owe, and what I follow."""

from __future__ import annotations

from typing import Any

from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from villages.models import Village
from workflows import permissions
from workflows import worklist as duties
from workflows.presenting import matter_row, todo_row

from .doors import Visit, door, frame


def worklist(request: HttpRequest) -> HttpResponseBase:
    """The first page: for who is not signed in, the way to the board and in."""
    if not request.user.is_authenticated and request.method in ("GET", "HEAD"):
        return render(request, "workflows/welcome.html")
    return _worklist(request)


@door("GET")
def _worklist(request: Visit) -> HttpResponse:
    villages = list(Village.objects.for_user(request.user)[:2])
    several = len(villages) > 1
    owed = duties.owed(request.user)
    followed = duties.followed(request.user)
    prefetch_related_objects(followed, "notices__postings", "notices__audits")
    only = villages[0] if len(villages) == 1 else None
    context: dict[str, Any] = {
        **frame(request.user, only),
        "todos": [todo_row(todo, with_village=several) for todo in owed],
        "matters": [matter_row(matter, with_village=several) for matter in followed],
    }
    context["may_keep"] = context["reader"].holds(permissions.keep.roles)
    return render(request, "workflows/worklist.html", context)
