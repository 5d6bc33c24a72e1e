"""The head of a sheet: which column stands where."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from jobs.imports.faults import Fault
from jobs.imports.fit import fitted
from jobs.ledgers import Ledger
from jobs.workbook.cells import clean, is_empty
from jobs.workbook.columns import Column
from jobs.workbook.reader import Raw, Sheet

HEAD_ROW = 1


@dataclass
class Head:
    """Known columns by their position in the row, the texts of all, and what is wrong.

    `missing` are the fields of required columns that are not there.
    """

    columns: dict[int, Column] = field(default_factory=dict)
    missing: set[str] = field(default_factory=set)
    texts: list[str] = field(default_factory=list)
    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)

    def text_at(self, column: int) -> str:
        """The head's text over a column (from 1); its letter where it has none."""
        text = self.texts[column - 1] if column <= len(self.texts) else ""
        return text or letter(column)


def letter(column: int) -> str:
    """28 is `AB`, as Excel names columns."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def bare(raw: Raw) -> str:
    """A head without blanks, its `*` and a remark in brackets: `面积 *（平方米）` is `面积`."""
    text = clean(raw).replace(" ", "").strip("*")
    return re.sub(r"[(\[【].*[)\]】]$", "", text).strip("*")


def read_head(ledger: Ledger, sheet: Sheet) -> Head:
    """Order is free; unknown columns are reported, missing required ones are errors."""
    head = Head(texts=[bare(raw) for raw in sheet.rows[0]])
    known = {column.head: fitted(ledger, column) for column in ledger.columns}
    for index, text in enumerate(head.texts):
        if text in known:
            _place(head, sheet.name, index, known[text])
        elif text or _has_data(sheet, index):
            head.warnings.append(_unknown(head, sheet.name, index))
    head.warnings = list(dict.fromkeys(head.warnings))  # a merged title stands over every column
    head.errors.extend(_missing(head, sheet.name, known))
    return head


def _place(head: Head, sheet: str, index: int, column: Column) -> None:
    if column in head.columns.values():
        message = _("“%(head)s”这一列出现了两次。") % {"head": column.head}
        remedy = _("请删去多余的一列。")
        head.errors.append(Fault(sheet, HEAD_ROW, column.head, message, remedy))
    else:
        head.columns[index] = column


def _has_data(sheet: Sheet, index: int) -> bool:
    return any(not is_empty(row[index]) for row in sheet.rows[1:])


def _unknown(head: Head, sheet: str, index: int) -> Fault:
    text = head.text_at(index + 1)
    message = _("不认识“%(head)s”这一列，没有导入。") % {"head": text}
    return Fault(sheet, HEAD_ROW, text, message, _("如需导入，请改用模板中的列名。"))


def _missing(head: Head, sheet: str, known: dict[str, Column]) -> Iterator[Fault]:
    for column in known.values():
        if column.required and column.head not in head.texts:
            head.missing.add(column.field)
            message = _("缺少必填的列“%(head)s”。") % {"head": column.head}
            yield Fault(sheet, HEAD_ROW, column.head, message, _("请按模板补上这一列。"))
