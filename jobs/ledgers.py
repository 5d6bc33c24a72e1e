"""The registry of ledgers: what each app lets people fill in as a sheet of the workbook."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from graphlib import TopologicalSorter
from typing import TYPE_CHECKING, Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as looked_up

from jobs.workbook.columns import Column, Kind
from tenancy.permissions import Permission

if TYPE_CHECKING:
    from jobs.imports.book import Book, Draft
    from jobs.imports.rights import Rights
    from tenancy.models import User

__all__ = [
    "BATCH",
    "Column",
    "Kind",
    "Ledger",
    "Narrowing",
    "Reserved",
    "in_order",
    "lead_to",
    "led",
    "named",
    "offer_on_rows",
    "offers_on",
    "page_of",
    "register",
    "registered",
    "show_at",
    "translated",
]

BATCH = 500


@dataclass(frozen=True)
class Reserved:
    """A field for holders of another verb: what others write leaves it `otherwise`."""

    verb: Permission
    otherwise: Any


@dataclass(frozen=True)
class Narrowing:
    """Rows that a list offers to show alone: what it is called, and which they are on a day."""

    label: Any
    rows: Callable[[Any, date], models.QuerySet[Any]]


class Ledger:
    """One sheet: the model behind it, its natural key, its columns and what must hold.

    Subclasses set the attributes and override the hooks they need. `periods` are pairs of fields
    (start, end); `unique` pairs of a column's field and the stored field that no two rows share
    (the same, or its fingerprint); `derived` the fields that `complete` fills; `after` sheets to
    be written first beyond those referred to; `rank` the sheet's place in the workbook; `verb` what
    one needs to write a single row on a page.

    For the pages: `title` is what its rows are called together, where `sheet` is one of them (in
    Chinese the same word); `slug` stands in their addresses; `shown` are the fields of a list,
    `wide` those that only wide screens have room for; `joined` and `unread` what a list fetches
    along and what it must not read; `order` and `words` the lookups by which it is sorted and
    searched, `names` those of people's names; `label` the field that says what a code stands for,
    `personal` whether it is a person's name; `reserved` the fields for holders of another verb;
    `narrowings`, by the word in the address, what the list may be narrowed to.
    """

    sheet: ClassVar[str]
    title: ClassVar[Any]
    model: ClassVar[type[models.Model]]
    key: ClassVar[tuple[str, ...]]
    columns: ClassVar[tuple[Column, ...]]
    periods: ClassVar[tuple[tuple[str, str], ...]] = ()
    unique: ClassVar[tuple[tuple[str, str], ...]] = ()
    derived: ClassVar[tuple[str, ...]] = ()
    after: ClassVar[tuple[str, ...]] = ()
    rank: ClassVar[int] = 100
    verb: ClassVar[Permission]
    slug: ClassVar[str]
    shown: ClassVar[tuple[str, ...]]
    wide: ClassVar[frozenset[str]] = frozenset()
    joined: ClassVar[tuple[str, ...]] = ()
    unread: ClassVar[tuple[str, ...]] = ()
    order: ClassVar[tuple[str, ...]]
    words: ClassVar[tuple[str, ...]]
    names: ClassVar[tuple[str, ...]] = ()
    label: ClassVar[str] = ""
    personal: ClassVar[bool] = False
    reserved: ClassVar[Mapping[str, Reserved]] = {}
    narrowings: ClassVar[Mapping[str, Narrowing]] = {}

    @property
    def thing(self) -> str:
        """What one row is: `supervision-centre`."""
        return self.slug.removesuffix("s")

    @property
    def view_verb(self) -> Permission:
        """The verb that makes its rows exist for somebody."""
        found: Permission = self.model._default_manager.all().view_permission  # type: ignore[attr-defined]
        return found

    def rows(self) -> models.QuerySet[Any]:
        """All rows of the tenant; override to `select_related` what the hooks look at."""
        return self.model._default_manager.all()

    def in_force(self, rows: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
        """The rows whose first period contains the day."""
        start, end = self.periods[0]
        unended = Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gte": on})
        return rows.filter(unended, **{f"{start}__lte": on})

    def coded(self, code: str) -> dict[str, Any] | None:
        """The look-up of the row that people name by a code; None where no code can name one."""
        return {self.key[0]: code} if len(self.key) == 1 else None

    def pointing_at(self, sheet: str, row: models.Model) -> Q:
        """The rows that refer to a row of another sheet."""
        found = Q(pk__in=[])
        for column in self.columns:
            if sheet in column.sheets:
                found |= Q(**{column.field: row})
        return found

    def offers(self, row: Any) -> Iterable[tuple[Permission, Any, str]]:
        """What else can be done with a row: the verb it takes, its words and its address."""
        return ()

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

    def refers_to(self) -> set[str]:
        """Sheets whose rows this one's rows mean."""
        return {sheet for column in self.columns for sheet in column.sheets}

    def depends_on(self) -> set[str]:
        """Sheets that must be read and written before this one."""
        return (self.refers_to() | set(self.after)) - {self.sheet}


def translated(text: str) -> str:
    """A ledger's own word (a head, a note), marked where it is written, for who reads the page."""
    return looked_up(text) if text else ""


_registered: dict[str, Ledger] = {}


def register(*ledgers: Ledger) -> None:
    """Called from `AppConfig.ready()`; a sheet belongs to one ledger."""
    for ledger in ledgers:
        holder = _registered.setdefault(ledger.sheet, ledger)
        if type(holder) is not type(ledger):
            raise ValueError(f"sheet {ledger.sheet} is registered twice")


def named(slug: str) -> Ledger | None:
    """The ledger of an address."""
    return next((one for one in _registered.values() if one.slug == slug), None)


_pages: dict[str, Callable[[Any], str]] = {}


def show_at(sheet: str, address: Callable[[Any], str]) -> None:
    """Called from `AppConfig.ready()` of an app above: its page shows a sheet's rows better."""
    _pages[sheet] = address


def page_of(ledger: Ledger, row: Any) -> str:
    """The address of the page that an app above has for the row; empty where there is none."""
    return _pages[ledger.sheet](row) if ledger.sheet in _pages else ""


_led: dict[str, Callable[[User, str], str]] = {}


def lead_to(kind: str, address: Callable[[User, str], str]) -> None:
    """Called from `AppConfig.ready()`: rows of a kind that is no sheet are named by a code too.

    The address is empty where the user sees no such row.
    """
    _led[kind] = address


def led(kind: str, user: User, code: str) -> str:
    """The address of a row of such a kind; empty where there is none."""
    return _led[kind](user, code) if kind in _led else ""


Offer = tuple[Permission, Any, str]
_offers: list[Callable[[Ledger, Any], Offer]] = []


def offer_on_rows(offer: Callable[[Ledger, Any], Offer]) -> None:
    """Called from `AppConfig.ready()` of an app above: what can be done with every row."""
    _offers.append(offer)


def offers_on(ledger: Ledger, row: Any) -> list[Offer]:
    """What else can be done with a row: what its ledger says, then what apps above say."""
    return [*ledger.offers(row), *(offer(ledger, row) for offer in _offers)]


def registered() -> dict[str, Ledger]:
    """Ledgers by sheet, in the workbook's order."""
    return dict(sorted(_registered.items(), key=lambda item: item[1].rank))


def in_order() -> list[Ledger]:
    """Ledgers so that each comes after those it refers to."""
    ledgers = registered()
    graph = {sheet: ledger.depends_on() & ledgers.keys() for sheet, ledger in ledgers.items()}
    return [ledgers[sheet] for sheet in TopologicalSorter(graph).static_order()]
