"""What was done, as it was recorded: rows that PostgreSQL refuses to change."""

from __future__ import annotations

import hmac
import json
from datetime import date, datetime
from functools import cached_property
from typing import Any, Protocol, Self

from django.db import models
from django.db.models import Func, Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from audit import clock
from audit.canonical import commitment
from audit.commitments import OF_ROWS
from audit.kinds import CLOCK_KINDS, KINDS, Kind


class Named(Protocol):
    """Anything that entries speak of, by its public id."""

    @property
    def subject(self) -> str: ...


class Erased:
    """What is left of a sealed value once its row was deleted: that there was one."""

    def __bool__(self) -> bool:
        return False

    def __str__(self) -> str:
        return str(_("（已删去）"))


ERASED = Erased()
LONGEST_BODY = 2**16 - 1  # bytes


class OctetLength(Func):
    """How many bytes a text or a row of bytes has."""

    function = "octet_length"
    output_field = models.IntegerField()


class EntryQuerySet(models.QuerySet["Entry"]):
    def of(self, *subjects: Named | str) -> Self:
        """What was recorded of these."""
        names = [s if isinstance(s, str) else s.subject for s in subjects]
        return self.filter(subject__in=names)

    def of_kind(self, *codes: str) -> Self:
        """Entries of these kinds; a kind that does not exist is an error."""
        return self.filter(kind__in=[KINDS[code].code for code in codes])

    def ready_to_open(self) -> Self:
        """With what opens the sealed facts, in one query for all.

        How rows stood is not for reading, and would be most of it.
        """
        read = Commitment.objects.exclude(path__in=OF_ROWS)
        return self.prefetch_related(models.Prefetch("commitments", read))


class Entry(models.Model):
    """One recorded act. Not a log line.

    The body is everything: it alone is hashed and published. Which of its facts are
    sealed, and under which type each is written, docs/decisions/0005 says.
    """

    body = models.TextField()
    txid = models.BigIntegerField(editable=False)

    # Read off the body by PostgreSQL, whatever is given (audit/sql/read_body.sql).
    uid = models.CharField(max_length=32, editable=False)
    kind = models.CharField(max_length=80, editable=False)
    village = models.CharField(max_length=40, editable=False)
    subject = models.CharField(max_length=60, editable=False)
    office = models.CharField(max_length=80, editable=False)
    stage = models.CharField(max_length=80, null=True, editable=False)  # noqa: DJ001
    from_stage = models.CharField(max_length=80, null=True, editable=False)  # noqa: DJ001
    held_on = models.DateField(null=True, editable=False)
    recorded_at = models.DateTimeField(editable=False)
    scenario = models.BooleanField(editable=False)
    leaf_hash = models.BinaryField(editable=False)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("办理记录")
        ordering = ("id",)
        indexes = (models.Index(fields=["subject", "id"], name="entries_of_a_subject"),)
        constraints = (
            models.UniqueConstraint(fields=["uid"], name="entry_uid_is_unique"),
            models.UniqueConstraint(
                fields=["kind", "subject"],
                condition=Q(kind__in=CLOCK_KINDS),
                name="the_clock_records_once",
            ),
            # Entries are handed out behind their length, which has two bytes.
            models.CheckConstraint(
                condition=LessThanOrEqual(OctetLength("body"), LONGEST_BODY),
                name="an_entry_is_short",
            ),
        )

    def __str__(self) -> str:
        return self.label

    @cached_property
    def content(self) -> dict[str, Any]:
        """The body, parsed."""
        parsed: dict[str, Any] = json.loads(self.body)
        return parsed

    @property
    def declared(self) -> Kind:
        return KINDS[self.content["kind"]]

    @property
    def facts(self) -> dict[str, Any]:
        """The facts as they stand in the body, sealed ones as their commitments."""
        return dict(self.content["facts"])

    @property
    def label(self) -> str:
        """What was done, said of the past; what was recorded later says so."""
        sentence = self.declared.sentence(self.content["facts"])
        held_on = self.content["held_on"]
        recorded_at = datetime.fromisoformat(self.content["recorded_at"])
        recorded_on = clock.local(recorded_at).date()
        if held_on is None or date.fromisoformat(held_on) >= recorded_on:
            return sentence
        late = _("%(sentence)s（%(year)s年%(month)s月%(day)s日补记）")
        return str(late) % {
            "sentence": sentence,
            "year": recorded_on.year,
            "month": recorded_on.month,
            "day": recorded_on.day,
        }

    @property
    def person(self) -> str | Erased | None:
        """Who acted; None where it was the clock."""
        opened = self._opened("/person", self.content["person"])
        return opened if opened is None or opened is ERASED else str(opened)

    def opened(self) -> dict[str, Any]:
        """The facts with what was sealed, for those who may see it; or ERASED."""
        return {
            name: self._opened(f"/facts/{name}", fact)
            for name, fact in self.content["facts"].items()
        }

    @cached_property
    def _commitments(self) -> dict[str, Commitment]:
        return {kept.path: kept for kept in self.commitments.all()}

    def _opened(self, path: str, fact: Any) -> Any:
        if not isinstance(fact, dict):
            return fact
        kept = self._commitments.get(path)
        return kept.opened() if kept and kept.opens(fact["sealed"]) else ERASED


class Commitment(models.Model):
    """What an entry keeps sealed. The only rows of the record that may be deleted."""

    # Deleting is the database's to refuse, in words of its own.
    entry = models.ForeignKey(
        Entry, models.DO_NOTHING, related_name="commitments", db_index=False
    )
    path = models.CharField(max_length=80)  # in the body, as a JSON Pointer (RFC 6901)
    salt = models.BinaryField()
    value = models.TextField()  # canonical JSON

    class Meta:
        verbose_name = verbose_name_plural = _("封存内容")
        constraints = (
            models.UniqueConstraint(
                fields=["entry", "path"], name="one_commitment_for_each_path"
            ),
        )

    def __str__(self) -> str:
        return self.path

    def opens(self, sealed: str) -> bool:
        """Whether this is what was sealed when the entry was written."""
        ours = commitment(bytes(self.salt), self.value.encode())
        return hmac.compare_digest(ours, sealed)

    def opened(self) -> Any:
        return json.loads(self.value)
