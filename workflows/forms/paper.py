"""会后录入: a whole sitting on one page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from audit import clock
from workflows.presenting.quorum import probe

from .attending import WhoCame
from .counts import BY_SLIPS, HANDED_OUT, METHODS, Row
from .fields import Day, Line, OneOf, Scan
from .sittings import WhenAndWhere, at_its_start

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from workflows.figures import Figures
    from workflows.models import Matter, Sitting
    from workflows.presenting.people import People


@dataclass(frozen=True)
class GridRow:
    """A line as _grid.html draws it."""

    title: str
    fields: list[BoundField]
    errors: list[str] = field(default_factory=list)


FUTURE = lazy("会议日期不能晚于今天。还没开的会，请用“发会议通知”。")


class HeldOnPaper(WhenAndWhere, WhoCame):
    """When, where, who came, and how each matter was voted on."""

    noticed_on = Day(label=lazy("通知日期"))
    method = OneOf(label=lazy("表决方式"), choices=METHODS)
    witness_name = Line(
        label=lazy("监票人（计票单上签字的）"),
        max_length=30,
        required=False,
        help_text=lazy("不能是录入人和主持人。没有监票人的不写，会记入提示。"),
    )

    sign_in_sheet = Scan(label=lazy("签到册照片"), required=False)
    tally_sheet = Scan(label=lazy("计票单照片"), required=False)

    def __init__(  # noqa: PLR0913
        self,
        *args: Any,
        body: str,
        matters: Iterable[Matter],
        groups: Iterable[str],
        people_on: Callable[[datetime | None, str, str], People],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.matters = list(matters)
        self.ask_how(body, groups)
        self.attendance(people_on(*self._asked_of()))
        self.rows = [self._row(matter) for matter in self.matters]

    def _row(self, matter: Matter) -> Row:
        data = self.data if self.is_bound else None
        return Row(data, prefix=f"m{matter.number}", title=matter.title)

    def _asked_of(self) -> tuple[datetime | None, str, str]:
        """On which day, how counted and of which group the roster is wanted."""
        if not self.is_bound:
            group = self.fields.get("group_name")
            return None, "persons", str(group.initial or "") if group else ""
        return (
            self._answer("held_at"),
            self._answer("mode") or "persons",
            self._answer("group_name") or "",
        )

    def _answer(self, name: str) -> Any:
        """What was answered there, or None where it cannot be read."""
        if name not in self.fields:
            return None
        bound = self[name]
        try:
            return bound.field.clean(bound.data)
        except ValidationError:
            return None

    def clean_held_at(self) -> datetime:
        held_at: datetime = self.cleaned_data["held_at"]
        if held_at > clock.now():
            raise ValidationError(str(FUTURE), code="future")
        return held_at

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        held_at, noticed = given.get("held_at"), given.get("noticed_on")
        if held_at and noticed and noticed > clock.local(held_at).date():
            self.add_error("noticed_on", _("通知日期不能晚于开会日期。"))
        self._judge_rows(given)
        return given

    def _judge_rows(self, given: dict[str, Any]) -> None:
        if {"people", "in_person"} & set(self.errors):
            return
        method = given.get("method") or METHODS[0][0]
        for row in self.rows:
            row.judge(method, self.present)
        counted = [row for row in self.rows if not row.is_valid() or not row.empty]
        if not counted and self._too_few(given):
            return
        for row in self.rows:
            if row.is_valid() and row.empty:
                row.add_error(None, _("请填写票数。没有表决的事项，请从议题里去掉。"))
        for row in self.rows:
            for wrong in row.wrong:
                said = _("《%(title)s》：%(wrong)s")
                self.add_error(None, said % {"title": row.title, "wrong": wrong})

    def _too_few(self, given: dict[str, Any]) -> bool:
        """Whether too few came for anything to be put to the vote."""
        if not given.get("held_at") or self.errors:
            return False
        sitting = self.tried(given["held_at"], given.get("mode") or "persons")
        return sitting is not None and not sitting.quorate

    def tried(self, held_at: datetime, mode: str) -> Sitting | None:
        """The sitting as it would be, to be asked whether enough came."""
        village = self.matters[0].village
        try:
            rules = self.matters[0].rules_on(clock.local(held_at).date())
        except LookupError:
            return None
        sitting = probe(
            village,
            rules,
            self.people.body,
            eligible=len(self.people.entitled),
            mode=mode,
        )
        sitting.in_person = self.present
        return sitting

    @property
    def lapsed(self) -> bool:
        """Nobody gave counts, and too few had come."""
        return all(row.empty for row in self.rows)

    @property
    def counts(self) -> dict[int, Figures]:
        """By matter; nothing where the sitting lapsed."""
        pairs = zip(self.matters, self.rows, strict=True)
        return {matter.pk: row.result for matter, row in pairs if not row.empty}

    @property
    def call(self) -> dict[str, Any]:
        noticed = at_its_start(self.cleaned_data["noticed_on"])
        return super().call | {"matters": self.matters, "noticed_at": noticed}

    @property
    def scans(self) -> dict[str, Any]:
        """The photographed sheets, as the act wants them."""
        given = self.cleaned_data
        return {"sign_in": given["sign_in_sheet"], "tally": given["tally_sheet"]}

    @property
    def sheets(self) -> list[BoundField]:
        return [self["sign_in_sheet"], self["tally_sheet"]]

    @property
    def grid(self) -> list[GridRow]:
        """What each matter got."""
        return [
            GridRow(
                row.title,
                [row[name] for name in BY_SLIPS],
                [str(error) for error in row.non_field_errors()]
                if self.is_bound
                else [],
            )
            for row in self.rows
        ]

    @property
    def slips(self) -> list[GridRow]:
        """What went out and came back, where slips were used."""
        return [
            GridRow(row.title, [row[name] for name in HANDED_OUT]) for row in self.rows
        ]

    @property
    def slips_open(self) -> bool:
        """Whether something was entered there, or is wrong."""
        return any(
            field.value() or field.errors for row in self.slips for field in row.fields
        )
