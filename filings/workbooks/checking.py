"""A sheet that somebody filled in against the records: every fault at once, or what it changes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from filings.facts import Sheet as Standing
from filings.models import MonthlyRecord
from filings.reaching import why_not_fillable
from filings.workbooks.cells import Cells
from filings.workbooks.columns import SHEET, Head, version_of
from filings.workbooks.reading import Filled, Line, month_in, read_rows
from filings.workbooks.standing import sheets_of, whole, within_reach
from jobs.imports.faults import Fault, in_file_order
from jobs.workbook.reader import Sheet
from stations.models import Station
from tenancy.models import User
from tenancy.periods import month_of
from tenancy.permissions import Permission

Key = tuple[str, date | None]


@dataclass(frozen=True)
class Change:
    """What a sheet gives for one record, beyond what stands: as `Given`, in plain texts."""

    record: MonthlyRecord
    cells: dict[str, str]
    explanations: dict[str, str]


@dataclass
class Checked:
    """All that a check found; `same` counts records for which the sheet says what stands."""

    errors: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    same: int = 0


def check(sheet: Sheet | None, by: User) -> Checked:
    """As the page would check it, for all records of the sheet; `None` is a file without it."""
    if sheet is None:
        message = _("文件里没有名为“%(sheet)s”的工作表。") % {"sheet": SHEET}
        return Checked([Fault("", 0, "", message, _("请下载填报表，在其中填写后再上传。"))])
    filled = read_rows(sheet)
    found = Checked([*filled.errors], [*filled.warnings])
    _check_records(found, filled, by)
    found.errors = in_file_order(found.errors, [SHEET])
    found.warnings = in_file_order(found.warnings, [SHEET])
    return found


def _check_records(found: Checked, filled: Filled, by: User) -> None:
    groups = _by_record(filled.lines)
    reach = _Reach(by, groups)
    for key, lines in groups.items():
        record = reach.records.get(key)
        if record is None:
            found.errors.append(_counted(reach.why_missing(key, lines[0]), lines))
        elif refused := [*_refusals(record, lines)]:
            found.errors.extend(refused)
        else:
            _check_cells(found, record, reach.standing[record.pk], lines)


def _by_record(lines: list[Line]) -> dict[Key, list[Line]]:
    groups: dict[Key, list[Line]] = {}
    for line in lines:
        key = line.text(Head.STATION), month_in(line.cells[Head.MONTH])
        groups.setdefault(key, []).append(line)
    return groups


class _Reach:
    """What of the named stations and months the person fills in; a fixed number of queries."""

    def __init__(self, by: User, keys: dict[Key, list[Line]]) -> None:
        codes = {code for code, _month in keys}
        months = {month for _code, month in keys if month}
        named = within_reach(by).filter(station__code__in=codes, month__in=months)
        rows = [one for one in whole(named) if (one.station.code, one.month) in keys]
        self.records: dict[Key, MonthlyRecord] = {
            (one.station.code, one.month): one for one in rows
        }
        self.standing = sheets_of(rows)
        self._stations = {
            station.code: station
            for station in Station.objects.visible_to(by, Permission.FILL_RECORD).filter(
                code__in=codes
            )
        }

    def why_missing(self, key: Key, line: Line) -> Fault:
        """Why there is no record of a station and month, and what to do."""
        code, month = key
        station = self._stations.get(code)
        if station is None:
            return _not_yours(line, code)
        if month is None:
            message = _("“%(text)s”不是月份。") % {"text": line.text(Head.MONTH)[:40]}
            return line.fault(Head.MONTH, message, _("请写成 2026-10 的样子。"))
        told = {"station": station.name, "month": f"{month:%Y-%m}"}
        if month > timezone.localdate():
            message = _("%(month)s 还没有到，不能填报。") % told
            return line.fault(Head.MONTH, message, _("请核对月份。"))
        if station.opened_on > _last_of(month):
            told["day"] = f"{station.opened_on:%Y-%m-%d}"
            message = _("%(station)s于 %(day)s 启用，%(month)s 不需要填报。") % told
            return line.fault(Head.MONTH, message, _("请核对月份，或删去这些行。"))
        message = _("%(station)s没有 %(month)s 的月报。") % told
        return line.fault(Head.MONTH, message, _("请核对月份；确需填报，请联系区民政局。"))


def _last_of(month: date) -> date:
    return month_of(month).last


def _not_yours(line: Line, code: str) -> Fault:
    """Whether such a station exists elsewhere is not told."""
    if not code:
        return line.fault(Head.STATION, _("没有写站点编码。"), _("请按下载的填报表填写。"))
    message = _("社工站“%(code)s”不在你的填报范围内。") % {"code": code[:40]}
    return line.fault(Head.STATION, message, _("请核对站点编码，只保留自己的社工站。"))


def _counted(fault: Fault, lines: list[Line]) -> Fault:
    """One fault for all rows of a record that cannot be filled in."""
    if len(lines) == 1:
        return fault
    more = _("同样的共 %(count)d 行。") % {"count": len(lines)}
    return Fault(fault.sheet, fault.row, fault.column, fault.message + more, fault.remedy)


def _refusals(record: MonthlyRecord, lines: list[Line]) -> Iterator[Fault]:
    if not record.is_fillable:
        yield lines[0].fault(Head.MONTH, why_not_fillable(record), _("请删去这些行。"))
    version = version_of(record)
    others = [line for line in lines if line.text(Head.VERSION) != version]
    if others:
        told = {"other": others[0].text(Head.VERSION)[:40], "version": version}
        message = _("模板版本是“%(other)s”，这份月报用的是“%(version)s”。") % told
        remedy = _("请重新下载填报表，把数填进去后再上传。")
        yield _counted(others[0].fault(Head.VERSION, message, remedy), others)


def _check_cells(
    found: Checked, record: MonthlyRecord, standing: Standing, lines: list[Line]
) -> None:
    cells = Cells(standing)
    for line in lines:
        cells.take(line)
    cells.explain(record)
    found.errors.extend(cells.errors)
    found.warnings.extend(cells.warnings)
    if cells.given or cells.explanations:
        found.changes.append(Change(record, cells.given, cells.explanations))
    else:
        found.same += 1
