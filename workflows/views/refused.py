"""The pages that say no: who may, whose turn it is, what could not be understood."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from audit.models import Entry
from villages.models import Office, Village
from workflows import acts, flows
from workflows.bodies import BODIES
from workflows.models import Ballot, Sitting
from workflows.presenting import frame, matter_url, next_step, sitting_url, who
from workflows.rulebook import law_says
from workflows.stage import DECIDED, Stage
from workflows.templatetags.stages import zh_date, zh_time

if TYPE_CHECKING:
    from audit.models import Named
    from workflows.models import Matter, Resolution

# What an entry of the act is called, where it moves no stage.
IN_PLACE = {
    "convene": ("sitting.convened",),
    "record_paper": ("sitting.recorded",),
    "serve": ("sitting.served",),
    "close": ("sitting.closed",),
    "recount": ("matter.recounted",),
    "open_ballot": ("ballot.opened",),
    "close_ballot": ("ballot.closed",),
    "count": ("ballot.counted",),
    "witness": ("ballot.witnessed",),
    "arrive": ("sitting.arrived",),
    "attend": ("sitting.attended", "sitting.recorded"),
    "lapse": ("sitting.lapsed",),
    "attach_pages": ("sitting.attached",),
    "void": ("matter.voided", "ballot.voided"),
    "post": ("notice.posted",),
    "audit_notice": ("notice.audited",),
    "answer": ("objection.answered",),
    "reply": ("opinion.answered",),
    "comply": ("matter.complied",),
}


def forbidden(request: HttpRequest, refused: acts.Forbidden) -> HttpResponse:
    """Who may, and who holds that office in the village of the address."""
    labels = [str(Office.Role(role).label) for role in refused.roles]
    sentence = refused.why or _ask(request, refused.roles)
    context = {"roles": "、".join(labels), "exception": sentence, **_frame(request)}
    return render(request, "403.html", context, status=403)


def _ask(request: HttpRequest, roles: tuple[str, ...]) -> str:
    held = Office.objects.current().filter(village__slug=_slug(request), role__in=roles)
    names = dict.fromkeys(str(o.holder) for o in held.select_related("holder"))
    if not names:
        return ""
    return _("请%(names)s办理；本人不在的，由支部书记指定临时经办人。") % {
        "names": "、".join(names)
    }


def _frame(request: HttpRequest) -> dict[str, Any]:
    """The frame of the village the address names, as far as the reader is of it."""
    mine = Village.objects.for_user(request.user).filter(slug=_slug(request))
    return frame(request.user, mine.first())


def _slug(request: HttpRequest) -> str | None:
    """The village of the address, or of the sitting it names."""
    named = request.resolver_match.kwargs if request.resolver_match else {}
    if "slug" in named or "uid" not in named:
        return named.get("slug")
    sittings = Sitting.objects.filter(uid=named["uid"])
    return sittings.values_list("village__slug", flat=True).first()


def conflict(
    request: HttpRequest, refused: acts.OutOfTurn, about: Named | None = None
) -> HttpResponse:
    """It was done already, by whom and when; or its turn has not come."""
    matter, about = refused.matter, about or refused.about
    context = {"refusal": _refusal(refused, about), **_frame(request)}
    if isinstance(about, Ballot | Sitting):
        of = about.sitting if isinstance(about, Ballot) else about
        context["back_url"] = sitting_url(of)
    elif matter is not None:
        context["back_url"] = matter_url(matter)
    return render(request, "409.html", context, status=409)


def _refusal(refused: acts.OutOfTurn, about: Named | None) -> dict[str, str] | None:
    done = isinstance(refused, acts.AlreadyDone) or _was_last(refused)
    if done and not refused.why:
        return _already_done(refused, about)
    if refused.why or refused.matter is None:
        return {"title": _("现在不能办"), "sentence": refused.why}
    return out_of_turn(refused.matter, refused.verb)


def _was_last(refused: acts.OutOfTurn) -> bool:
    """Whether the matter's last move was this very act."""
    if refused.matter is None:
        return False
    moved = Entry.objects.of(refused.matter).exclude(stage=None).last()
    return moved is not None and moved.kind in flows.PAST.get(refused.verb, ())


def _already_done(
    refused: acts.OutOfTurn, about: Named | None
) -> dict[str, str] | None:
    kinds = (*flows.PAST.get(refused.verb, ()), *IN_PLACE.get(refused.verb, ()))
    subjects = [s for s in (about, refused.matter) if s is not None]
    entries = Entry.objects.of(*subjects).filter(kind__in=kinds)
    last = entries.ready_to_open().last()
    if last is None:
        return None
    return {
        "title": _("已经办过"),
        "sentence": _("这一步 %(when)s 已由%(who)s办好，没有重复记录。")
        % {"when": zh_time(last.recorded_at), "who": who(last)},
        "todo": _("看办理记录。"),
    }


def out_of_turn(matter: Matter, verb: str) -> dict[str, str]:
    """At which stage the matter is, and what has to come first."""
    if matter.stage == Stage.REJECTED:
        return _ended(matter)
    if verb == "adopt" and Stage.REVIEWED in _ahead(matter):
        return _past_the_party(matter)
    if verb == "withdraw" and matter.stage in DECIDED and matter.resolution:
        return _decided(matter.resolution)
    if matter.stage in (Stage.ARCHIVED, Stage.WITHDRAWN):
        return {
            "title": _("本事项已经终止"),
            "sentence": _("本事项%(stage)s，不再修改。")
            % {"stage": matter.stage_label},
        }
    step = next_step(matter)
    return {
        "title": _("还没到这一步"),
        "sentence": _("本事项现在是“%(stage)s”，下一步应当是%(next)s。")
        % {"stage": matter.stage_label, "next": step},
        "because": _("按%(chain)s的顺序") % {"chain": matter.chain.title},
        "todo": _("先办%(next)s。") % {"next": step},
    }


def _ahead(matter: Matter) -> tuple[str, ...]:
    """The stages of its own chain that the matter has still to reach."""
    stages = matter.chain.stages
    known = matter.stage in stages
    return stages[stages.index(matter.stage) + 1 :] if known else ()


def _past_the_party(matter: Matter) -> dict[str, str]:
    """What would be put to the people has not been before the party."""
    body = BODIES[matter.deciding_body].short
    return {
        "title": _("应先经党组织研究讨论"),
        "sentence": _(
            "提交%(body)s前，应当先经村党组织研究讨论，还没有这次会议的记录。"
        )
        % {"body": body},
        "because": matter.rules_on().because("party.first"),
        "todo": _("先召集党员大会；已经开过的，请“会后录入”。"),
    }


def _decided(resolution: Resolution) -> dict[str, str]:
    """What a meeting has resolved is carried out, and not taken back."""
    sitting = resolution.ballot.sitting
    return {
        "title": _("决议后不能撤回"),
        "sentence": _("%(body)s已于%(date)s决议，村民委员会应当执行。")
        % {"body": sitting.words.short, "date": zh_date(sitting.held_on)},
        "because": law_says(sitting.rules, "execute"),
        "todo": _("需要改变的，提请原会议或村民会议变更。"),
    }


def _ended(matter: Matter) -> dict[str, str]:
    body = BODIES.get(matter.rejected_by)
    return {
        "title": _("本事项已经终止"),
        "sentence": _("%(body)s于%(date)s未通过本事项，不能再就原方案表决。")
        % {
            "body": body.short if body else _("会议"),
            "date": zh_date(matter.stage_since),
        },
        "todo": _("修改后作为新事项提出；村民或代表联名提议的，用“法定提议”。"),
    }


def not_allowed(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponse:
    """An address asked in a way it does not answer to."""
    response = _plain(
        request,
        405,
        _("这一页不能这样打开"),
        _("请返回待办，从按钮进入。"),
    )
    response["Allow"] = ", ".join(allowed)
    return response


def not_understood(request: HttpRequest, exception: Any = None) -> HttpResponse:
    """What was sent is no form, or is too much for one."""
    return _plain(
        request,
        400,
        _("没有收到填写的内容"),
        _("内容太多、文件太大或者没有传完，没有写入。请返回上一页，改小后再按一次。"),
    )


def _plain(
    request: HttpRequest, status: int, title: str, sentence: str
) -> HttpResponse:
    context = {"title": title, "sentence": sentence}
    return render(request, "workflows/not_understood.html", context, status=status)
