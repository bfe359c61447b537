"""Pages of the procedure."""

from __future__ import annotations

from django.urls import path

from workflows import sitting_urls
from workflows.views import acts, kept, matters, worklist

app_name = "workflows"
MATTER = "matters/<slug:slug>/<int:number>/"
urlpatterns = [
    path("", worklist.worklist, name="worklist"),
    path("matters/", matters.matters, name="matters"),
    path("matters/new/", matters.draft, name="draft"),
    path(MATTER, matters.matter, name="matter"),
    path(f"{MATTER}dossier/", matters.dossier, name="dossier"),
    path(f"{MATTER}documents/<slug:uid>/", matters.document, name="document"),
    path(f"{MATTER}notices/<slug:uid>/photo/", matters.photo, name="photo"),
    path(
        f"{MATTER}notices/<slug:uid>/<slug:verb>/", acts.notice_act, name="notice_act"
    ),
    path(f"{MATTER}objections/<slug:uid>/answer/", acts.objection, name="objection"),
    path(f"{MATTER}opinions/<slug:uid>/reply/", acts.opinion, name="opinion"),
    path(f"{MATTER}<slug:verb>/", acts.act, name="act"),
    path("villages/<slug:slug>/authorise/", acts.authorise, name="authorise"),
    path("kept/", kept.heads, name="kept"),
    path("kept/checkpoint.txt", kept.checkpoint, name="checkpoint"),
    path("kept/print/", kept.paper, name="kept_paper"),
    path("kept/since/<int:size>.txt", kept.since, name="kept_since"),
    path("kept/cosign/", kept.cosign, name="cosign"),
    *sitting_urls.urlpatterns,
]
