"""What no two rows may share beside the key, such as an identity number."""

from typing import Any

from django.utils.translation import gettext as _

from jobs.imports.book import Book, Draft
from jobs.ledgers import Ledger


def check_unique(book: Book, ledger: Ledger) -> None:
    for field, stored in ledger.unique:
        holders = _first_holders(book, ledger, (field, stored))
        _check_stored(book, ledger, (field, stored), holders)


def _first_holders(book: Book, ledger: Ledger, unique: tuple[str, str]) -> dict[Any, Draft]:
    """The first row of the file for each value; later ones are errors that name both."""
    field, stored = unique
    holders: dict[Any, Draft] = {}
    for draft in book.drafts(ledger.sheet):
        value = getattr(draft.instance, stored)
        first = holders.setdefault(value, draft) if value else draft
        if first is not draft:
            head = ledger.column_of(field).head
            message = _("第 %(first)d 行和第 %(second)d 行重复：%(heads)s相同。")
            told = message % {"first": first.row, "second": draft.row, "heads": head}
            book.error(draft, field, told, _("请核对后改正其中一行。"))
    return holders


def _check_stored(
    book: Book, ledger: Ledger, unique: tuple[str, str], holders: dict[Any, Draft]
) -> None:
    """Says that another row has it, never which or where."""
    field, stored = unique
    in_file = {draft.instance.pk for draft in book.drafts(ledger.sheet)}
    others = ledger.rows().filter(**{f"{stored}__in": holders.keys()})
    for pk, value in others.values_list("pk", stored):
        if pk not in in_file:
            message = _("%(head)s与已登记的另一行相同。") % {"head": ledger.column_of(field).head}
            book.error(holders[value], field, message, _("请核对编码，同一对象只登记一次。"))
