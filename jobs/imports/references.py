"""What the codes and names in the cells mean: areas, organisations, rows of other sheets.

Set-wise: one query for all areas, one for all organisations, one or two for each sheet. What lies
outside the user's areas is as unknown as what does not exist.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from jobs.imports.rights import Rights
from jobs.imports.rows import ReadSheet
from jobs.ledgers import Ledger
from jobs.workbook.cells import CellFault, clean
from jobs.workbook.columns import Column, Kind
from tenancy.models import Area, Organisation

Kinds = tuple[str, ...]


class OfUnusableRow(Exception):
    """The code means a row of the file that has faults of its own, already told."""


@dataclass
class SheetIndex:
    """The rows of one ledger by code: those of the file, and those stored that are referred to."""

    stored: dict[str, Any] = field(default_factory=dict)
    visible: set[Any] = field(default_factory=set)
    in_file: dict[str, Any] = field(default_factory=dict)
    unusable: set[str] = field(default_factory=set)
    headless: bool = False

    def find(self, code: str) -> Any:
        if code in self.in_file:
            return self.in_file[code]
        if code in self.unusable:
            raise OfUnusableRow
        found = self.stored.get(code)
        if found is not None and found.pk in self.visible:
            return found
        if self.headless:
            raise OfUnusableRow
        return None


class References:
    """Answers for all sheets of one file."""

    def __init__(self, sheets: dict[str, ReadSheet], rights: Rights) -> None:
        self._sheets = sheets
        self._rights = rights
        self._indexes: dict[str, SheetIndex] = {}
        self._areas = self._load_areas()
        self._organisations = self._load_organisations()

    def index(self, ledger: Ledger, *, locking: bool) -> SheetIndex:
        """The ledger's rows by code; fetched on first use, all codes at once."""
        if ledger.sheet not in self._indexes:
            self._indexes[ledger.sheet] = self._load_index(ledger, locking=locking)
        return self._indexes[ledger.sheet]

    def new_organisations(self) -> list[Organisation]:
        """Organisations that the file names and the tenant does not know yet."""
        unknown = {id(found): found for found in self._organisations.values() if found.pk is None}
        return [*unknown.values()]

    def resolve(self, column: Column, value: Any, sheet: str) -> Any:
        """The value that goes into the field; `sheet` is the one that a reference means.

        Raises `CellFault` for what is unknown.
        """
        if value is None:
            return [] if column.kind is Kind.AREAS else None
        if column.kind is Kind.AREA:
            return self._area(value, column)
        if column.kind is Kind.AREAS:
            return [self._area(code, column) for code in value]
        if column.kind is Kind.ORGANISATION:
            return self._organisations[_spelling(value), _kinds(column)]
        return self._row(value, sheet) if sheet else value

    def _row(self, code: str, sheet: str) -> Any:
        index = self._indexes.get(sheet)
        found = index.find(code) if index else None
        if found is None:
            raise _unknown(code, sheet)
        return found

    def _area(self, code: str, column: Column) -> Area:
        found = self._areas.get((code, column.area_level))
        if found is None:
            raise _unknown(code, str(Area.Level(column.area_level).label))
        return found

    def _load_index(self, ledger: Ledger, *, locking: bool) -> SheetIndex:
        sheet = self._sheets.get(ledger.sheet)
        index = SheetIndex()
        if sheet:
            index.unusable, index.headless = sheet.unusable, sheet.headless
        if len(ledger.key) == 1:
            codes = set(self._codes_of(ledger))
            rows = _locked(ledger.rows()) if locking else ledger.rows()
            found = rows.filter(**{f"{ledger.key[0]}__in": codes})
            index.stored = {getattr(row, ledger.key[0]): row for row in found}
            index.visible = self._visible(ledger, index.stored.values())
        return index

    def visible(self, ledger: Ledger, rows: Iterable[Any]) -> set[Any]:
        """The keys of those stored rows that lie where the user may write."""
        if len(ledger.key) == 1:
            return self._indexes[ledger.sheet].visible
        return self._visible(ledger, rows)

    def _visible(self, ledger: Ledger, rows: Iterable[Any]) -> set[Any]:
        keys = [row.pk for row in rows]
        if not keys:
            return set()
        scoped: Any = ledger.model._default_manager
        written = ledger.sheet in self._sheets
        verb = self._rights.write if written else self._rights.link
        within = scoped.visible_to(self._rights.by, verb)
        return set(within.filter(pk__in=keys).values_list("pk", flat=True))

    def _codes_of(self, ledger: Ledger) -> Iterator[str]:
        for sheet in self._sheets.values():
            for column in sheet.ledger.columns:
                is_key = sheet.ledger is ledger and column.field in ledger.key
                if is_key or ledger.sheet in column.sheets:
                    yield from _values(sheet, column)

    def _load_areas(self) -> dict[tuple[str, str], Area]:
        pairs = list(self._pairs(Kind.AREA)) + list(self._pairs(Kind.AREAS))
        codes = {code for value, _column in pairs for code in _listed(value)}
        rows = Area.objects.visible_to(self._rights.by, self._rights.link).filter(code__in=codes)
        return {(row.code, row.level): row for row in rows.in_force(timezone.localdate())}

    def _load_organisations(self) -> dict[tuple[str, Kinds], Organisation]:
        known = {(_spelling(row.name), row.kind): row for row in Organisation.objects.all()}
        wanted: dict[tuple[str, Kinds], Organisation] = {}
        pairs = self._pairs(Kind.ORGANISATION)
        for name, kinds in dict.fromkeys((name, _kinds(column)) for name, column in pairs):
            spelled = _spelling(name)
            taken = [known[spelled, kind] for kind in kinds if (spelled, kind) in known]
            found = taken[0] if taken else Organisation(name=name, kind=kinds[0])
            wanted[spelled, kinds] = known[spelled, found.kind] = found
        return wanted

    def _pairs(self, kind: Kind) -> Iterator[tuple[Any, Column]]:
        for sheet in self._sheets.values():
            for column in sheet.ledger.columns:
                if column.kind is kind:
                    yield from ((value, column) for value in _values(sheet, column))


def _values(sheet: ReadSheet, column: Column) -> Iterator[Any]:
    for row in sheet.rows:
        value = row.values.get(column.field)
        if value is not None:
            yield value


def _listed(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]


def _spelling(name: str) -> str:
    """Names that differ only in the width of brackets mean one organisation."""
    return clean(name)


def _kinds(column: Column) -> Kinds:
    return (column.organisation_kind, *column.other_kinds)


def _locked(rows: Any) -> Any:
    return rows.select_for_update(of=("self",))


def _unknown(code: str, kind: str) -> CellFault:
    return CellFault(
        _("没有找到“%(code)s”（%(kind)s）。") % {"code": code, "kind": kind},
        _("请核对代码；它须已登记，或在同一文件的相应工作表中，并在您负责的范围内。"),
    )
