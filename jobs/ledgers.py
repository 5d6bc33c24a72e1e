"""The registry of ledgers: what each app lets people fill in as a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models

from jobs.workbook.columns import Column, Kind
from tenancy.permissions import Permission

if TYPE_CHECKING:
    from jobs.imports.book import Book, Draft
    from jobs.imports.rights import Rights

__all__ = ["BATCH", "Column", "Kind", "Ledger", "in_order", "register", "registered"]

BATCH = 500


class Ledger:
    """One sheet: the model behind it, its natural key, its columns and what must hold.

    Subclasses set the attributes and override the hooks they need. `periods` are pairs of fields
    (start, end); `unique` pairs of a column's field and the stored field that no two rows share
    (the same, or its fingerprint); `derived` the fields that `complete` fills; `after` sheets to
    be written first beyond those referred to; `rank` the sheet's place in the workbook; `verb` what
    one needs to write a single row on a page.
    """

    sheet: ClassVar[str]
    model: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]]
    periods: ClassVar[tuple[tuple[str, str], ...]] = ()
    unique: ClassVar[tuple[tuple[str, str], ...]] = ()
    derived: ClassVar[tuple[str, ...]] = ()
    after: ClassVar[tuple[str, ...]] = ()
    rank: ClassVar[int] = 100
    verb: ClassVar[Permission]

    def rows(self) -> models.QuerySet[Any]:
        """All rows of the tenant; override to `select_related` what the hooks look at."""
        return self.model._default_manager.all()

    def complete(self, draft: Draft) -> None:
        """Fill the fields in `derived` of a new or changed row (a sort key, a fingerprint)."""

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        """Area paths the row belongs to; the user needs the verb on one of them."""
        raise NotImplementedError

    def check(self, book: Book) -> None:
        """Report what is wrong across rows, sheets and the database (`book.error`, `book.warn`)."""

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        """Store the rows; override where a row is more than a row of the model.

        Changes first: a period that now ends makes room for one that begins.
        """
        self.update([draft.instance for draft in changed])
        self.create([draft.instance for draft in new])

    def create(self, instances: Sequence[models.Model]) -> None:
        self.model._default_manager.bulk_create(instances, batch_size=BATCH)

    def update(self, instances: Sequence[models.Model]) -> None:
        """Update stored rows. An upsert by primary key: ten times faster than `bulk_update`."""
        self.model._default_manager.bulk_create(
            instances,
            batch_size=BATCH,
            update_conflicts=True,
            unique_fields=["pk"],
            update_fields=self.stored_fields(),
        )

    def stored_fields(self) -> list[str]:
        """Concrete fields an update writes: those of the columns, the derived ones, the version."""
        concrete = {field.name for field in self.model._meta.concrete_fields}
        names = [*(column.field for column in self.columns), *self.derived, "version"]
        return [name for name in dict.fromkeys(names) if name in concrete]

    def column_of(self, field: str) -> Column:
        return next(column for column in self.columns if column.field == field)

    def depends_on(self) -> set[str]:
        """Sheets that must be read and written before this one."""
        named = {sheet for column in self.columns for sheet in column.sheets}
        return (named | set(self.after)) - {self.sheet}


_registered: dict[str, Ledger] = {}


def register(*ledgers: Ledger) -> None:
    """Called from `AppConfig.ready()`; a sheet belongs to one ledger."""
    for ledger in ledgers:
        holder = _registered.setdefault(ledger.sheet, ledger)
        if type(holder) is not type(ledger):
            raise ValueError(f"sheet {ledger.sheet} is registered twice")


def registered() -> dict[str, Ledger]:
    """Ledgers by sheet, in the workbook's order."""
    return dict(sorted(_registered.items(), key=lambda item: item[1].rank))


def in_order() -> list[Ledger]:
    """Ledgers so that each comes after those it refers to."""
    ledgers = registered()
    graph = {sheet: ledger.depends_on() & ledgers.keys() for sheet, ledger in ledgers.items()}
    return [ledgers[sheet] for sheet in TopologicalSorter(graph).static_order()]
