"""What was signed by hand comes back into the record."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from audit import clock
from audit.log import record
from workflows import permissions
from workflows.models import SignedPage, Sitting

from . import AlreadyDone, BadInput, OutOfTurn, permit

if TYPE_CHECKING:
    from villages.models import User
    from workflows.pictures import Page

# Of one sitting: a matter's dossier holds those of several, and audit.packed opens none
# of more than 512 MB.
MOST_PAGES = 60
MOST_BYTES = 100 * 1024 * 1024


@transaction.atomic
def attach_pages(
    sitting: Sitting, sort: str, pages: Sequence[Page], *, actor: User
) -> list[SignedPage]:
    """Pages signed by hand were photographed or scanned, and are kept as they are."""
    sitting = Sitting.objects.locked(sitting.pk)
    by = permit(permissions.sitting_of(sitting.body), sitting, actor, "attach_pages")
    can_attach_pages(sitting)
    first = _new_to(sitting, pages)
    kept = [
        SignedPage.objects.create(
            sitting=sitting,
            number=number,
            sort=sort,
            file=page.file,
            hash=page.hash,
            size=page.file.size,
            reading=page.reading or "",
            exif=page.exif,
            attached_by=actor,
            attached_at=clock.now(),
        )
        for number, page in enumerate(pages, first)
    ]
    record(
        "sitting.attached",
        sitting,
        by,
        wrote=kept,
        held_on=sitting.held_on,
        sort=sort,
        first=first,
        pages=len(kept),
        hashes=[page.hash for page in kept],
    )
    return kept


def can_attach_pages(sitting: Sitting) -> None:
    """Whether people can have signed anything; raises OutOfTurn."""
    if sitting.state == Sitting.State.CONVENED:
        why = _("会还没有开，没有签过字的纸。开会以后再上传。")
        raise OutOfTurn(None, "attach_pages", why, about=sitting)


def _new_to(sitting: Sitting, pages: Sequence[Page]) -> int:
    """The number of the first of them; raises where one is there already."""
    known = dict(sitting.pages.values_list("hash", "number"))
    hashes = [page.hash for page in pages]
    if hashes and known.keys() >= set(hashes):
        raise AlreadyDone(None, "attach_pages", about=sitting)
    for place, found in enumerate(hashes, 1):
        if found in known:
            facts = {"place": place, "n": known[found]}
            words = _("第 %(place)s 个文件已经传过，是第 %(n)s 页。请去掉它再传。")
            raise BadInput(words % facts, "pages")
        if found in hashes[: place - 1]:
            words = _("第 %(place)s 个文件选了两次。请去掉一个再传。")
            raise BadInput(words % {"place": place}, "pages")
    if not hashes:
        raise BadInput(_("请选择照片或 PDF。"), "pages")
    _not_too_much(sitting, pages)
    return max(known.values(), default=0) + 1


def _not_too_much(sitting: Sitting, pages: Sequence[Page]) -> None:
    """Raises BadInput where more came than a dossier can hold."""
    sizes = list(sitting.pages.values_list("size", flat=True))
    if len(sizes) + len(pages) > MOST_PAGES:
        facts = {"most": MOST_PAGES, "n": len(sizes)}
        words = _("一次会议最多传 %(most)s 页，已经有 %(n)s 页。请把几页合成一个 PDF。")
        raise BadInput(words % facts, "pages")
    if sum(sizes) + sum(page.file.size for page in pages) > MOST_BYTES:
        facts = {"most": MOST_BYTES >> 20, "n": sum(sizes) >> 20}
        words = _(
            "一次会议的原件合起来最多 %(most)s MB，已经有 %(n)s MB。"
            "照片请在手机里选“原图以外”。"
        )
        raise BadInput(words % facts, "pages")
