"""The rows that entries speak of: what is sealed of them, and how each is checked.

The apps above register their tables here; nothing here knows which they are. An entry
seals, beside its own facts, how the rows its act wrote stand afterwards: what is
personal under `persons`, which may be erased, and all else under `rows`, which may not.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeAlias

from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models

from .canonical import Json, canonical, instant
from .discrepancy import Discrepancy

Values: TypeAlias = dict[str, Json]  # by column
Snapshot: TypeAlias = dict[str, dict[str, Json]]  # values by table and key
ROWS, PERSONS = "rows", "persons"
LINES = "lines"  # stands for all columns of rows that are spoken of together


def as_it_is(value: Any) -> Json:
    found: Json = value
    return found


def as_text(value: Any) -> Json:
    return str.__str__(value) if isinstance(value, str) else str(value)


def as_day(value: Any) -> Json:
    return str(value.isoformat())


def as_texts(value: Any) -> Json:
    return [as_text(each) for each in value]


# The first that fits: an instant is a day as well.
PLAINLY: list[tuple[type[models.Field[Any, Any]], Callable[[Any], Json]]] = [
    (ArrayField, as_texts),
    (models.DateTimeField, instant),
    (models.DateField, as_day),
    (models.BooleanField, bool),
    (models.IntegerField, as_it_is),
    (models.ForeignKey, as_it_is),
]


def plainly(column: models.Field[Any, Any]) -> Callable[[Any], Json]:
    """How a column's values are written down, the same before and after saving."""
    if isinstance(column, models.DecimalField):
        places = column.decimal_places
        return lambda value: f"{value:.{places}f}"
    return next((plain for kind, plain in PLAINLY if isinstance(column, kind)), as_text)


@dataclass(frozen=True)
class Recomputed:
    """A column that follows from others, which so are spoken of as well."""

    column: str
    of: Sequence[str]
    compute: Callable[[Any], Json]


@dataclass(frozen=True)
class Table:
    """A table that entries speak of, and the verdict on each of its columns."""

    model: type[models.Model]
    kept: Sequence[str]  # sealed with the rows
    personal: Sequence[str] = ()  # sealed with the persons if filled in, never shown
    secret: Sequence[str] = ()  # those of the others that are never shown either
    recomputed: Sequence[Recomputed] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # checked where and how
    unspoken: Mapping[str, str] = field(default_factory=dict)  # with the reason
    # What entries say in clear: by which name, and of what else than columns.
    named: Callable[[Any], str | None] = field(default=lambda row: None)
    also: Mapping[str, Callable[[Any], Json]] = field(default_factory=dict)
    rows: Callable[[], models.QuerySet[Any]] | None = None  # never an inner join
    due: Callable[[Any], bool] = field(default=lambda row: True)  # must be spoken of

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    @property
    def key(self) -> str:
        """The column that tells rows apart."""
        return str(self.model._meta.pk.column)

    def all(self) -> models.QuerySet[Any]:
        given = self.rows
        return given() if given else self.model._default_manager.all()

    @cached_property
    def undecided(self) -> set[str]:
        """The columns without a verdict."""
        told = {*self.kept, *self.personal, *self.elsewhere, *self.unspoken}
        told = told.union(*(each.of for each in self.recomputed))
        own = {column.name for column in self.model._meta.concrete_fields}
        return (own - told - {self.model._meta.pk.name}) | (told - own)

    @cached_property
    def of_rows(self) -> list[tuple[str, str, Callable[[Any], Json]]]:
        return self._written(self.kept)

    @cached_property
    def of_persons(self) -> list[tuple[str, str, Callable[[Any], Json]]]:
        return self._written(self.personal)

    @cached_property
    def masked(self) -> frozenset[str]:
        """The columns whose values are for nobody else to read."""
        fields = map(self.model._meta.get_field, (*self.personal, *self.secret))
        return frozenset(str(getattr(each, "column", "")) for each in fields)

    def _written(
        self, names: Iterable[str]
    ) -> list[tuple[str, str, Callable[[Any], Json]]]:
        fields = {each.name: each for each in self.model._meta.concrete_fields}
        columns = [fields[name] for name in names]
        return [(each.attname, str(each.column), plainly(each)) for each in columns]


@dataclass(frozen=True)
class LineTable:
    """A table whose rows are spoken of together, by one hash for all that belong."""

    model: type[models.Model]
    of: str  # the column that says to what they belong
    columns: Sequence[str]
    values: Sequence[Any]  # of a line, as they are asked of the database
    unspoken: Mapping[str, str] = field(default_factory=dict)
    rows: Callable[[], models.QuerySet[Any]] | None = None  # those that are told

    @property
    def name(self) -> str:
        return self.model._meta.db_table

    def all(self) -> models.QuerySet[Any]:
        given = self.rows
        return given() if given else self.model._default_manager.all()

    @cached_property
    def named(self) -> list[str]:
        """The columns of the table that a hash over lines speaks of."""
        fields = {each.name: each for each in self.model._meta.concrete_fields}
        return [str(fields[name].column) for name in (self.of, *self.columns)]

    @cached_property
    def undecided(self) -> set[str]:
        told = {self.of, *self.columns, *self.unspoken}
        return told ^ {column.name for column in self.model._meta.concrete_fields}


@dataclass(frozen=True)
class Gone:
    """A row that the act deleted, as it must in order to enter something anew."""

    row: models.Model


@dataclass(frozen=True)
class Lines:
    """All lines that belong to a row now, as values of the registered columns."""

    model: type[models.Model]
    of: int
    values: Sequence[Sequence[Any]]


def lines_of(model: type[models.Model], of: int) -> Lines:
    """The lines as the database has them at this moment."""
    table = LINE_TABLES[model]
    rows = model._default_manager.filter(**{table.of: of})
    return Lines(model, of, list(rows.values_list(*table.values)))


Check: TypeAlias = Callable[[], Iterator[Discrepancy]]
Claim: TypeAlias = tuple[str, str, Values]  # table, the row's name, what is said of it
Claims: TypeAlias = Callable[[str, str, Mapping[str, Any]], Iterator[Claim]]

TABLES: dict[type[models.Model], Table] = {}
LINE_TABLES: dict[type[models.Model], LineTable] = {}
CLAIMS: list[Claims] = []
CHECKS: list[Check] = []
UNSPOKEN: dict[type[models.Model], str] = {}  # tables no entry speaks of, and why not


def register_check(
    *tables: Table | LineTable,
    claims: Claims | None = None,
    check: Check | None = None,
    unspoken: Mapping[type[models.Model], str] | None = None,
) -> None:
    """Have these tables checked; by `claims` what entries say in clear; or at will.

    `unspoken` are tables that no entry speaks of, and why not.

    `claims` takes kind, uid of the subject and facts of an entry, opened where they
    may still be, and gives what it says of which row.
    """
    for table in tables:
        if isinstance(table, LineTable):
            LINE_TABLES[table.model] = table
        else:
            TABLES[table.model] = table
    if claims is not None:
        CLAIMS.append(claims)
    if check is not None:
        CHECKS.append(check)
    UNSPOKEN.update(unspoken or {})


def undecided() -> Iterator[str]:
    """Tables and columns that nobody has decided on."""
    tables: dict[type[models.Model], Table | LineTable] = {**TABLES, **LINE_TABLES}
    for table in tables.values():
        yield from (f"{table.name}.{column}" for column in sorted(table.undecided))
    speaking = {model._meta.app_label for model in tables}
    for model in apps.get_models():
        known = model in tables or model in UNSPOKEN
        if model._meta.app_label in speaking and not known:
            yield model._meta.db_table


def lines_hash(values: Iterable[Sequence[Any]]) -> str:
    """One hash over lines, whatever their order."""
    ordered = sorted(canonical([as_it_is(one) for one in line]) for line in values)
    return sha256(b"\n".join(ordered)).hexdigest()


def values_of(
    row: models.Model, written: list[tuple[str, str, Callable[[Any], Json]]]
) -> Values:
    """What a row holds in these columns."""
    held, found = row.__dict__, {}
    for attname, column, plain in written:
        value = held[attname] if attname in held else getattr(row, attname)
        found[column] = None if value is None else plain(value)
    return found


def snapshot(
    written: Iterable[models.Model | Gone | Lines | Any],
) -> tuple[Snapshot, Snapshot]:
    """How these rows stand: what is kept for good, and what may be erased."""
    rows: Snapshot = {}
    persons: Snapshot = {}
    for each in written:
        if isinstance(each, Lines):
            told: Values = {LINES: lines_hash(each.values)}
            rows.setdefault(LINE_TABLES[each.model].name, {})[str(each.of)] = told
        elif isinstance(each, Gone):
            gone = rows.setdefault(TABLES[type(each.row)].name, {})
            gone[str(each.row.pk)] = None
        elif table := TABLES.get(type(each)):
            key, told = str(each.pk), values_of(each, table.of_rows)
            held = values_of(each, table.of_persons)
            # That nothing was filled in is nobody's data.
            told |= {name: value for name, value in held.items() if not value}
            rows.setdefault(table.name, {})[key] = {**told}
            if said := {name: value for name, value in held.items() if value}:
                persons.setdefault(table.name, {})[key] = {**said}
    return rows, persons
