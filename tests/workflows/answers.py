"""What fills in each form so that it is taken, by the name of its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.files.uploadedfile import SimpleUploadedFile

from audit import clock, codes, sequencer
from workflows.presenting.people import expected, on_roster

if TYPE_CHECKING:
    from tests.workflows.everywhere import Scene

SIGNED = "10,20 30,40 50,60 70,80;90,100 110,120 130,140 150,160"
# Pages on which nothing is asked: the button says everything.
NOTHING_ASKED = frozenset(
    {
        "act begin",
        "act archive",
        "workflows:close",
        "workflows:lapse",
        "workflows:close_ballot",
        "workflows:declare",
        "workflows:arrive_by_code",
        "sign_out",
    }
)


# Where the answer to a form is a page: it changes nothing, or is nowhere else.
ANSWERED = frozenset(
    f"workflows:{name}"
    for name in ("kept", "vote", "vote_slip", "receipt", "slips", "assist")
)


def given(scene: Scene) -> dict[str, dict[str, Any]]:
    """A form a page; `today` is the day on which the scene was built."""
    today = clock.today().isoformat()
    text, on = {"text": "写明情况。"}, {"on": today}
    desks = scene.rows["desks"]
    votes = {"votes_for": "4", "against": "1"}
    cast = {"choice": "1", "sure": "1"}
    first = str(desks["vote"].sitting.roster.entries.entitled()[0].pk)
    corrected = {**text, "witness_name": "冯保山"}
    held = {
        "body": "joint",
        "held_at_0": today,
        "held_at_1": "23:30",
        "place": "村委会会议室",
        "chair": "钱有田",
    }
    drafted = scene.rows["waiting"]
    came = expected(scene.world.village, "joint", on=clock.today()).keys
    there = on_roster(desks["attend"].sitting).keys
    absent = on_roster(desks["arrive"].sitting).keys[1]
    row = f"m{drafted.number}"
    head = sequencer.newest()
    assert head is not None
    line = scene.rows["witness"].sign(head.head.text, at=int(clock.now().timestamp()))
    return {
        "workflows:kept": {"size": str(head.size), "root": head.head.short},
        "workflows:cosign": {
            "signed": SimpleUploadedFile("a.txt", (head.note + line).encode())
        },
        "workflows:attach_pages": {
            "sort": "minutes",
            "pages": SimpleUploadedFile("a.pdf", b"%PDF-1.4 signed"),
        },
        "sign_in": {"username": "clerk@140724200205", "password": "right"},
        "workflows:draft": {
            **text,
            "type": "M05",
            "title": "修渠",
            "chain": "four_step",
            "amount": "12000.50",
            "origin_by": "reps",
            "origin_count": "12",
            "follows": drafted.uid,
        },
        "workflows:authorise": {
            "everything": "some",
            "types": ["M05"],
            "since": today,
            "until": "2027-12-31",
            "resolved_by": "村民会议决议",
        },
        "workflows:convene": held | {"matters": [str(drafted.number)]},
        "workflows:record_paper": held
        | {
            "held_at_1": "08:00",
            "noticed_on": today,
            "method": "paper",
            "people": came,
            "shown": ",".join(came),
            "witness_name": "孙建国",
            f"{row}-votes_for": "4",
            f"{row}-against": "1",
            f"{row}-abstain": "0",
            f"{row}-invalid": "0",
            f"{row}-issued": "5",
            f"{row}-returned": "5",
        },
        "workflows:serve": {"means": ["phone"], "reached": "5", "unreached": "0"},
        "workflows:arrive": {"came": absent, "signed": "sheet"},
        "workflows:sign": {"written": SIGNED},
        "workflows:excuse": {"reason": "leave", "note": "外出打工。"},
        "workflows:observe": {
            "name": "吴明",
            "capacity": "township",
            "post": "乡经管站",
        },
        "workflows:attend": {
            "signed": "sheet",
            "people": there,
            "shown": ",".join(there),
            "again": "again",
        },
        "workflows:leave": {"number": "1"},
        "workflows:open_ballot": {"method": "hands", "minutes": "5"},
        "workflows:recuse": {"entry": first, "reason": "承包人是他弟弟。"},
        "workflows:slips": {"people": [first]},
        "workflows:assist": {**cast, "entry": first, "signed": "on"},
        "workflows:vote": cast,
        "workflows:vote_slip": {**cast, "code": scene.rows["slip"]},
        "workflows:receipt": {"code": codes.spell(scene.rows["receipt"])},
        "workflows:count": {**votes, "witness_name": "冯保山"},
        "workflows:witness": {"seen": str(desks["witness"].tally.pk)},
        "workflows:void": corrected,
        "workflows:recount": corrected
        | votes
        | {"seen": str(desks["recount"].tally.pk), "sheet": scene.photograph()},
        "workflows:objection": {**text, "outcome": "dismissed"},
        "workflows:opinion": text,
        "notice_act post": {
            "posted_on": today,
            "place": "村务公开栏",
            "photo": scene.photograph(),
        },
        "notice_act repair": on,
        "notice_act take_down": on,
        "notice_act audit_notice": {"outcome": "rectify", "note": "金额写错。"},
        "notice_act object": {**text, "name": "刘二", "phone": "13800001111"},
        "act initiate": on,
        "act erratum": {**text, "checked_by": "冯保山"},
        "act amend": {**text, "source": "党员大会"},
        "act revise": text,
        "act withdraw": text,
        "act advise": text,
        "act suggest": text,
        "act announce": {**text, "days": "15"},
        "act disclose": {"item": "budget", **text},
        "act approve": {
            **on,
            "outcome": "approved",
            "authority": "李家庄乡人民政府",
            "paper": "李政〔2026〕3号",
        },
        "act report": {"progress": "30", "spent": "99.5", "note": "完成一半。"},
        "act accept": {
            **on,
            "supervisors": ["孙建国"],
            "others": "李秀英、卫秀兰",
            "note": "合格。",
        },
        "act done": {**on, "note": "办完了。"},
        "act report_result": {**text, "days": "15"},
        "act order": {**text, "basis": "order.duty", "due": "15"},
        "act comply": text,
        "act examine": {"outcome": "pass"},
        "act explain": {**text, "finding": scene.rows["finding"]},
        "act attach": {"code": "other", "name": "合同", "file": scene.photograph()},
    }
