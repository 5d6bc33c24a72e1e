"""Reading one cell: every spelling people use, and a plain sentence for what cannot be read."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from jobs.workbook.cells.dates import day
from jobs.workbook.cells.numbers import decimal, integer, money, share
from jobs.workbook.cells.official import area, areas, identity
from jobs.workbook.cells.texts import CellFault, choice, clean, code, is_empty, text, yes_no
from jobs.workbook.columns import Column, Kind
from jobs.workbook.reader import Raw

__all__ = ["CellFault", "clean", "is_empty", "parse"]

PARSERS: Mapping[Kind, Callable[[Raw, Column], Any]] = {
    Kind.TEXT: text,
    Kind.CODE: code,
    Kind.DATE: day,
    Kind.MONEY: money,
    Kind.DECIMAL: decimal,
    Kind.INTEGER: integer,
    Kind.SHARE: share,
    Kind.CHOICE: choice,
    Kind.YES_NO: yes_no,
    Kind.IDENTITY: identity,
    Kind.AREA: area,
    Kind.AREAS: areas,
    Kind.ORGANISATION: text,
}


def parse(raw: Raw, column: Column) -> Any:
    """The cell's value; None where it is empty and may be."""
    if is_empty(raw):
        if column.required:
            raise CellFault(
                _("此格必填，现在是空的。"), _("请填写“%(head)s”。") % {"head": column.head}
            )
        return None
    return PARSERS[column.kind](raw, column)
