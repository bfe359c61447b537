"""The matter and its transitions: the whole procedure on one screen."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField

from villages.models import User, Village
from workflows import permissions
from workflows.rules.readiness import accepted_by_supervisors
from workflows.rules.scope import withdraw_in_time
from workflows.rules.text import text_unchanged
from workflows.stage import BEFORE_DECISION, DECIDED, Stage

from .conditions import COUNTED, READY, SHOWN
from .edges import Returns, edge
from .in_place import ActsInPlace
from .recorded import Recorded
from .standing import Standing

S = Stage
AGREED = (S.PROPOSED, S.REVIEWED, S.ADOPTED)
AFTER_ANNOUNCED = (S.ANNOUNCED, S.UNDERWAY, S.COMPLETED, S.REPORTED)


class MatterQuerySet(models.QuerySet["Matter"]):
    def locked(self, matter: Matter) -> Matter:
        """The matter as it is now, held until the transaction ends.

        Its village is the one the caller knows, which no act on a matter changes.
        """
        locked = self.select_for_update().get(pk=matter.pk)
        locked.village = matter.village
        matter.held = locked
        return locked

    def for_user(self, user: User) -> Self:
        """The matters of the villages in which the user holds an office."""
        return self.filter(village__in=Village.objects.for_user(user))


class Matter(ActsInPlace, Standing, Recorded):  # type: ignore[django-manager-missing]
    """The thing to be decided; carries the stage. Not a document, not a task."""

    village = models.ForeignKey(Village, models.PROTECT, related_name="matters")
    number = models.PositiveIntegerField(_("编号"))
    type = models.CharField(_("类别"), max_length=8)
    chain_name = models.CharField(_("程序"), max_length=30)
    title = models.CharField(_("事项名称"), max_length=100)
    amount = models.DecimalField(
        _("涉及金额（元）"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    guarantee = models.BooleanField(_("由村民委员会提供担保"), default=False)
    for_collective = models.BooleanField(_("代行集体经济组织职能"), default=False)
    origin_by = models.CharField(_("动议主体"), max_length=20, blank=True)
    origin_count = models.PositiveIntegerField(_("联名人数"), null=True, blank=True)
    group_name = models.CharField(_("村民小组"), max_length=30, blank=True)
    monitors = models.PositiveSmallIntegerField(_("专职监督的村民代表"), default=0)
    follows = models.ForeignKey("self", models.PROTECT, null=True, blank=True)
    text_version = models.PositiveSmallIntegerField(default=1)
    stage = FSMField(
        _("阶段"), choices=Stage.choices, default=Stage.DRAFTED, protected=True
    )
    stage_since = models.DateField(_("到这一步的日期"))
    drafted_at = models.DateTimeField()

    objects = MatterQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("事项")
        constraints = (
            models.UniqueConstraint(
                fields=["village", "number"], name="matter_number_is_unique_in_village"
            ),
            models.CheckConstraint(
                condition=models.Q(stage__in=Stage.values), name="stage_is_known"
            ),
        )
        indexes = (
            models.Index(fields=["village", "stage", "-id"]),
            models.Index(fields=["stage", "village"]),
        )

    def __str__(self) -> str:
        return self.title

    # What decides: the body, through its tally, chooses between its verb and `reject`.

    @edge([S.DRAFTED], S.INITIATED, permissions.initiate)
    def initiate(self, *, on: date) -> None:
        """The branch put the matter forward."""
        self.stage_since = on

    @edge([S.DRAFTED, S.INITIATED], S.PROPOSED, permissions.propose, COUNTED)
    def propose(self, *, on: date) -> None:
        """The joint sitting of the two committees agreed."""
        self.stage_since = on

    @edge([S.DRAFTED, S.PROPOSED], S.REVIEWED, permissions.review, COUNTED)
    def review(self, *, on: date) -> None:
        """The party members' meeting agreed, or gave its opinion."""
        self.stage_since = on

    @edge([S.DRAFTED, S.REVIEWED], S.ADOPTED, permissions.adopt, COUNTED)
    def adopt(self, *, on: date) -> None:
        """The competent body adopted the matter."""
        self.stage_since = on

    @edge(BEFORE_DECISION, S.REJECTED, permissions.reject, COUNTED)
    def reject(self, *, on: date) -> None:
        """A body decided against the matter: that, too, is a resolution."""
        self.stage_since = on

    # What carries out and shows.

    @edge([S.ADOPTED], S.ANNOUNCED, permissions.announce, [text_unchanged])
    @edge([*AFTER_ANNOUNCED, S.REJECTED, S.RECTIFYING], None, permissions.announce)
    def announce(self, *, on: date) -> None:
        """The resolution is shown to everyone; a correction supersedes."""
        if self.stage == S.ADOPTED:
            self.stage_since = on

    @edge([S.ANNOUNCED], S.UNDERWAY, permissions.begin, READY)
    def begin(self, *, on: date) -> None:
        """The village committee carries the resolution out."""
        self.stage_since = on

    @edge([S.UNDERWAY], S.COMPLETED, permissions.accept, [accepted_by_supervisors])
    def accept(self, *, on: date) -> None:
        """The works were accepted."""
        self.stage_since = on

    @edge([S.UNDERWAY], S.COMPLETED, permissions.done)
    def done(self, *, on: date) -> None:
        """What was resolved is done."""
        self.stage_since = on

    @edge([S.COMPLETED], S.REPORTED, permissions.report_result)
    @edge([S.REPORTED, S.RECTIFYING], None, permissions.report_result)
    def report_result(self, *, on: date) -> None:
        """What came of it is shown to everyone; a correction supersedes."""
        if self.stage == S.COMPLETED:
            self.stage_since = on

    @edge([S.REPORTED, S.REJECTED], S.ARCHIVED, permissions.archive, SHOWN)
    def archive(self, *, on: date) -> None:
        """The matter is closed and its dossier sealed."""
        self.stage_since = on

    # What turns back, interrupts or ends.

    @edge([S.INITIATED, S.PROPOSED, S.REVIEWED], S.DRAFTED, permissions.revise)
    def revise(self, *, on: date) -> None:
        """The substance changed: the procedure starts anew."""
        self.stage_since = on

    @edge(BEFORE_DECISION, S.WITHDRAWN, permissions.withdraw, [withdraw_in_time])
    def withdraw(self, *, on: date) -> None:
        """Who proposed the matter took it back before it was put to the vote."""
        self.stage_since = on

    @edge([S.ANNOUNCED], Returns([S.DRAFTED, S.REVIEWED]), permissions.answer)
    def uphold(self, *, on: date) -> None:
        """An objection was upheld: the body that decided decides again."""
        self.stage_since = on

    @edge(DECIDED, S.RECTIFYING, permissions.order)
    def order(self, *, on: date) -> None:
        """Township or county ordered correction."""
        self.stage_since = on

    @edge([S.RECTIFYING], Returns(DECIDED), permissions.examine)
    def examine(self, *, on: date) -> None:
        """Who ordered the correction looked at it: it goes on where it was."""
        self.stage_since = on

    @edge(
        [S.PROPOSED, S.REVIEWED, *DECIDED], Returns([S.REJECTED]), permissions.recount
    )
    @edge([S.REJECTED], Returns(AGREED), permissions.recount)
    def recount(self, *, on: date) -> None:
        """A count was corrected; the stage is what the corrected count gives."""
        if self.returns_to != self.stage:
            self.stage_since = on

    @edge([S.DRAFTED, S.INITIATED], Returns([]), permissions.void)
    @edge([S.PROPOSED], Returns([S.DRAFTED, S.INITIATED]), permissions.void)
    @edge([S.REVIEWED], Returns([S.DRAFTED, S.PROPOSED]), permissions.void)
    @edge(DECIDED, Returns([S.DRAFTED, S.REVIEWED]), permissions.void)
    @edge([S.REJECTED], Returns(BEFORE_DECISION), permissions.void)
    def void(self, *, on: date) -> None:
        """A ballot was declared void: the matter is put to the vote again."""
        if self.returns_to != self.stage:
            self.stage_since = on
