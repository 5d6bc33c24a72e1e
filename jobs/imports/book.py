"""The workbook as it would stand in the database: drafts of the rows, and the merged state."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models

from jobs.imports.faults import Fault
from jobs.ledgers import Ledger


def token(value: Any) -> Any:
    """What tells a value from another; rows of the file that are not stored have no key yet."""
    if isinstance(value, models.Model):
        return value.pk if value.pk is not None else ("new", id(value))
    return value


@dataclass
class Draft:
    """A row of the file upon its instance: a new one, or the stored one with the new values."""

    row: int
    instance: Any
    values: dict[str, Any]
    is_new: bool
    is_changed: bool = False
    links: dict[str, list[Any]] = field(default_factory=dict)


@dataclass(frozen=True)
class Entry:
    """One row of the merged state; without a draft it stands in the database only."""

    instance: Any
    draft: Draft | None = None


class Groups:
    """Rows of the merged state by a value they share."""

    def __init__(self) -> None:
        self._groups: dict[Any, tuple[Any, list[Entry]]] = {}

    def add(self, value: Any, entry: Entry) -> None:
        self._groups.setdefault(token(value), (value, []))[1].append(entry)

    def of(self, value: Any) -> list[Entry]:
        """The rows that share this value (an instance, new or stored, or a plain value)."""
        return self._groups.get(token(value), (value, []))[1]

    def items(self) -> Iterator[tuple[Any, list[Entry]]]:
        yield from self._groups.values()


@dataclass
class Book:
    """All sheets of the file after reading, with what is wrong in them."""

    ledgers: dict[str, Ledger]
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    _drafts: dict[str, list[Draft]] = field(default_factory=dict)
    _groups: dict[tuple[str, str], Groups] = field(default_factory=dict)
    _by_key: dict[str, dict[Any, Any]] = field(default_factory=dict)
    _sheet_of: dict[int, str] = field(default_factory=dict)

    def add(self, sheet: str, drafts: list[Draft]) -> None:
        self._drafts[sheet] = drafts
        self._sheet_of.update((id(draft), sheet) for draft in drafts)

    def drafts(self, sheet: str) -> list[Draft]:
        """The sheet's rows whose cells could all be read."""
        return self._drafts.get(sheet, [])

    def error(self, draft: Draft, field: str, message: str, remedy: str) -> None:
        """Something impossible: nothing of the file will be written."""
        self.errors.append(self._fault(draft, field, message, remedy))

    def warn(self, draft: Draft, field: str, message: str, remedy: str) -> None:
        """Something readable that a rule will find: written, and said."""
        self.warnings.append(self._fault(draft, field, message, remedy))

    def _fault(self, draft: Draft, field: str, message: str, remedy: str) -> Fault:
        sheet = self._sheet_of[id(draft)]
        head = self.ledgers[sheet].column_of(field).head
        return Fault(sheet, draft.row, head, message, remedy)

    def grouped(self, sheet: str, *, by: str) -> Groups:
        """Rows of file and database by the value of `by`, for every value the file mentions.

        Ask once every sheet has been read, that is from `places` and `check`.
        """
        if (sheet, by) not in self._groups:
            self._groups[sheet, by] = self._merged(sheet, by)
        return self._groups[sheet, by]

    def _merged(self, sheet: str, by: str) -> Groups:
        groups = Groups()
        drafts = self.drafts(sheet)
        for draft in drafts:
            groups.add(getattr(draft.instance, by), Entry(draft.instance, draft))
        values = [value for value, _ in groups.items()]
        stored = [value for value in values if getattr(value, "pk", value) is not None]
        for instance in self._beyond_the_file(sheet, {f"{by}__in": stored}):
            self._rebind(sheet, instance)
            groups.add(getattr(instance, by), Entry(instance))
        return groups

    def _beyond_the_file(self, sheet: str, those: dict[str, list[Any]]) -> Iterable[Any]:
        """Stored rows that the file does not name: mostly few, so the keys are asked for first."""
        rows = self.ledgers[sheet].rows()
        keys = rows.filter(**those).values_list("pk", flat=True)
        others = set(keys) - {draft.instance.pk for draft in self.drafts(sheet)}
        return rows.filter(pk__in=others) if others else ()

    def _rebind(self, sheet: str, instance: Any) -> None:
        """Let a stored row refer to the file's version of what it refers to."""
        for column in self.ledgers[sheet].columns:
            key = getattr(instance, f"{column.field}_id", None) if column.refers_to else None
            if key is not None:
                found = self._stored_in_file(column.refers_to).get(key)
                if found is not None:
                    setattr(instance, column.field, found)

    def _stored_in_file(self, sheet: str) -> dict[Any, Any]:
        if sheet not in self._by_key:
            drafts = self.drafts(sheet)
            self._by_key[sheet] = {draft.instance.pk: draft.instance for draft in drafts}
        return self._by_key[sheet]
