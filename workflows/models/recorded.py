"""What every row that entries speak of has in common."""

import secrets
from typing import Any

from django.db import models

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"


def new_uid() -> str:
    """Ten random characters that can be read aloud: no i, l, o or u."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


class Recorded(models.Model):
    """A row that entries name by a public id, which says nothing by itself."""

    uid = models.CharField(max_length=12, unique=True, default=new_uid, editable=False)

    class Meta:
        abstract = True

    @property
    def subject(self) -> str:
        """How an entry names this row."""
        return f"{self._meta.model_name}/{self.uid}"


def unsorted(row: models.Model, relation: str) -> Any:
    """The rows of a relation, as they are known or else in no order.

    Putting them in order is a third of what asking for a few rows costs.
    """
    rows = getattr(row, relation).all()
    known = relation in getattr(row, "_prefetched_objects_cache", {})
    return rows if known else rows.order_by()


def newest(row: models.Model, relation: str) -> Any:
    """The row of a relation that was written last, or None."""
    return max(unsorted(row, relation), key=lambda found: found.pk, default=None)
