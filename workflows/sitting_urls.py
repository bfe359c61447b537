"""Pages of the sittings."""

from django.urls import path

from workflows.views import (
    arriving,
    casting,
    desk,
    items,
    mine,
    now,
    paper,
    printed,
    scanned,
    signed,
    sittings,
    voting,
)

SITTING = "sittings/<slug:uid>/"
ITEM = f"{SITTING}<int:position>/"
urlpatterns = [
    path("mine/", mine.mine, name="mine"),
    path("sittings/", sittings.sittings, name="sittings"),
    path("villages/<slug:slug>/sittings/new/", sittings.convene, name="convene"),
    path(
        "villages/<slug:slug>/sittings/paper/", paper.record_paper, name="record_paper"
    ),
    path(SITTING, sittings.sitting, name="sitting"),
    path(f"{SITTING}now/", now.sitting_now, name="sitting_now"),
    path(f"{SITTING}serve/", desk.serve, name="serve"),
    path(f"{SITTING}attend/", desk.attend, name="attend"),
    path(f"{SITTING}door/", arriving.arrive, name="arrive"),
    path(f"{SITTING}door/<slug:key>/sign/", arriving.sign, name="sign"),
    path(f"{SITTING}door/<slug:key>/absent/", arriving.excuse, name="excuse"),
    path(f"{SITTING}code/", scanned.screen, name="screen"),
    path(f"{SITTING}in/<slug:code>/", scanned.arrive_by_code, name="arrive_by_code"),
    path(f"{SITTING}observers/", arriving.observe, name="observe"),
    path(f"{SITTING}lapse/", desk.lapse, name="lapse"),
    path(f"{SITTING}close/", desk.close, name="close"),
    path(f"{SITTING}leave/", voting.leave, name="leave"),
    path(f"{SITTING}scans/<slug:name>/", sittings.scan, name="scan"),
    path(f"{SITTING}pages/", signed.attach_pages, name="attach_pages"),
    path(f"{SITTING}pages/<int:number>/", signed.signed_page, name="signed_page"),
    path(
        f"{SITTING}pages/<int:number>/original/",
        signed.signed_file,
        name="signed_file",
    ),
    path(f"{SITTING}packet/", printed.packet, name="packet"),
    path(f"{SITTING}minutes/", printed.minutes, name="minutes"),
    path(f"{SITTING}minutes/paste/", printed.paste_in, name="paste_in"),
    path(f"{ITEM}open/", items.open_ballot, name="open_ballot"),
    path(f"{ITEM}recuse/", voting.recuse, name="recuse"),
    path(f"{ITEM}slips/", voting.slips, name="slips"),
    path(f"{ITEM}assist/", voting.assist, name="assist"),
    path(f"{ITEM}close/", voting.close_ballot, name="close_ballot"),
    path(f"{ITEM}count/", items.count, name="count"),
    path(f"{ITEM}witness/", items.witness, name="witness"),
    path(f"{ITEM}declare/", items.declare, name="declare"),
    path(f"{ITEM}void/", items.void, name="void"),
    path(f"{ITEM}recount/", items.recount, name="recount"),
    path(f"{ITEM}resolution/", printed.resolution, name="resolution"),
    path(f"{ITEM}sheet/", items.sheet, name="sheet"),
    path("vote/slip/", casting.vote_slip, name="vote_slip"),
    path("vote/receipt/", casting.receipt, name="receipt"),
    path("vote/<slug:uid>/", casting.vote, name="vote"),
]
