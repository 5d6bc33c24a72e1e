"""The cells of one record in a sheet: read as on the page, and told from what stands."""

from decimal import Decimal

from django.utils.translation import gettext as _

from filings.cells import LONGEST_EXPLANATION, LONGEST_TEXT, Given, read, text_of
from filings.facts import Sheet, content_of, sheet_of
from filings.grid import plain_number
from filings.models import MonthlyRecord
from filings.template.shapes import Indicator
from filings.workbooks.columns import Head
from filings.workbooks.reading import Line
from filings.workbooks.standing import in_one, said_at
from jobs.imports.faults import Fault
from jobs.workbook.cells import CellFault, clean


def would_be(record: MonthlyRecord, standing: Sheet, given: Given) -> Sheet:
    """The record as it would stand with what is given."""
    content = content_of(record)
    content.take(standing.form, given)
    return sheet_of(standing.form, content, standing.around)


class Cells:
    """What the rows give beyond what stands: a cell left as it was found is not touched."""

    def __init__(self, standing: Sheet) -> None:
        self._standing = standing
        self._lines: dict[str, Line] = {}
        self.given: dict[str, str] = {}
        self.explanations: dict[str, str] = {}
        self.errors: list[Fault] = []
        self.warnings: list[Fault] = []

    def take(self, line: Line) -> None:
        """Read one row."""
        code = line.text(Head.CODE)
        indicator = self._standing.form.indicators.get(code)
        fault = _not_typed(line, code, indicator) or self._twice(line, code)
        if fault or indicator is None:
            self.errors.extend([fault] if fault else [])
            return
        self._lines[code] = line
        if Head.VALUE not in line.refused:
            self._take_value(line, indicator)

    def _twice(self, line: Line, code: str) -> Fault | None:
        former = self._lines.get(code)
        if former is None:
            return None
        message = _("与第 %(row)d 行重复。") % {"row": former.number}
        return line.fault(Head.CODE, message, _("一个指标只留一行，请删去多余的行。"))

    def _take_value(self, line: Line, indicator: Indicator) -> None:
        if indicator.is_text:
            self._take_text(line, indicator.code)
            return
        try:
            found = read(line.cells[Head.VALUE], indicator)
        except CellFault as fault:
            self.errors.append(line.fault(Head.VALUE, fault.message, fault.remedy))
            return
        if not self._stands(indicator.code, found):
            self.given[indicator.code] = plain_number(found)

    def _stands(self, code: str, found: Decimal | None) -> bool:
        unread = code in self._standing.content.unread
        return not unread and found == self._standing.here.get(code)

    def _take_text(self, line: Line, code: str) -> None:
        raw = line.cells[Head.VALUE]
        said, length = text_of(raw), len(str(raw or ""))
        if length > LONGEST_TEXT:
            self.errors.append(_too_long(line, Head.VALUE, length, LONGEST_TEXT))
        elif said != text_of(self._standing.content.texts.get(code)):
            self.given[code] = said

    def explain(self, record: MonthlyRecord) -> None:
        """Read the sentences: each is for the soft checks that lead to its cell."""
        changed = {code: line for code, line in self._lines.items() if self._is_new(code, line)}
        if not changed:
            return
        after = would_be(record, self._standing, Given(self.given))
        for code, line in changed.items():
            self._explain(after, code, line)

    def _is_new(self, code: str, line: Line) -> bool:
        stands = in_one(said_at(self._standing, code).values())
        return Head.WHY not in line.refused and line.text(Head.WHY) != clean(stands)

    def _explain(self, after: Sheet, code: str, line: Line) -> None:
        said = line.text(Head.WHY)
        asked = [one.code for one in after.soft if one.cell == code]
        if len(said) > LONGEST_EXPLANATION:
            self.errors.append(_too_long(line, Head.WHY, len(said), LONGEST_EXPLANATION))
        elif said and not asked:
            message = _("这一项不需要说明，“说明”中的话没有写入。")
            self.warnings.append(line.fault(Head.WHY, message, _("要留存的话请写在文字项中。")))
        else:
            checks = asked if said else said_at(self._standing, code)
            self.explanations.update(dict.fromkeys(checks, said))


def _not_typed(line: Line, code: str, indicator: Indicator | None) -> Fault | None:
    if indicator is None:
        message = _("指标编码“%(code)s”不在月报模板中。") % {"code": code[:40]}
        return line.fault(Head.CODE, message, _("请按下载的填报表填写，或删去这一行。"))
    if indicator.formula is not None:
        message = _("“%(name)s”由系统计算，不能填报。") % {"name": indicator.name}
        return line.fault(Head.CODE, message, _("请删去这一行。"))
    return None


def _too_long(line: Line, head: Head, length: int, most: int) -> Fault:
    told = {"length": length, "most": most}
    message = _("文字有 %(length)d 个字，最多 %(most)d 个。") % told
    return line.fault(head, message, _("请缩短后再上传。"))
