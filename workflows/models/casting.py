"""Votes cast by those in the room: who voted here, what was chosen there."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from villages.models import RosterEntry

from .ballot import Ballot


class Choice(models.TextChoices):
    FOR = "for", _("赞成")
    AGAINST = "against", _("反对")
    ABSTAIN = "abstain", _("弃权")


class Participation(models.Model):
    """That somebody has voted; in a named ballot also how. Not a secret vote.

    It knows no time and no order: both would say who cast which of the secret votes.
    """

    pk = models.CompositePrimaryKey("ballot_id", "entry_id")
    ballot = models.ForeignKey(
        Ballot, models.PROTECT, db_index=False, related_name="participations"
    )
    entry = models.ForeignKey(
        RosterEntry, models.PROTECT, db_index=False, related_name="+"
    )
    choice = models.CharField(
        _("选择"), max_length=7, choices=Choice, blank=True, default=""
    )

    class Meta:
        verbose_name = verbose_name_plural = _("参加表决")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(choice__in=("", *Choice.values)),
                name="a_named_vote_is_a_choice",
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class SecretVote(models.Model):
    """One vote of a secret ballot, under a random key. Not anybody's."""

    token = models.UUIDField(primary_key=True, editable=False)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="secret_votes")
    choice = models.CharField(_("选择"), max_length=7, choices=Choice)

    class Meta:
        verbose_name = verbose_name_plural = _("无记名票")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(choice__in=Choice.values),
                name="a_secret_vote_is_a_choice",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_choice_display())


class Receipt(models.Model):
    """What a voter keeps: that a vote was counted. Not for whom, nor by whom."""

    code = models.CharField(_("回执号"), max_length=10, primary_key=True)
    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="receipts")

    class Meta:
        verbose_name = verbose_name_plural = _("表决回执")

    def __str__(self) -> str:
        return self.code


class Recusal(models.Model):
    """Who does not vote on one question, and why. Not a member less."""

    ballot = models.ForeignKey(Ballot, models.PROTECT, related_name="recusals")
    entry = models.ForeignKey(RosterEntry, models.PROTECT, related_name="+")
    reason = models.CharField(_("回避的原因"), max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = _("回避")
        constraints = (
            models.UniqueConstraint(
                fields=["ballot", "entry"], name="one_recusal_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"


class Slip(models.Model):
    """A printed code with which one person votes once. Not a vote.

    Only a keyed hash of the code is kept. Printed again, it bears another code, and the
    former is void; used up is who has voted.
    """

    ballot = models.ForeignKey(Ballot, models.CASCADE, related_name="slips")
    entry = models.ForeignKey(RosterEntry, models.CASCADE, related_name="+")
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = verbose_name_plural = _("表决条")
        constraints = (
            models.UniqueConstraint(
                fields=["ballot", "entry"], name="one_slip_per_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.entry}"
