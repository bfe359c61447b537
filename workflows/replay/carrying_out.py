"""A matter from draft to archive but for its sittings, as a scenario tells it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from workflows import flows, permissions
from workflows.acts import OutOfTurn, decision, drafting, implementation, supervision
from workflows.models import Rectification

from . import deliberating, telling
from .scene import GROUP, Plain, Scene, does

if TYPE_CHECKING:
    from villages.models import User
    from workflows.models import Matter

    from .scenario import Act

CHECKING = ("secretary", "director")
# Who come to accept: the supervisors before others, the clerk last.
ACCEPTING = ("supervisor", "rep", "party", "recorder", "clerk")


def draft(scene: Scene, act: Act) -> None:
    if scene.number:
        raise OutOfTurn(scene.matter, "draft")
    content = scene.draft
    if content.chain == "group":
        content = replace(content, group_name=GROUP)
    village = scene.cast.village
    actor = scene.actor(act.given.get("by"), permissions.draft.roles)
    made = flows.draft(lambda: drafting.draft(village, content, actor=actor))
    scene.number = made.pk


def erratum(scene: Scene, act: Act) -> None:
    def do(matter: Matter, user: User) -> Any:
        checker = str(scene.second(CHECKING, str(user)))
        text = act.given["text"]
        return drafting.erratum(matter, actor=user, text=text, checked_by=checker)

    does(scene, act, permissions.erratum, do)


def approve(scene: Scene, act: Act) -> None:
    outcome, number = act.given["outcome"], act.given.get("number", "")
    does(
        scene,
        act,
        permissions.approve,
        lambda matter, user: supervision.approve(
            matter, actor=user, outcome=outcome, paper=number
        ),
    )


def accept(scene: Scene, act: Act) -> None:
    """So many people accept the works; what needs no acceptance is done."""
    who = act.given.get("by", 3)
    given = {"by": who} if isinstance(who, str) else {}
    if not scene.matter.kind.works:
        does(
            scene,
            replace(act, given=given),
            permissions.done,
            lambda matter, user: implementation.done(matter, actor=user),
            "done",
        )
        return
    names = accepting(scene, 3 if isinstance(who, str) else who)
    note = act.given.get("text", "")
    does(
        scene,
        replace(act, given=given),
        permissions.accept,
        lambda matter, user: implementation.accept(
            matter, actor=user, people=names, note=note
        ),
    )


def accepting(scene: Scene, who: int | list[str]) -> list[str]:
    """The names of those who accept: all the supervisors, then other villagers."""
    if isinstance(who, list):
        return who
    users, people = scene.cast.users, scene.cast.people
    held = sorted(users, key=lambda account: not account.startswith("supervisor"))
    fit = [a for a in held if a.rstrip("0123456789") in ACCEPTING]
    carrying_out = {str(users["director"]), str(users["deputy_director"])}
    names = [*(str(users[a]) for a in fit), *(str(one) for one in people.values())]
    return [n for n in dict.fromkeys(names) if n not in carrying_out][:who]


def order(scene: Scene, act: Act) -> None:
    basis = act.given.get("basis", Rectification.Basis.DECISION)
    does(
        scene,
        act,
        permissions.order,
        lambda matter, user: supervision.order(
            matter,
            actor=user,
            text=act.given["text"],
            due_on=act.given["due"],
            basis=basis,
        ),
    )


def check(scene: Scene, act: Act) -> None:
    """Who ordered the correction looks at it."""
    running = scene.matter.rectifications.exclude(state="closed").first()
    by = {"by": running.ordered_by_role} if running else {}
    does(
        scene,
        replace(act, given={**by, **act.given}),
        permissions.examine,
        lambda matter, user: supervision.examine(
            matter, actor=user, outcome=act.given["outcome"]
        ),
        "examine",
    )


def attach(scene: Scene, act: Act) -> None:
    """A paper of the catalogue, by code or name, or another; known by its hash."""
    named = act.given["document"]
    asked = scene.matter.kind.documents
    known = next((d for d in asked if named in (d.code, d.label)), None)
    does(
        scene,
        act,
        permissions.attach,
        lambda matter, user: implementation.attach(
            matter,
            actor=user,
            name=known.label if known else named,
            code=known.code if known else "",
            hash=hashlib.sha256(named.encode()).hexdigest(),
        ),
    )


PLAIN: dict[str, Plain] = {
    "initiate": Plain(permissions.initiate, decision.initiate),
    "amend": Plain(permissions.amend, drafting.amend, ("text", "source")),
    "revise": Plain(permissions.revise, drafting.revise, ("text",)),
    "withdraw": Plain(permissions.withdraw, drafting.withdraw, ("text",)),
    "advise": Plain(permissions.advise, supervision.advise, ("text",)),
    "suggest": Plain(permissions.suggest, supervision.suggest, ("text",)),
    "comply": Plain(permissions.comply, supervision.comply, ("text",)),
    "begin": Plain(permissions.begin, implementation.begin),
    "archive": Plain(permissions.archive, implementation.archive),
}
VERBS: dict[str, Callable[[Scene, Act], None]] = {
    **PLAIN,
    "draft": draft,
    "erratum": erratum,
    "approve": approve,
    "publish": telling.publish,
    "disclose": telling.disclose,
    "post": telling.post,
    "repair": telling.repair,
    "take_down": telling.take_down,
    "audit_notice": telling.audit_notice,
    "object": telling.lodge,
    "answer": telling.answer,
    "report": telling.report,
    "accept": accept,
    "order": order,
    "check": check,
    "attach": attach,
    "record_paper": deliberating.record_paper,
    "recount": deliberating.recount,
    "void": deliberating.void,
    "clock": lambda scene, act: None,
}
