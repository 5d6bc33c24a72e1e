"""The workbook to take along: every cell that people fill in, with what is known beside it."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

from django.utils.translation import gettext as _
from xlsxwriter import Workbook

from filings.facts import Sheet
from filings.models import MonthlyRecord
from filings.template.shapes import Indicator
from filings.workbooks.columns import SHEET, WRITTEN, Head, version_of
from filings.workbooks.standing import in_one, said_at
from jobs.imports.export import write_cell
from jobs.imports.template import CREATED, SAFE
from jobs.imports.written import Written

WIDTHS = {
    Head.STATION: 16,
    Head.STATION_NAME: 24,
    Head.VERSION: 13,
    Head.CODE: 20,
    Head.INDICATOR: 20,
    Head.UNIT: 6,
    Head.NOTE: 46,
    Head.WHY: 36,
}
WIDTH = 11
TO_FILL = {"bg_color": "#FFF6D6", "border": 1, "border_color": "#E0C970"}
OFTEN = {"text_wrap": True, "valign": "top"}


def filled_workbook(records: Sequence[MonthlyRecord], sheets: Mapping[int, Sheet]) -> bytes:
    """The records as they stand; the same records give the same bytes."""
    buffer = BytesIO()
    with Workbook(buffer, {**SAFE, "in_memory": True}) as book:
        book.set_properties({"created": CREATED})
        page = book.add_worksheet(SHEET)
        _lay_out(book, page)
        rows = [line for record in records for line in lines(record, sheets[record.pk])]
        for number, line in enumerate(rows, start=1):
            for index, value in enumerate(line):
                write_cell(page, (number, index), value, None)
        page.autofilter(0, 0, max(len(rows), 1), len(WRITTEN) - 1)
        _explain(book.add_worksheet(_("填写说明")))
    return buffer.getvalue()


def _lay_out(book: Any, page: Any) -> None:
    """The head stays in sight, and the columns to fill are seen to be."""
    bold, marked = {"bold": True, "border": 1}, {"bold": True, **TO_FILL, "bg_color": "#FFD966"}
    page.freeze_panes(1, 2)
    for index, head in enumerate(WRITTEN):
        own = head in (Head.VALUE, Head.WHY)
        page.set_column(
            index, index, WIDTHS.get(head, WIDTH), book.add_format(OFTEN | (TO_FILL if own else {}))
        )
        page.write_string(0, index, head, book.add_format(marked if own else bold))


def lines(record: MonthlyRecord, sheet: Sheet) -> Iterator[list[Written]]:
    """One row an indicator, in the order of the form; computed ones are left out."""
    for indicator in sheet.form.indicators.values():
        if indicator.formula is None:
            yield _line(record, sheet, indicator)


def _line(record: MonthlyRecord, sheet: Sheet, indicator: Indicator) -> list[Written]:
    code = indicator.code
    return [
        record.station.code,
        record.station.name,
        f"{record.month:%Y-%m}",
        version_of(record),
        code,
        indicator.name,
        indicator.unit,
        indicator.note,
        sheet.around.known.get(indicator.source),
        sheet.around.previous.get(code),
        standing(sheet, indicator),
        in_one(said_at(sheet, code).values()) or None,
    ]


def standing(sheet: Sheet, indicator: Indicator) -> Written:
    """What stands in the cell; what could not be read stands as it was typed."""
    code = indicator.code
    if indicator.is_text:
        return sheet.content.texts.get(code) or None
    return sheet.content.unread.get(code) or sheet.here.get(code)


def _explain(page: Any) -> None:
    page.set_column(0, 0, 100)
    for number, sentence in enumerate(how_to_fill()):
        page.write_string(number, 0, sentence)


def how_to_fill() -> list[str]:
    """What to do with the workbook, sentence by sentence."""
    return [
        _("只填“本月上报”和“说明”两列，其余各列供对照，请勿改动。"),
        _("数字格只填数字，不写单位；没有发生的填 0，留空表示还没有填。"),
        _("“本月上报”中已有的数来自系统汇总、上月末数或已保存的草稿，与实际不符的请改正。"),
        _("系统提示需要说明的项目，在该行“说明”中写一句话，最多 200 字。"),
        _("合计、结余、人均等由系统计算，不在表中。"),
        _("可以删去不报的行：表中没有的行，系统中的内容保持不变。"),
        _("不要使用公式、合并单元格和宏；第 1 行是表头，请勿删除。"),
        _("填好后存为 .xlsx、.xls 或 .csv，在“用 Excel 填报”上传；核对、确认之后才写入草稿。"),
        _("写入的是草稿，仍须在月报页面校验并报送。"),
    ]
