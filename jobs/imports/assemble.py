"""Rows become drafts: references resolved, stored rows found by key, values laid upon them."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from django.utils.translation import gettext as _

from jobs.imports.book import Draft, token
from jobs.imports.faults import Fault
from jobs.imports.fit import empty_value, is_relation, model_field
from jobs.imports.references import OfUnusableRow, References, SheetIndex
from jobs.imports.rows import ReadSheet, Row, column_heads
from jobs.ledgers import Ledger
from jobs.workbook.cells import CellFault
from jobs.workbook.columns import Kind

Key = tuple[Any, ...]


class Assembly:
    """The drafts of one sheet, and the faults met on the way.

    A row with a faulty cell takes part as far as it goes: other rows may refer to it, so that what
    is wrong with them is told along with it.
    """

    def __init__(self, sheet: ReadSheet, references: References, index: SheetIndex) -> None:
        self.sheet = sheet
        self.ledger: Ledger = sheet.ledger
        self.errors: list[Fault] = []
        self._references = references
        self._index = index
        self._columns = {column.field: column for column in self.ledger.columns}
        places = {column.field for column in self.ledger.columns if column.points_elsewhere}
        self._indispensable = {*self.ledger.key, *places}

    def drafts(self, *, locking: bool) -> list[Draft]:
        """All rows without faults, in the sheet's order."""
        resolved = [row for row in self.sheet.rows if self.resolve(row)]
        unique = self._without_duplicates(resolved)
        stored = self._stored(unique, locking=locking)
        links = self._stored_links(stored.values())
        drafts = [self._draft(row, stored, links) for row in unique]
        self._publish(drafts)
        return [draft for draft, row in zip(drafts, unique, strict=True) if not row.unread]

    def resolve(self, row: Row) -> bool:
        """Put what the cells mean in their places; False where one means nothing."""
        usable, meant = not row.unread & self._indispensable, dict(row.values)
        for field, value in row.values.items():
            try:
                meant[field] = self._meant(field, value, row.values)
            except CellFault as fault:
                self._error(row.number, field, fault.message, fault.remedy)
                usable = False
            except OfUnusableRow:
                usable = False
        row.values = meant
        if not usable:
            self._mark_unusable(row)
        return usable

    def _mark_unusable(self, row: Row) -> None:
        key = row.values.get(self.ledger.key[0])
        if isinstance(key, str):
            self._index.unusable.add(key)

    def _meant(self, field: str, value: Any, values: dict[str, Any]) -> Any:
        column = self._columns[field]
        sheet = column.sheet_of(values)
        if column.sheets and not sheet:  # the cell that tells which has a fault of its own
            raise OfUnusableRow
        found = self._references.resolve(column, value, sheet)
        if found is None:
            return empty_value(self.ledger, column)
        if sheet and not is_relation(self.ledger, field):
            return value
        return found

    def _error(self, number: int, field: str, message: str, remedy: str) -> None:
        head = self._columns[field].head
        self.errors.append(Fault(self.ledger.sheet, number, head, message, remedy))

    def _key(self, values: dict[str, Any]) -> Key:
        return tuple(
            token(
                values[field] if field in values else empty_value(self.ledger, self._columns[field])
            )
            for field in self.ledger.key
        )

    def _without_duplicates(self, rows: list[Row]) -> list[Row]:
        first: dict[Key, Row] = {}
        for row in rows:
            earlier = first.setdefault(self._key(row.values), row)
            if earlier is not row:
                self._duplicate(earlier.number, row.number)
        return list(first.values())

    def _duplicate(self, earlier: int, later: int) -> None:
        heads = "、".join(column_heads(self.ledger, self.ledger.key))
        message = _("第 %(first)d 行和第 %(second)d 行重复：%(heads)s相同。")
        filled = message % {"first": earlier, "second": later, "heads": heads}
        self._error(later, self.ledger.key[0], filled, _("请删去其中一行，或改正编码。"))

    def _stored(self, rows: list[Row], *, locking: bool) -> dict[Key, Any]:
        """Stored rows by key; a key of several fields is looked up by its first."""
        if len(self.ledger.key) == 1:
            return {(code,): row for code, row in self._index.stored.items()}
        first = self.ledger.key[0]
        values = [row.values[first] for row in rows]
        known = [value for value in values if getattr(value, "pk", value) is not None]
        found = self._keyed_rows().filter(**{f"{first}__in": known})
        if locking:
            found = found.select_for_update(of=("self",))
        return {
            tuple(_current(self.ledger, row, field) for field in self.ledger.key): row
            for row in found
        }

    def _keyed_rows(self) -> models.QuerySet[Any]:
        """What a key refers to comes from the file, and need not be fetched with the row."""
        if all(model_field(self.ledger, field) for field in self.ledger.key):
            return self.ledger.model._default_manager.all()
        return self.ledger.rows()

    def _draft(self, row: Row, stored: dict[Key, Any], links: "Links") -> Draft:
        found = stored.get(self._key(row.values))
        instance = self.ledger.model() if found is None else found
        draft = Draft(row.number, instance, row.values, is_new=found is None)
        if found is not None:
            draft.is_changed = self._differs(row, found, links)
        for field, value in row.values.items():
            if self._columns[field].kind is Kind.AREAS:
                draft.links[field] = value
            else:
                # Also where it is the same: rows must refer to the file's own instances.
                setattr(instance, field, value)
        if draft.is_new or draft.is_changed:
            self.ledger.complete(draft)
        return draft

    def _differs(self, row: Row, stored: Any, links: "Links") -> bool:
        return any(
            links.of(field, stored) != {area.pk for area in value}
            if self._columns[field].kind is Kind.AREAS
            else _current(self.ledger, stored, field) != token(value)
            for field, value in row.values.items()
        )

    def _stored_links(self, stored: Any) -> "Links":
        keys = [row.pk for row in stored]
        fields = [name for name, column in self._columns.items() if column.kind is Kind.AREAS]
        return Links({name: stored_links(self.ledger, name, keys) for name in fields})

    def _publish(self, drafts: list[Draft]) -> None:
        if len(self.ledger.key) == 1:
            for draft in drafts:
                self._index.in_file[draft.values[self.ledger.key[0]]] = draft.instance


class Links:
    """Stored many-to-many links by field and row."""

    def __init__(self, by_field: dict[str, dict[Any, set[Any]]]) -> None:
        self._by_field = by_field

    def of(self, field: str, instance: models.Model) -> set[Any]:
        return self._by_field[field].get(instance.pk, set())


def stored_links(ledger: Ledger, field: str, keys: list[Any]) -> dict[Any, set[Any]]:
    """The keys that each row is linked to; one query for all rows."""
    found: dict[Any, set[Any]] = {}
    for source, target in _link_rows(ledger, field, keys):
        found.setdefault(source, set()).add(target)
    return found


def _link_rows(ledger: Ledger, field: str, keys: list[Any]) -> Iterator[tuple[Any, Any]]:
    many: Any = model_field(ledger, field)
    through = many.remote_field.through
    source, target = f"{many.m2m_field_name()}_id", f"{many.m2m_reverse_field_name()}_id"
    rows = through._default_manager.filter(**{f"{source}__in": keys})
    yield from rows.values_list(source, target)


def _current(ledger: Ledger, instance: Any, field: str) -> Any:
    found = model_field(ledger, field)
    is_key = isinstance(found, models.ForeignKey)
    return getattr(instance, found.attname) if is_key else token(getattr(instance, field))
