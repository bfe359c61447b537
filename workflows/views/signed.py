"""Pages signed by hand: handed in, shown, and given back as they came."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from workflows import acts
from workflows.acts import attaching
from workflows.forms.signed import AttachPages
from workflows.models import SignedPage, Sitting
from workflows.pictures import taken_at
from workflows.presenting import Reader, sitting_url
from workflows.uploads import sha256_of

from .desk import context_of, kept
from .doors import Visit, ask_or_perform, door, file_or_404, is_stored, sitting_or_404


@dataclass(frozen=True)
class Shown:
    """One page in the list: what it is, where it is read, where it lies as it came."""

    page: SignedPage
    url: str
    original_url: str
    taken: str


def shown(found: Sitting, reader: Reader) -> dict[str, Any]:
    """What the desk says of signed pages, for officers."""
    if not reader.officer:
        return {}
    open_for_it = reader.keeps(found) and found.state != Sitting.State.CONVENED
    return {
        "pages": [_shown(page) for page in found.pages.all()],
        "attach_url": _url(found, "attach_pages") if open_for_it else "",
    }


def _shown(page: SignedPage) -> Shown:
    original = _url(page.sitting, "signed_file", page.number)
    read = _url(page.sitting, "signed_page", page.number) if page.reading else original
    return Shown(page, read, original, taken_at(page.exif))


def _url(found: Sitting, name: str, *more: Any) -> str:
    return reverse(f"workflows:{name}", args=[found.uid, *more])


@door("GET", "POST")
def attach_pages(request: Visit, uid: str) -> HttpResponse:
    """Photographs or scans of what was signed."""
    found = kept(request, uid, "attach_pages")
    attaching.can_attach_pages(found)

    def done(pages: list[SignedPage]) -> HttpResponse:
        messages.success(request, _("已上传 %(n)s 页") % {"n": len(pages)})
        return redirect(f"{sitting_url(found)}#pages")

    return ask_or_perform(
        request,
        AttachPages,
        lambda form: attaching.attach_pages(
            found, actor=request.user, **form.cleaned_data
        ),
        done=done,
        template="workflows/sittings/pages.html",
        context=context_of(request, found),
        about=found,
    )


def _page_or_404(request: Visit, uid: str, number: int) -> SignedPage:
    """A page that is there, for officers."""
    found = sitting_or_404(request.user, uid)
    if not Reader.of(request.user, found.village).officer:
        raise acts.Forbidden("signed_page")
    page: SignedPage = get_object_or_404(found.pages, number=number)
    return page


@door("GET")
def signed_page(request: Visit, uid: str, number: int) -> FileResponse:
    """The copy for the screen; of a PDF there is none."""
    return file_or_404(_page_or_404(request, uid, number).reading)


@door("GET")
def signed_file(request: Visit, uid: str, number: int) -> FileResponse:
    """The file as it was handed in; one that was exchanged since is not given out."""
    page = _page_or_404(request, uid, number)
    if is_stored(page.file) and _hash_now(page) != page.hash:
        why = _("这个文件和上传时的不一样，已经换过或者损坏，请报告县里的管理员。")
        raise acts.OutOfTurn(None, "signed_page", why, about=page.sitting)
    return file_or_404(page.file)


def _hash_now(page: SignedPage) -> str:
    with page.file.storage.open(str(page.file.name)) as file:
        return sha256_of(file)
