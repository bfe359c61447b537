"""The only model that knows the workflow engine."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from viewflow.workflow.models import Process

from .matter import Matter


class Proceeding(Process):
    """One run of the procedure over a matter: who owes the next act. Not a state."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="proceedings")
    running = models.BooleanField(default=True)

    class Meta:
        verbose_name = verbose_name_plural = _("办理")
        constraints = (
            models.UniqueConstraint(
                fields=["matter"],
                condition=Q(running=True),
                name="one_open_proceeding_per_matter",
            ),
        )

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Running until the engine ends or cancels it."""
        self.running = self.finished is None
        super().save(*args, **kwargs)


class Heartbeat(models.Model):
    """When a periodic task last ran: one row a task, for the health page."""

    name = models.CharField(primary_key=True, max_length=30)
    ran_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = _("定时任务")

    def __str__(self) -> str:
        return self.name
