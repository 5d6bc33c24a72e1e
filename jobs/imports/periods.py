"""Dates that end before they start."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from jobs.imports.book import Book, Draft
from jobs.ledgers import Ledger


def check_periods(book: Book, ledger: Ledger) -> None:
    for draft in book.drafts(ledger.sheet):
        for start, end in ledger.periods:
            _check_period(book, ledger, draft, (start, end))


def _check_period(book: Book, ledger: Ledger, draft: Draft, fields: tuple[str, str]) -> None:
    start, end = fields
    first, last = _day(draft.instance, start), _day(draft.instance, end)
    if first and last and last < first:
        names = {"end": ledger.column_of(end).head, "start": ledger.column_of(start).head}
        message = _("%(end)s %(last)s 早于%(start)s %(first)s。")
        remedy = _("请核对“%(start)s”和“%(end)s”。") % names
        told = message % {**names, "first": first, "last": last}
        book.error(draft, end, told, remedy)


def _day(instance: Any, field: str) -> date | None:
    value = getattr(instance, field)
    return value if isinstance(value, date) else None
