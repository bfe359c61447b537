"""How far a matter has lawfully come, in the order of the procedure."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Stage(TextChoices):
    """How far a matter has lawfully come. Not whose turn it is."""

    DRAFTED = "drafted", _("已起草")
    INITIATED = "initiated", _("党组织已提议")
    PROPOSED = "proposed", _("两委已提议")
    REVIEWED = "reviewed", _("党员大会已审议")
    ADOPTED = "adopted", _("已决议")
    ANNOUNCED = "announced", _("决议公示中")
    UNDERWAY = "underway", _("实施中")
    COMPLETED = "completed", _("已办结")
    REPORTED = "reported", _("结果公示中")
    ARCHIVED = "archived", _("已归档")
    REJECTED = "rejected", _("未通过")
    WITHDRAWN = "withdrawn", _("已撤回")
    RECTIFYING = "rectifying", _("责令改正中")


BEFORE_DECISION = (Stage.DRAFTED, Stage.INITIATED, Stage.PROPOSED, Stage.REVIEWED)
DECIDED = (
    Stage.ADOPTED,
    Stage.ANNOUNCED,
    Stage.UNDERWAY,
    Stage.COMPLETED,
    Stage.REPORTED,
)
CLOSED = (Stage.ARCHIVED, Stage.WITHDRAWN)
