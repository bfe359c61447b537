"""The log, below /log/."""

from __future__ import annotations

from django.urls import path

from . import views

app_name = "audit"
urlpatterns = [
    path("", views.log, name="log"),
    path("checkpoint", views.checkpoint, name="checkpoint"),
    path("key", views.key, name="key"),
    path("tile/entries/<path:address>", views.entries, name="entries"),
    path("tile/<str:level>/<path:address>", views.tile, name="tile"),
]
