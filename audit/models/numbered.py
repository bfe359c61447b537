"""The numbered part of the record: leaves, tiles, signed heads and who saw them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.lookups import LessThanOrEqual
from django.utils.translation import gettext_lazy as _

from audit.note import Head, Note, read_head

from .entry import Entry, OctetLength


class Unsequenced(models.Model):
    """An entry that has no number yet; the row goes when it gets one.

    A trigger puts it here when the entry is written: who looks for entries without a
    number need not look through all that have one.
    """

    entry = models.OneToOneField(
        Entry,
        models.DO_NOTHING,
        primary_key=True,
        related_name="+",
        db_constraint=False,
    )

    class Meta:
        verbose_name = verbose_name_plural = _("待编号")

    def __str__(self) -> str:
        return str(self.pk)


class Leaf(models.Model):
    """The number of an entry in the log, and its hash in the tree."""

    index = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField(Entry, models.DO_NOTHING, related_name="leaf")
    hash = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("编号")
        ordering = ("index",)
        constraints = (
            models.CheckConstraint(
                condition=Q(index__gte=0), name="numbers_begin_at_nought"
            ),
        )

    def __str__(self) -> str:
        return str(self.index)


class Tile(models.Model):
    """Up to 256 hashes of the tree side by side; it only ever gets wider.

    A narrower tile that was published before is its beginning.
    """

    level = models.PositiveSmallIntegerField()
    number = models.BigIntegerField()
    hashes = models.BinaryField()

    class Meta:
        verbose_name = verbose_name_plural = _("散列块")
        constraints = (
            models.UniqueConstraint(
                fields=["level", "number"], name="one_tile_at_each_place"
            ),
            models.CheckConstraint(
                condition=LessThanOrEqual(OctetLength("hashes"), 256 * 32),
                name="a_tile_is_256_hashes_wide",
            ),
        )

    def __str__(self) -> str:
        return f"{self.level}/{self.number}"


class Checkpoint(models.Model):
    """A signed, published head of the record. Not a backup."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.TextField()  # as it was signed by the log, and is published
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("存证")
        ordering = ("size",)

    def __str__(self) -> str:
        return str(self.size)

    @property
    def head(self) -> Head:
        """What was signed: the name of the log, how many entries, the root."""
        return read_head(Note.parse(self.note).text)


class Witness(models.Model):
    """Somebody whose key says of a checkpoint: I have seen this one."""

    key = models.CharField(_("公钥"), max_length=200, unique=True)  # a C2SP vkey
    name = models.CharField(_("见证人"), max_length=100)
    since = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("见证人")

    def __str__(self) -> str:
        return self.name


class Cosignature(models.Model):
    """A witness's signature under a checkpoint."""

    checkpoint = models.ForeignKey(
        Checkpoint, models.DO_NOTHING, related_name="cosignatures"
    )
    witness = models.ForeignKey(Witness, models.DO_NOTHING, related_name="cosignatures")
    line = models.TextField()  # as it stands under the note
    signed_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("见证签名")
        constraints = (
            models.UniqueConstraint(
                fields=["checkpoint", "witness"],
                name="one_cosignature_of_each_witness",
            ),
        )

    def __str__(self) -> str:
        return self.line


class Verification(models.Model):
    """What the whole record was found to be when it was last recomputed."""

    ran_at = models.DateTimeField()
    size = models.BigIntegerField()
    root = models.BinaryField()
    ok = models.BooleanField()
    discrepancies = models.BigIntegerField()

    class Meta:
        verbose_name = verbose_name_plural = _("核对结果")
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.ran_at:%Y-%m-%d} {self.ok}"
