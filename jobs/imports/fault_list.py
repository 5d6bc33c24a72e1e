"""What an import found, as a workbook to take along."""

from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from jobs.imports.template import CREATED, SAFE

WIDTHS = (8, 12, 8, 18, 50, 50)


def fault_list(errors: Iterable[Mapping[str, Any]], warnings: Iterable[Mapping[str, Any]]) -> bytes:
    """One line a fault: where it is, what is wrong, how to mend it. Texts are never formulas."""
    heads = [_("类别"), _("工作表"), _("行"), _("列"), _("问题"), _("怎样改正")]
    lines = [
        (word, fault["sheet"], fault["row"], fault["column"], fault["message"], fault["remedy"])
        for word, faults in ((_("错误"), errors), (_("提醒"), warnings))
        for fault in faults
    ]
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        sheet = book.add_worksheet(_("问题清单"))
        sheet.write_row(0, 0, heads, book.add_format({"bold": True}))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(lines), 1), len(heads) - 1)
        for column, width in enumerate(WIDTHS):
            sheet.set_column(column, column, width)
        for number, line in enumerate(lines, start=1):
            sheet.write_row(number, 0, line)
    return buffer.getvalue()
