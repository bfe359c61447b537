"""Pages without sign-in."""

from __future__ import annotations

from django.urls import path

from disclosure import checking, feeds, views

app_name = "disclosure"
urlpatterns = [
    path("villages/", views.villages, name="villages"),
    path("villages/<slug:slug>/", views.board, name="board"),
    path("villages/<slug:slug>/feed/", feeds.board, name="feed"),
    path("notices/<slug:uid>/", views.notice, name="notice"),
    path("notices/<slug:uid>/print/", views.notice_print, name="notice_print"),
    path("verify/", checking.verify, name="verify"),
    path("verify/<str:code>/", checking.verified, name="verified"),
    path("verify/entries/<int:index>.json", checking.entry, name="entry"),
    path("verify/entries/<int:index>.tlog-proof", checking.proof, name="proof"),
]
