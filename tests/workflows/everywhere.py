"""A village that has something at every address, and everybody who might ask for it.

Built once a module (`scene`) outside the transaction of the single test, which takes
back what the test wrote; `undone` does the same for a block.
Nothing here is a test of its own: the tables are in test_permissions.py.
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
from PIL import Image

from audit import clock
from tests import world as worlds
from tests.workflows import sitting_steps as steps
from tests.world import World
from villages.models import Division, Office, User
from workflows import findings
from workflows.acts import ballot as voting
from workflows.acts import disclosure, implementation, objection, supervision
from workflows.figures import Figures
from workflows.models import Ballot, Matter, Notice
from workflows.stage import Stage
from workflows.views.verbs import OF_MATTER, OF_NOTICE

# Those whose office counts here, in the order of the columns of the tables.
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
# A matter at a stage at which the act is possible; where it is not the plain one, what
# is said of it.
STAGES: dict[str, tuple[Stage, dict[str, Any]]] = {
    "initiate": (Stage.DRAFTED, {"chain": "four_deliberations"}),
    "begin": (Stage.ANNOUNCED, {}),
    "disclose": (Stage.ANNOUNCED, {"type": "M18"}),
    "announce": (Stage.ADOPTED, {}),
    "order": (Stage.ADOPTED, {}),
    "report": (Stage.UNDERWAY, {}),
    "accept": (Stage.UNDERWAY, {"type": "M18"}),
    "done": (Stage.UNDERWAY, {}),
    "report_result": (Stage.COMPLETED, {}),
    "archive": (Stage.REPORTED, {}),
    "comply": (Stage.RECTIFYING, {}),
    "examine": (Stage.RECTIFYING, {}),
}
SAME = {"disclose", "examine", "accept", "approve"}  # matters that nothing else uses


def picture() -> SimpleUploadedFile:
    out = BytesIO()
    Image.new("RGB", (8, 8), "#9b1c1c").save(out, "JPEG")
    return SimpleUploadedFile("0123.jpg", out.getvalue(), "image/jpeg")


@dataclass
class Scene:
    """Addresses by name, rows by name, and a browser for each person."""

    world: World
    others: dict[str, Any] = field(default_factory=dict)
    at: dict[str, str] = field(default_factory=dict)
    rows: dict[str, Any] = field(default_factory=dict)
    clients: dict[str, Client] = field(default_factory=dict)

    def person(self, name: str) -> User | None:
        known = {"supervisor": "supervisor1", "party": "party01", "rep": "rep01"}
        if name == "anonymous":
            return None
        return self.others.get(name) or getattr(self.world, known.get(name, name))

    @staticmethod
    def photograph() -> SimpleUploadedFile:
        return picture()


# -- everybody


def outsiders(world: World) -> dict[str, User]:
    """Who has no office here, or has it no more, or may not come in."""
    far = Division.objects.create(code="140721", name="榆社县", level="county")
    long_ago = clock.today() - timedelta(days=400)
    made = {
        name: User.objects.create(username=f"{name}@test", full_name=full_name)
        for name, full_name in (
            ("elsewhere", "郑远"),
            ("former", "卸任"),
            ("inactive", "停用"),
        )
    }
    Office.objects.create(
        holder=made["elsewhere"], division=far, role="county", since=long_ago
    )
    Office.objects.create(
        holder=made["inactive"], village=world.village, role="clerk", since=long_ago
    )
    User.objects.filter(pk=made["inactive"].pk).update(is_active=False)
    Office.objects.create(
        holder=made["former"],
        village=world.village,
        role="clerk",
        since=long_ago,
        until=clock.today() - timedelta(days=1),
    )
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
    known: dict[str, Matter] = {"archived": world.matter_at(Stage.ARCHIVED)}
    found: dict[tuple[Stage, str], Matter] = {}
    # The latest stages first: they take days, and the others are to be of today.
    order = list(Stage)
    for verb, (stage, content) in sorted(
        STAGES.items(), key=lambda item: -order.index(item[1][0])
    ):
        key = (stage, verb if verb in SAME or content else "")
        if key not in found:
            found[key] = world.matter_at(stage, **content)
        known[verb] = found[key]
    reviewed = world.matter_at(Stage.REVIEWED)
    rest = set(OF_MATTER) - set(known) - {"approve"}
    known |= dict.fromkeys(rest, reviewed)
    world.do(known["examine"], supervision.comply, world.director, text="改好了。")
    known["approve"] = leased(world)
    return known


def leased(world: World) -> Matter:
    """A lease to outsiders, which the members' assembly decided."""
    matter = world.draft(type="M09c")
    for body in ("joint", "party", "members"):
        world.hold(matter, body)
    return matter


def desks(world: World) -> dict[str, Ballot]:
    """For each act at a desk a ballot that waits for it."""
    made = {
        "open_ballot": steps.held(world, world.draft()).ballots.get(),
        "attend": steps.held(world, world.draft()).ballots.get(),
        "close": steps.held(world, world.draft()).ballots.get(),
        "serve": steps.convened(world, world.draft()).ballots.get(),
        "lapse": steps.held(world, world.draft(), present=1).ballots.get(),
        "count": steps.opened(world, world.draft()),
        "witness": steps.counted(world, world.draft()),
        "declare": steps.witnessed(world, world.draft()),
        "void": steps.declared(world, world.draft()),
        "recount": steps.declared(world, world.draft()),
        "sheet": photographed(world, world.draft()),
    }
    return made | {"sitting": made["open_ballot"]}


def photographed(world: World, matter: Matter) -> Ballot:
    """A ballot counted with a photograph of the sheet."""
    ballot = steps.opened(world, matter)
    figures = Figures.by_hands(ballot.sitting.present, 4, 1)
    steps.perform(
        ballot, "count", voting.count, world.clerk, figures=figures, sheet=picture()
    )
    return ballot


def notices(world: World, matter: Matter) -> dict[str, Notice]:
    """A notice that hangs, with photograph and objection, and one that does not."""
    hanging = matter.standing_notices[0]
    world.do(matter, disclosure.post, world.clerk, of=hanging, photo=picture())
    idle = world.do(
        matter, disclosure.disclose, world.clerk, item="budget", text="预算三万元。"
    )
    return {"hanging": hanging, "idle": idle}


# -- addresses


def matter_addresses(
    world: World, by_verb: dict[str, Matter]
) -> dict[str, tuple[str, list[Any]]]:
    return {
        f"act {verb}": ("workflows:act", [m.village.slug, m.number, verb])
        for verb, m in by_verb.items()
        if verb in OF_MATTER
    }


def addresses(scene: Scene) -> dict[str, tuple[str, list[Any]]]:
    """Every address: its name in the URLconf and its arguments."""
    rows, slug = scene.rows, scene.world.village.slug
    shown: Matter = rows["shown"]
    of = [slug, shown.number]
    found: dict[str, tuple[str, list[Any]]] = {
        name: (name, [])
        for name in (
            "workflows:worklist",
            "workflows:matters",
            "workflows:draft",
            "workflows:sittings",
            "disclosure:villages",
            "sign_in",
            "sign_out",
            "health",
        )
    }
    for name in ("authorise", "convene", "record_paper"):
        found[f"workflows:{name}"] = (f"workflows:{name}", [slug])
    for name in ("board", "feed"):
        found[f"disclosure:{name}"] = (f"disclosure:{name}", [slug])
    for name in ("notice", "notice_print"):
        found[f"disclosure:{name}"] = (f"disclosure:{name}", [rows["hanging"].uid])
    found["workflows:matter"] = ("workflows:matter", of)
    found["workflows:document"] = ("workflows:document", [*of, rows["document"].uid])
    found["workflows:photo"] = ("workflows:photo", [*of, rows["hanging"].uid])
    found["workflows:objection"] = ("workflows:objection", [*of, rows["objection"].uid])
    found["workflows:opinion"] = ("workflows:opinion", [*of, rows["opinion"].uid])
    for verb in OF_NOTICE:
        notice = rows["idle" if verb in ("post", "audit_notice") else "hanging"]
        found[f"notice_act {verb}"] = ("workflows:notice_act", [*of, notice.uid, verb])
    for name, ballot in rows["desks"].items():
        of_item = name in ITEMS
        args = [ballot.sitting.uid, *([ballot.position] if of_item else [])]
        found[f"workflows:{name}"] = (f"workflows:{name}", args)
    return found | matter_addresses(scene.world, rows["matters"])


ITEMS = ("open_ballot", "count", "witness", "declare", "void", "recount", "sheet")


def build() -> Scene:
    world = worlds.build()
    scene = Scene(world)
    rows = scene.rows
    rows["matters"] = matters(world)
    shown = rows["shown"] = rows["matters"]["disclose"]
    rows |= notices(world, shown)
    rows["objection"] = world.do(
        shown,
        objection.object_to,
        world.clerk,
        of=rows["hanging"],
        name="刘二",
        text="标准太高。",
    )
    rows["opinion"] = world.do(
        shown, supervision.suggest, world.supervisor1, text="请补充预算。"
    )
    rows["document"] = world.do(
        shown, implementation.attach, world.clerk, name="合同", file=picture()
    )
    rows["waiting"] = world.draft()
    rows["desks"] = desks(world)
    rows["finding"] = findings.of_matter(rows["matters"]["explain"])[0].name
    scene.others = outsiders(world)
    browsers(scene)
    scene.at = {
        row: reverse(name, args=args) for row, (name, args) in addresses(scene).items()
    }
    return scene


# -- for the tests


@contextmanager
def kept_for_a_module(blocker: Any) -> Iterator[None]:
    """Rows that several tests read, and that are gone after the last of them."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def scene(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Scene]:
    try:
        with (
            override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")),
            kept_for_a_module(django_db_blocker),
        ):
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
    """Every row of every table of ours, as short as can be."""
    tables = [
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.app_label not in ("sessions", "axes", "contenttypes")
    ]
    each = " UNION ALL ".join(
        f"SELECT '{table}', count(*), coalesce(sum(hashtext(t::text)), 0)"
        f" FROM {table} t"  # noqa: S608
        for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(each)
        return sorted(cursor.fetchall())
