"""A village that has something at every address, and everybody who might ask for it.

Built once a module (`scene`) outside the transaction of the single test, which takes
back what the test wrote; `undone` does the same for a block.

Titles, texts and names carry markup: a page that passed one on as it came would show.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from PIL import ExifTags, Image

from audit import clock, codes, sequencer, witnesses
from audit.note import COSIGNATURE, Signer
from tests import world as worlds
from tests.workflows import sitting_steps as steps
from tests.world import World
from villages.models import Division, Office, User
from workflows import findings, rotating
from workflows.acts import ballot as voting
from workflows.acts import (
    casting,
    decision,
    disclosure,
    implementation,
    objection,
    supervision,
)
from workflows.acts import sitting as keeping
from workflows.figures import Figures
from workflows.models import Ballot, Matter, Notice, Sitting
from workflows.presenting.people import on_roster
from workflows.stage import Stage
from workflows.views.verbs import OF_MATTER, OF_NOTICE

# Those whose office counts here, in the order of the columns of the table.
INSIDE = (
    "clerk",
    "secretary",
    "director",
    "supervisor",
    "party",
    "rep",
    "township",
    "county",
)
# Theirs is an office elsewhere, or was one here; and those who are not signed in.
OUTSIDE = ("elsewhere", "zhou", "former")
UNKNOWN = ("anonymous", "inactive")
PERSONS = (*INSIDE, *OUTSIDE, *UNKNOWN)
ACCOUNTS = {"supervisor": "supervisor1", "party": "party01", "rep": "rep01"}

MARKED = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
NAME = "<script>郑</script>"
PLANTED = {"title": f"修路{MARKED}", "text": f"写明{MARKED}。"}
# A matter at a stage at which the act is possible, and what else is said of it.
STAGES: dict[str, tuple[Stage, dict[str, Any]]] = {
    "initiate": (Stage.DRAFTED, {"chain": "four_deliberations"}),
    "announce": (Stage.ADOPTED, {}),
    "order": (Stage.ADOPTED, {}),
    "begin": (Stage.ANNOUNCED, {}),
    "disclose": (Stage.ANNOUNCED, {"type": "M18"}),
    "report": (Stage.UNDERWAY, {}),
    "done": (Stage.UNDERWAY, {}),
    "accept": (Stage.UNDERWAY, {"type": "M18"}),
    "report_result": (Stage.COMPLETED, {}),
    "archive": (Stage.REPORTED, {}),
    "comply": (Stage.RECTIFYING, {}),
    "examine": (Stage.RECTIFYING, {"type": "M18"}),
}
AT_THE_DOOR = ("arrive", "sign", "excuse", "screen", "arrive_by_code", "observe")
CAST = ("recuse", "slips", "assist", "close_ballot")
OF_ITEM = ("open_ballot", "count", "witness", "declare", "void", "recount", "sheet")
OF_ITEM += ("resolution", *CAST)
Address = tuple[str, list[Any]]


@dataclass
class Scene:
    """Addresses by name, rows by name, and a browser for each person."""

    world: World
    others: dict[str, User] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def person(self, name: str) -> User | None:
        if name == "anonymous":
            return None
        known = self.others.get(name)
        return known or getattr(self.world, ACCOUNTS.get(name, name))

    def client(self, name: str) -> Client:
        """A browser of their own, which nobody can sign out of for the others."""
        made = Client()
        made.cookies.update(self.clients[name].cookies)
        return made

    @staticmethod
    def photograph(taken: str = "") -> SimpleUploadedFile:
        out, exif = BytesIO(), Image.Exif()
        if taken:
            exif[ExifTags.Base.DateTime] = taken
        Image.new("RGB", (8, 8), "#9b1c1c").save(out, "JPEG", exif=exif)
        return SimpleUploadedFile("0123.jpg", out.getvalue(), "image/jpeg")


# -- everybody


def outsiders(world: World) -> dict[str, User]:
    """Who has no office here, or has it no more, or may not come in."""
    far = Division.objects.create(code="140721", name="榆社县", level="county")
    long_ago = clock.today() - timedelta(days=400)
    yesterday = clock.today() - timedelta(days=1)
    held = {
        "elsewhere": {"division": far, "role": "county"},
        "former": {"village": world.village, "role": "clerk", "until": yesterday},
        "inactive": {"village": world.village, "role": "clerk"},
    }
    made = {}
    for name, office in held.items():
        user = User.objects.create(username=f"{name}@test", full_name=NAME)
        Office.objects.create(holder=user, since=long_ago, **office)
        made[name] = user
    User.objects.filter(pk=made["inactive"].pk).update(is_active=False)
    return made


def browsers(scene: Scene) -> None:
    for name in PERSONS:
        client = scene.clients[name] = Client()
        user = scene.person(name)
        if user is not None:
            client.force_login(user, "django.contrib.auth.backends.ModelBackend")


# -- everything


def matters(world: World) -> dict[str, Matter]:
    """For each act a matter for which it is possible; the clock is moved on."""
    known: dict[str, Matter] = {"archived": world.matter_at(Stage.ARCHIVED, **PLANTED)}
    found: dict[str, Matter] = {}
    # The latest stages first: they take days, and the others are to be of today.
    order = list(Stage)
    for verb, (stage, content) in sorted(
        STAGES.items(), key=lambda item: -order.index(item[1][0])
    ):
        key = f"{stage} {content}"
        if key not in found:
            found[key] = world.matter_at(stage, **PLANTED, **content)
        known[verb] = found[key]
    reviewed = world.matter_at(Stage.REVIEWED, **PLANTED)
    known |= dict.fromkeys(set(OF_MATTER) - set(known) - {"approve"}, reviewed)
    world.do(known["examine"], supervision.comply, world.director, text=MARKED)
    known["approve"] = leased(world)
    return known


def leased(world: World) -> Matter:
    """A lease to outsiders, which the members' assembly decided."""
    matter = world.draft(type="M09c", **PLANTED)
    for body in ("joint", "party", "members"):
        world.hold(matter, body)
    return matter


def desks(world: World) -> dict[str, Ballot]:
    """For each act at a desk a ballot that waits for it."""
    called, shown = steps.convened(world, a_draft(world)), photographed(world)
    made = {
        "open_ballot": steps.held(world, a_draft(world)).ballots.get(),
        "serve": called.ballots.get(),
        "lapse": steps.held(world, a_draft(world), present=1).ballots.get(),
        "vote": steps.voting_on(world, a_draft(world)),
        "count": steps.opened(world, a_draft(world)),
        "declare": witnessed(world),
        "recount": declared(world),
        "witness": shown,
        "sheet": shown,
        "sitting": shown,
        "sitting_now": shown,
        "scan": entered(world),
    }
    idle = made["open_ballot"]
    waiting = steps.convened(world, a_draft(world)).ballots.get()
    printed = {"packet": called.ballots.get(), "resolution": resolved(world)}
    printed |= dict.fromkeys(("minutes", "paste_in"), made["recount"])
    signed = ("attach_pages", "signed_page", "signed_file")
    printed |= dict.fromkeys(signed, made["scan"])
    idles = {"attend": idle, "close": idle, "leave": idle, "void": made["recount"]}
    put = dict.fromkeys(CAST, made["vote"])
    return made | idles | printed | put | dict.fromkeys(AT_THE_DOOR, waiting)


def a_draft(world: World) -> Matter:
    return world.draft(**PLANTED)


def witnessed(world: World) -> Ballot:
    """A ballot counted, and seen by another member who does not chair."""
    ballot = steps.counted(world, a_draft(world))
    steps.perform(ballot, "witness", voting.witness, world.secretary)
    return ballot


def declared(world: World) -> Ballot:
    ballot = witnessed(world)
    steps.perform(ballot, "declare", decision.declare, world.clerk)
    return ballot


def resolved(world: World) -> Ballot:
    """A ballot of the representatives that ended in a resolution."""
    matter = world.matter_at(Stage.ADOPTED, **PLANTED)
    return matter.resolution.ballot


def photographed(world: World) -> Ballot:
    """A ballot counted with a photograph of the sheet."""
    ballot = steps.opened(world, a_draft(world))
    figures = Figures.by_hands(ballot.sitting.present, 4, 1)
    sheet = Scene.photograph()
    steps.perform(
        ballot, "count", voting.count, world.clerk, figures=figures, sheet=sheet
    )
    return ballot


def entered(world: World) -> Ballot:
    """A ballot of a sitting held on paper, with the photographed tally sheet."""
    matter, scans = a_draft(world), keeping.Scans(tally=Scene.photograph())
    sitting = steps.enter(world, matter, scans=scans)
    steps.sign(world, sitting, Scene.photograph(taken="2026:03:05 09:12:00"))
    return sitting.ballots.get()


def papers(world: World, ballot: Ballot) -> dict[str, str]:
    """A slip nobody has used yet, and the receipt of one who voted."""
    *_others, waiting, voted = steps.lines(ballot)
    ((_entry, slip),) = casting.issue_slips(ballot, [waiting], actor=world.clerk)
    return {"slip": slip, "receipt": casting.cast_line(ballot, voted, "for")}


def notices(world: World, matter: Matter) -> dict[str, Notice]:
    """A notice that hangs, with its photograph, and one that hangs nowhere yet."""
    hanging, photo = matter.standing_notices[0], Scene.photograph()
    world.do(matter, disclosure.post, world.clerk, of=hanging, photo=photo)
    given = {"item": "budget", "text": MARKED}
    idle = world.do(matter, disclosure.disclose, world.clerk, **given)
    return {"hanging": hanging, "idle": idle}


def sayings(world: World, matter: Matter, hanging: Notice) -> dict[str, Any]:
    """What people said of the matter, and a paper of it."""
    said = {"text": MARKED}
    objected = {**said, "of": hanging, "name": NAME}
    paper = {"name": MARKED, "file": Scene.photograph()}
    return {
        "objection": world.do(matter, objection.object_to, world.clerk, **objected),
        "opinion": world.do(matter, supervision.suggest, world.supervisor1, **said),
        "document": world.do(matter, implementation.attach, world.clerk, **paper),
    }


# -- where it is

WITHOUT_ARGUMENTS = (
    "workflows:worklist",
    "workflows:matters",
    "workflows:draft",
    "workflows:sittings",
    "workflows:mine",
    "workflows:vote_slip",
    "workflows:receipt",
    "workflows:kept",
    "workflows:checkpoint",
    "workflows:kept_paper",
    "workflows:cosign",
    "disclosure:villages",
    "audit:log",
    "audit:checkpoint",
    "audit:key",
    "disclosure:verify",
    "sign_in",
    "sign_out",
    "health",
)
OF_THE_VILLAGE = (
    "workflows:authorise",
    "workflows:convene",
    "workflows:record_paper",
    "disclosure:board",
    "disclosure:feed",
)


def addresses(scene: Scene) -> dict[str, Address]:
    """Every address by the name of its row: its name in the URLconf, its arguments."""
    rows, slug = scene.rows, scene.world.village.slug
    of = [slug, rows["shown"].number]
    found: dict[str, Address] = {name: (name, []) for name in WITHOUT_ARGUMENTS}
    found |= {name: (name, [slug]) for name in OF_THE_VILLAGE}
    for name in ("notice", "notice_print"):
        found[f"disclosure:{name}"] = (f"disclosure:{name}", [rows["hanging"].uid])
    found["audit:tile"] = ("audit:tile", ["0", "000.p/1"])
    found["audit:entries"] = ("audit:entries", ["000.p/1"])
    for name in ("matter", "dossier"):
        found[f"workflows:{name}"] = (f"workflows:{name}", of)
    code = codes.spell(rows["hanging"].uid)
    found["disclosure:verified"] = ("disclosure:verified", [code])
    for name in ("entry", "proof"):
        found[f"disclosure:{name}"] = (f"disclosure:{name}", [0])
    found["workflows:kept_since"] = ("workflows:kept_since", [1])
    for name in ("document", "objection", "opinion"):
        found[f"workflows:{name}"] = (f"workflows:{name}", [*of, rows[name].uid])
    found["workflows:photo"] = ("workflows:photo", [*of, rows["hanging"].uid])
    for verb in OF_NOTICE:
        notice = rows["idle" if verb in ("post", "audit_notice") else "hanging"]
        found[f"notice_act {verb}"] = ("workflows:notice_act", [*of, notice.uid, verb])
    found |= {name: (name, args) for name, args in at_desks(rows["desks"])}
    found |= at_the_door(rows["desks"]["arrive"].sitting)
    scanned = rows["desks"]["scan"].sitting.uid
    for name, last in (("scan", "tally"), ("signed_page", 1), ("signed_file", 1)):
        found[f"workflows:{name}"] = (f"workflows:{name}", [scanned, last])
    found["workflows:vote"] = ("workflows:vote", [rows["desks"]["vote"].uid])
    for verb in OF_MATTER:
        found[f"act {verb}"] = (
            "workflows:act",
            [slug, rows["acts"][verb].number, verb],
        )
    return found


def at_the_door(called: Sitting) -> dict[str, Address]:
    """What is about one person of a sitting, and where the code leads."""
    key, code = on_roster(called).keys[0], rotating.code_at(called, clock.now())
    more = {"sign": key, "excuse": key, "arrive_by_code": code}
    return {
        f"workflows:{name}": (f"workflows:{name}", [called.uid, each])
        for name, each in more.items()
    }


def at_desks(desks: dict[str, Ballot]) -> Iterator[Address]:
    for name, ballot in desks.items():
        place = [ballot.position] if name in OF_ITEM else []
        yield f"workflows:{name}", [ballot.sitting.uid, *place]


def build() -> Scene:
    world = worlds.build()
    world.clerk.full_name = NAME
    world.clerk.save(update_fields=["full_name"])
    scene = Scene(world)
    rows = scene.rows
    rows["acts"] = matters(world)
    shown = rows["shown"] = rows["acts"]["disclose"]
    rows |= notices(world, shown)
    rows |= sayings(world, shown, rows["hanging"])
    rows["waiting"] = a_draft(world)
    rows["desks"] = desks(world)
    rows |= papers(world, rows["desks"]["vote"])
    rows["finding"] = findings.of_matter(rows["acts"]["explain"])[0].name
    scene.others = outsiders(world)
    browsers(scene)
    sequencer.sequence_all()
    rows["witness"] = Signer.generate("witness", COSIGNATURE)
    witnesses.register(NAME, str(rows["witness"].verifier))
    scene.at = {
        row: reverse(name, args=args) for row, (name, args) in addresses(scene).items()
    }
    return scene


# -- for the tests


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    media = tmp_path_factory.mktemp("media")
    with override_settings(MEDIA_ROOT=media), django_db_blocker.unblock(), undone():
        try:
            yield build()
        finally:
            clock.move(None)


@contextmanager
def undone() -> Iterator[None]:
    """Whatever is written inside is taken back."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def digest() -> list[tuple[Any, ...]]:
    """Every row of every table, as short as can be; who came in is not of this."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in ("sessions", "axes", "contenttypes")
    ]
    each = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)), 0)"  # noqa: S608
        f" FROM {table} t"
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return sorted(cursor.fetchall())


@contextmanager
def nothing_written() -> Iterator[None]:
    before = digest()
    yield
    assert digest() == before
