"""The sheet: one row a station and indicator that people fill in."""

from enum import StrEnum

from filings.models import MonthlyRecord

SHEET = "月报"


class Head(StrEnum):
    """What stands over the columns, in the order in which they are written."""

    STATION = "站点编码"
    STATION_NAME = "社工站"
    MONTH = "月份"
    VERSION = "模板版本"
    CODE = "指标编码"
    INDICATOR = "指标"
    UNIT = "单位"
    NOTE = "口径"
    KNOWN = "系统汇总"
    PREVIOUS = "上月"
    VALUE = "本月上报"
    WHY = "说明"
    # Stands only in a sheet that was sent back.
    FAULTS = "问题"


WRITTEN = tuple(head for head in Head if head is not Head.FAULTS)
READ = (Head.STATION, Head.MONTH, Head.VERSION, Head.CODE, Head.VALUE, Head.WHY)


def version_of(record: MonthlyRecord) -> str:
    """The version of the record's template, with its name: no program takes that for a number."""
    return f"{record.template.slug} {record.template.number}"
