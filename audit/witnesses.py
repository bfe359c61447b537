"""Who witnesses the log, and what they signed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from django.db import transaction

from . import clock
from .models import Checkpoint, Cosignature, Witness
from .note import COSIGNATURE, BadNote, Note, Signature, Verifier, read_head

LEEWAY = timedelta(minutes=10)  # by which a witness's clock may be ahead of ours


class NotTaken(ValueError):
    """Why a key or a signature was not taken; the code says which it is."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def register(name: str, vkey: str) -> Witness:
    """From now on, what this key signs is taken."""
    try:
        key = Verifier.parse(vkey)
    except BadNote:
        raise NotTaken("no_key") from None
    if key.kind != COSIGNATURE:
        raise NotTaken("not_of_a_witness")
    if any(Verifier.parse(each.key).name == key.name for each in Witness.objects.all()):
        raise NotTaken("known")
    return Witness.objects.create(key=str(key), name=name, since=clock.now())


@transaction.atomic
def take(note: Note) -> list[Cosignature]:
    """The cosignatures under a checkpoint that are new here; raises NotTaken."""
    checkpoint = _our(note)
    taken, known = [], False
    for witness in Witness.objects.order_by("pk"):
        at = _signed_at(note, Verifier.parse(witness.key))
        if at is None:
            continue
        known = True
        made, new = Cosignature.objects.get_or_create(
            checkpoint=checkpoint,
            witness=witness,
            defaults={"line": _line(note, witness), "signed_at": at},
        )
        taken += [made] if new else []
    if not known:
        raise NotTaken("no_known_witness")
    if not taken:
        raise NotTaken("had_it")
    return taken


def _our(note: Note) -> Checkpoint:
    """The checkpoint that was published with these very words."""
    try:
        head = read_head(note.text)
    except BadNote:
        raise NotTaken("no_checkpoint") from None
    ours = Checkpoint.objects.filter(size=head.size).first()
    if ours is None or Note.parse(ours.note).text != note.text:
        raise NotTaken("not_ours")
    return ours


def _signed_at(note: Note, key: Verifier) -> datetime | None:
    """When this witness signed it; None where it did not."""
    try:
        second = note.signed_by(key)
        at = None if second is None else datetime.fromtimestamp(second, UTC)
    except BadNote:
        raise NotTaken("wrong_signature") from None
    except (OverflowError, OSError, ValueError):
        raise NotTaken("wrong_time") from None
    if at is not None and at > clock.now() + LEEWAY:
        raise NotTaken("wrong_time")
    return at


def _line(note: Note, witness: Witness) -> str:
    return _of(note, Verifier.parse(witness.key)).line


def _of(note: Note, key: Verifier) -> Signature:
    return next(s for s in note.signatures if (s.name, s.id) == (key.name, key.id))


def with_cosignatures(checkpoint: Checkpoint) -> str:
    """The checkpoint with all that was signed under it."""
    lines = checkpoint.cosignatures.order_by("pk").values_list("line", flat=True)
    return checkpoint.note + "".join(lines)


def latest() -> list[Cosignature]:
    """The newest signature of each witness, the newest first."""
    rows = Cosignature.objects.order_by("witness", "-checkpoint").distinct("witness")
    found = rows.select_related("witness")
    return sorted(found, key=lambda row: row.checkpoint_id, reverse=True)
