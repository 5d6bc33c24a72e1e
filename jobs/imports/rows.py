"""The rows of a sheet: every cell read, every fault kept."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from jobs.imports.faults import Fault
from jobs.imports.heads import HEAD_ROW, Head, letter, read_head
from jobs.imports.periods import faults_within
from jobs.ledgers import Ledger
from jobs.workbook.cells import CellFault, clean, is_empty, parse
from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw, Sheet


@dataclass
class Row:
    """One filled row: values by field (None = empty cell) for the columns that the sheet has.

    `unread` are the fields whose cells have a fault, or whose required column is missing.
    """

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    unread: set[str] = field(default_factory=set)


@dataclass
class ReadSheet:
    """A sheet after reading. `unusable` holds the key texts of rows that nothing can refer to,
    `headless` says that no row has a key.
    """

    ledger: Ledger
    rows: list[Row] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    unusable: set[str] = field(default_factory=set)
    headless: bool = False


def read_sheet(ledger: Ledger, sheet: Sheet) -> ReadSheet:
    """All rows as far as they can be read, and all faults of their cells."""
    result = ReadSheet(ledger)
    if not sheet.rows:
        return result
    head = read_head(ledger, sheet)
    result.errors.extend(head.errors)
    result.warnings.extend([*head.warnings, *_merged(sheet, head)])
    result.errors.extend(_refused_cells(sheet, head))
    result.headless = ledger.key[0] in head.missing
    for number, cells in enumerate(sheet.rows[1:], start=HEAD_ROW + 1):
        if any(not is_empty(raw) for raw in cells):
            _read_row(result, sheet, head, (number, cells))
    return result


def _merged(sheet: Sheet, head: Head) -> Iterator[Fault]:
    for top, left, bottom, right in sheet.merged:
        cells = f"{_address(top, left)}:{_address(bottom, right)}"
        message = _("%(cells)s 是合并单元格，已把同一内容填入每一格。") % {"cells": cells}
        yield Fault(sheet.name, top, head.text_at(left), message, _("请核对；最好取消合并。"))


def _address(row: int, column: int) -> str:
    return f"{letter(column)}{row}"


def _refused_cells(sheet: Sheet, head: Head) -> Iterator[Fault]:
    for row, column in sorted(sheet.formulas):
        message = _("%(cell)s 是公式，不能导入。") % {"cell": _address(row, column)}
        remedy = _("请复制后“选择性粘贴—数值”，把公式变成值。")
        yield Fault(sheet.name, row, head.text_at(column), message, remedy)
    for row, column in sorted(sheet.faulty - sheet.formulas):
        message = _("%(cell)s 是错误值。") % {"cell": _address(row, column)}
        yield Fault(sheet.name, row, head.text_at(column), message, _("请填写正确的内容。"))


def _read_row(result: ReadSheet, sheet: Sheet, head: Head, numbered: tuple[int, list[Raw]]) -> None:
    number, cells = numbered
    row = Row(number, unread=set(head.missing))
    result.errors.extend(_read_cells(row, sheet, head, cells))
    result.errors.extend(faults_within(result.ledger, number, row.values))
    result.rows.append(row)
    if result.ledger.key[0] in row.unread:
        result.unusable.add(_key_text(result.ledger, head, cells))


def _read_cells(row: Row, sheet: Sheet, head: Head, cells: list[Raw]) -> Iterator[Fault]:
    for index, column in head.columns.items():
        if (row.number, index + 1) in sheet.refused:
            row.unread.add(column.field)
            continue
        try:
            row.values[column.field] = parse(cells[index], column)
        except CellFault as fault:
            row.unread.add(column.field)
            yield Fault(sheet.name, row.number, column.head, fault.message, fault.remedy)


def _key_text(ledger: Ledger, head: Head, cells: list[Raw]) -> str:
    for index, column in head.columns.items():
        if column.field == ledger.key[0]:
            return clean(cells[index])
    return ""


def column_heads(ledger: Ledger, fields: tuple[str, ...]) -> list[str]:
    heads: dict[str, Column] = {column.field: column for column in ledger.columns}
    return [heads[name].head for name in fields if name in heads]
