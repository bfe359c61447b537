"""The doors of the procedure: who comes in, and what is said where the answer is no.

Every page of the procedure is a function behind a door:

    @door("GET", "POST")
    def act(request, slug, number, verb): ...

The door lets in the methods it names and people who have signed in (others are sent
to sign in), refuses what is no form, and turns what acts raise into pages:

    Forbidden             403   who may, and who holds that office here
    OutOfTurn             409   at which stage the matter is, and what comes next
    AlreadyDone           409   who did it, and when

A stranger is told nothing: `matter_or_404`, `sitting_or_404`, `notice_or_404` and
`village_or_404` look only where the reader holds an office. `stand_before` asks of a
page that is only opened what the act would ask when it is performed. `ask_or_perform`
is a page with a form: opened, it asks; sent, it performs, or shows the page again with
what is wrong: 400 for the form, 422 for rules. `perform_or_show` is the second half of
it. `file_or_404` answers with a file that was handed in, `kept_by_nobody` with a page
that shows what belongs to one person alone.
`frame` is what base.html wants to know of reader and village. Behind a door a request
is a `Visit`: its user is somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control

from villages.models import Village
from workflows import acts
from workflows.models import Matter, Notice, Sitting
from workflows.presenting import frame as frame  # noqa: PLC0414 (part of the doors)
from workflows.views.refused import conflict, forbidden, not_allowed, not_understood

if TYPE_CHECKING:
    from django.forms import Form

    from audit.models import Named
    from villages.models import User
    from villages.offices import Acting

    class Visit(HttpRequest):
        """A request behind the door: somebody has signed in."""

        user: User

else:
    Visit = HttpRequest

T = TypeVar("T")
F = TypeVar("F", bound="Form")
View = Callable[..., HttpResponseBase]
FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def door(*methods: str, anybody: bool = False) -> Callable[[View], View]:
    """A page for people who have signed in, by these methods (GET where none).

    `anybody`: also for those who have not, with a paper in their hand.
    """
    allowed = methods or ("GET",)

    def decorate(view: View) -> View:
        @wraps(view)
        def inside(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if anybody or request.user.is_authenticated:
                response = _answer(request, allowed, view, *args, **kwargs)
            else:
                response = _sign_in(request, allowed)
            patch_cache_control(response, private=True, max_age=0)
            return response

        return inside

    return decorate


def _answer(
    request: HttpRequest,
    allowed: tuple[str, ...],
    view: View,
    *args: Any,
    **kwargs: Any,
) -> HttpResponseBase:
    method = _method(request)
    if method not in allowed:
        return not_allowed(request, allowed)
    if method == "POST" and request.content_type not in FORMS:
        return not_understood(request)
    try:
        return view(request, *args, **kwargs)
    except acts.OutOfTurn as refused:
        return conflict(request, refused)
    except acts.Forbidden as refused:
        return forbidden(request, refused)


def _sign_in(request: HttpRequest, allowed: tuple[str, ...]) -> HttpResponseBase:
    if _method(request) not in allowed:
        return not_allowed(request, allowed)
    return redirect_to_login(request.get_full_path())


def _method(request: HttpRequest) -> str:
    return "GET" if request.method == "HEAD" else str(request.method)


def village_or_404(user: Any, slug: str) -> Village:
    """A village the reader holds an office in or above."""
    mine = Village.objects.for_user(user).select_related("division__parent")
    return get_object_or_404(mine, slug=slug)


def matter_or_404(user: Any, slug: str, number: int) -> Matter:
    """A matter of such a village."""
    mine = Matter.objects.for_user(user).select_related("village__division__parent")
    return get_object_or_404(mine, village__slug=slug, number=number)


def sitting_or_404(user: Any, uid: str) -> Sitting:
    """A sitting of such a village."""
    mine = Sitting.objects.for_user(user).select_related(
        "village__division__parent", "roster", "operator"
    )
    return get_object_or_404(mine, uid=uid)


def notice_or_404(matter: Matter, uid: str) -> Notice:
    """A notice of the matter, with its matter."""
    notice = get_object_or_404(
        matter.notices.prefetch_related("postings", "audits"), uid=uid
    )
    notice.matter, notice.village = matter, matter.village
    return notice


def kept_by_nobody(page: HttpResponse) -> HttpResponse:
    """No browser keeps it, and going back does not show it again."""
    patch_cache_control(page, no_store=True)
    return page


def is_stored(file: Any) -> bool:
    """Whether there is a file, and its bytes are still in their place."""
    return bool(file) and bool(file.storage.exists(str(file.name)))


def file_or_404(file: Any) -> FileResponse:
    """The file as it was stored; what we take is never run by a browser."""
    if not is_stored(file):
        raise Http404
    return FileResponse(file.storage.open(str(file.name)))


def stand_before(matter: Matter, verb: str, user: Any) -> Acting:
    """In which office the reader would act; raises OutOfTurn, then Forbidden."""
    edge = matter.edge(verb)
    if edge is None:
        raise acts.OutOfTurn(matter, verb)
    return acts.permit(edge.permission, matter, user, verb)


def ask_or_perform(  # noqa: PLR0913
    request: HttpRequest,
    form: Callable[..., F],
    act: Callable[[F], T],
    *,
    done: Callable[[T], HttpResponse],
    template: str,
    context: Mapping[str, Any],
    about: Named | None = None,
) -> HttpResponse:
    """The page with its form; by POST what it asks for.

    `form` makes the form, of nothing or of what was sent; `act` gets it filled in.
    """
    if request.method != "POST":
        return render(request, template, {**context, "form": form()})
    filled = form(request.POST, request.FILES)
    return perform_or_show(
        request,
        filled,
        lambda: act(filled),
        done=done,
        template=template,
        context=context,
        about=about,
    )


def perform_or_show(  # noqa: PLR0913
    request: HttpRequest,
    form: Form,
    call: Callable[[], T],
    *,
    done: Callable[[T], HttpResponse],
    template: str,
    context: Mapping[str, Any],
    about: Named | None = None,
) -> HttpResponse:
    """Perform what was asked for; or the page again, and nothing has changed.

    `call` reads `form.cleaned_data`; `done` answers with its result. The page gets
    `form` with its errors, or `refusals`. `about` is what the entry of the act speaks
    of, where it is not the matter: it says who was quicker.
    """
    refusals: list[Any] = []
    status = 400
    if form.is_valid():
        try:
            return done(call())
        except acts.BadInput as wrong:
            form.add_error(
                wrong.field if wrong.field in form.fields else None, str(wrong)
            )
        except acts.Refused as refused:
            refusals, status = refused.unmet, 422
        except acts.OutOfTurn as refused:
            return conflict(request, refused, about)
    return render(
        request,
        template,
        {**context, "form": form, "refusals": refusals},
        status=status,
    )
