"""What is pointed out of a matter."""

from __future__ import annotations

from workflows import findings
from workflows.models import Matter


def found(matter: Matter) -> dict[str, findings.Finding]:
    """What is pointed out now, by its kind."""
    fresh = Matter.objects.get(pk=matter.pk)
    return {finding.key: finding for finding in findings.of_matter(fresh)}
