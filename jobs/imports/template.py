"""The empty workbook to fill in: one sheet a ledger, and how to fill it, from the columns."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from jobs.imports.run import GUIDE
from jobs.ledgers import Ledger, translated
from jobs.workbook.cells.texts import YES
from jobs.workbook.columns import Column, Kind
from jobs.workbook.scan import MAX_ROWS

AS_TEXT = (Kind.TEXT, Kind.CODE, Kind.IDENTITY, Kind.AREA, Kind.AREAS, Kind.ORGANISATION)
# A fixed moment: the same ledgers give the same bytes.
CREATED = datetime(2026, 1, 1)
SAFE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
NARROW, WIDE = 14, 26


def write_template(file: Path, ledgers: Sequence[Ledger]) -> None:
    """Write the template: text format where digits must survive, drop-downs, remarks, guide."""
    with Workbook(str(file), SAFE) as book:
        book.set_properties({"created": CREATED})
        sheets = Sheets(book)
        sheets.guide(ledgers)
        for ledger in ledgers:
            sheets.ledger(ledger)


class Sheets:
    """The sheets of a template, one after the other."""

    def __init__(self, book: Any) -> None:
        self._book = book
        head = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
        self._required = book.add_format({**head, "bg_color": "#FDE9D9"})
        self._optional = book.add_format({**head, "bg_color": "#EAF1FB"})
        self._formats = {
            True: book.add_format({"num_format": "@"}),
            False: book.add_format({"num_format": "yyyy-mm-dd"}),
        }
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})

    def ledger(self, ledger: Ledger) -> Any:
        sheet = self._book.add_worksheet(ledger.sheet)
        sheet.freeze_panes(1, 1)
        for index, column in enumerate(ledger.columns):
            head = self._required if column.required else self._optional
            sheet.write_string(0, index, starred(column), head)
            sheet.write_comment(0, index, how_to_fill(column), {"x_scale": 2})
            sheet.set_column(index, index, _width(column), self._format(column))
            _offer(sheet, index, column)
        return sheet

    def _format(self, column: Column) -> Any:
        dated = column.kind is Kind.DATE
        return self._formats[not dated] if dated or column.kind in AS_TEXT else None

    def guide(self, ledgers: Sequence[Ledger]) -> None:
        sheet = self._book.add_worksheet(GUIDE)
        sheet.set_column(0, 1, NARROW)
        sheet.set_column(2, 2, NARROW)
        sheet.set_column(3, 3, 4 * NARROW, self._wrapped)
        rows = [[line] for line in general_rules()]
        rows += [[], [_("工作表"), _("列"), _("必填"), _("怎样填")]]
        rows += [
            [ledger.sheet, column.head, _("必填") if column.required else "", how_to_fill(column)]
            for ledger in ledgers
            for column in ledger.columns
        ]
        for number, row in enumerate(rows):
            for index, text in enumerate(row):
                sheet.write_string(number, index, text)


def starred(column: Column) -> str:
    """The head as it stands in the template."""
    return f"{column.head}*" if column.required else column.head


def general_rules() -> list[str]:
    return [
        _("带 * 的列必填；列的先后次序可以改变，整列不填的选填列可以删去。"),
        _("按编码对应：编码已登记的更新，没有登记的新增；文件中没有的行保持不变。"),
        _("工作表中没有的列不改动原有内容；有这一列而格子是空的，会清空原有内容。"),
        _("日期可写 2026-10-05、2026/10/5、2026.10.5、2026年10月5日、20261005。"),
        _("编码、身份证号、区划代码的列已设为文本，请保持文本格式。"),
        _("不要使用公式、合并单元格和宏；第 1 行是表头，请勿删除。"),
        _("有一处错误就全部不写入；所有错误会一次列出。"),
    ]


def how_to_fill(column: Column) -> str:
    """One or two sentences for a column: what goes in, and what empty means."""
    sentences = [_kinds()[column.kind]]
    if column.choices:
        sentences = [_("可填：%(choices)s。") % {"choices": "、".join(column.choices)}]
    if column.sheets:
        sentences = [_("填“%(sheet)s”中已有的编码。") % {"sheet": "”或“".join(column.sheets)}]
    if column.default is not None:
        sentences.append(_("空着表示“%(value)s”。") % {"value": _default(column)})
    if column.note:
        sentences.append(translated(column.note))
    return "".join(sentences)


def _kinds() -> dict[Kind, str]:
    return {
        Kind.TEXT: _("文字。"),
        Kind.CODE: _("编码，同一工作表中不重复，不含空格、逗号和分号。"),
        Kind.DATE: _("日期，例如 2026-10-05。"),
        Kind.MONEY: _("金额，单位元，最多两位小数。"),
        Kind.DECIMAL: _("数字，最多两位小数。"),
        Kind.INTEGER: _("整数。"),
        Kind.SHARE: _("大于 0、不超过 1 的数，例如 0.5。"),
        Kind.CHOICE: "",
        Kind.YES_NO: _("填“是”或“否”。"),
        Kind.IDENTITY: _("18 位身份证号。"),
        Kind.AREA: _("12 位统计用区划代码。"),
        Kind.AREAS: _("一个或几个 12 位统计用区划代码，用分号隔开。"),
        Kind.ORGANISATION: _("机构全称；没有登记的会新建。"),
    }


def _default(column: Column) -> str:
    words = column.choices or YES
    found = [word for word, value in words.items() if value is column.default]
    return found[0] if found else str(column.default)


def _width(column: Column) -> int:
    return WIDE if column.kind in (Kind.IDENTITY, Kind.AREAS, Kind.ORGANISATION) else NARROW


def _offer(sheet: Any, index: int, column: Column) -> None:
    words = list(column.choices) or (list(YES) if column.kind is Kind.YES_NO else [])
    if words:
        message = _("可填：%(choices)s。") % {"choices": "、".join(words)}
        rule = {"validate": "list", "source": words, "error_message": message}
        sheet.data_validation(1, index, MAX_ROWS, index, rule)
