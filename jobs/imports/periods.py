"""Dates that end before they start."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from jobs.imports.book import Book
from jobs.imports.faults import Fault
from jobs.ledgers import Ledger


def faults_within(ledger: Ledger, row: int, values: dict[str, Any]) -> Iterator[Fault]:
    """What a row's own cells tell, whatever else is wrong with it."""
    for end, message, remedy in _backward(ledger, values.get):
        yield Fault(ledger.sheet, row, ledger.column_of(end).head, message, remedy)


def check_periods(book: Book, ledger: Ledger) -> None:
    """Periods of which the sheet has one end only, and the stored row the other."""
    for draft in book.drafts(ledger.sheet):
        for end, message, remedy in _backward(ledger, partial(getattr, draft.instance)):
            if not {end, _start_of(ledger, end)} <= draft.values.keys():
                book.error(draft, end, message, remedy)


def _start_of(ledger: Ledger, end: str) -> str:
    return next(start for start, last in ledger.periods if last == end)


def _backward(ledger: Ledger, value: Callable[[str], Any]) -> Iterator[tuple[str, str, str]]:
    """Field, message and remedy for each period that ends before it starts."""
    for start, end in ledger.periods:
        first, last = value(start), value(end)
        if isinstance(first, date) and isinstance(last, date) and last < first:
            names = {"end": ledger.column_of(end).head, "start": ledger.column_of(start).head}
            message = _("%(end)s %(last)s 早于%(start)s %(first)s。")
            remedy = _("请核对“%(start)s”和“%(end)s”。") % names
            yield end, message % {**names, "first": first, "last": last}, remedy
