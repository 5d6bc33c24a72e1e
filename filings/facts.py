"""What is known around records: sources, targets, the month before, the year so far.

Loaded for many records at once, in a fixed number of queries.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from filings.calendars import workdays_in
from filings.cells import Content, fault_of
from filings.models import CalendarDay, MonthlyRecord
from filings.template import filling
from filings.template.expressions import WORKDAYS
from filings.template.shapes import LAST_MONTH, Figures, Indicator, OverTime, Problem, Template
from stations import figures as sources
from tenancy.periods import Period

Numbers = Mapping[str, Decimal | None]
# What the sources said is asked again after so long; people save every few seconds.
FRESH = timedelta(minutes=10)


@dataclass(frozen=True)
class Around:
    """What stands beside the cells of one record."""

    previous: Numbers = field(default_factory=dict)
    earlier: Numbers = field(default_factory=dict)
    known: Numbers = field(default_factory=dict)
    targets: Numbers = field(default_factory=dict)
    workdays: int = 0


@dataclass(frozen=True)
class Sheet:
    """A record with everything beside it: what a page, a workbook and a check look at."""

    form: Template
    content: Content
    around: Around
    here: Numbers
    problems: tuple[Problem, ...]

    @property
    def hard(self) -> list[Problem]:
        return [one for one in self.problems if one.is_hard]

    @property
    def soft(self) -> list[Problem]:
        return [one for one in self.problems if not one.is_hard]

    @property
    def unexplained(self) -> list[Problem]:
        """Soft ones that nobody has said anything about."""
        return [one for one in self.soft if one.code not in self.content.explanations]

    @property
    def is_prefilled(self) -> frozenset[str]:
        """The cells that nobody has touched and the platform has filled."""
        return frozenset(
            code
            for code in self.form.typed
            if code not in self.content.figures and self.here.get(code) is not None
        )

    def year(self, code: str) -> Decimal | None:
        """The year so far, this month included; of a figure at the month's end, that figure."""
        return so_far(self.form, self.around.earlier, self.here).get(code)


def content_of(record: MonthlyRecord) -> Content:
    """What the record says, to be changed."""
    return Content(
        dict(record.figures),
        dict(record.texts),
        dict(record.unread),
        dict(record.explanations),
    )


def sheet_of(form: Template, content: Content, around: Around) -> Sheet:
    """Fill in what is known and computed, and check."""
    here = dict(content.figures)
    for code, indicator in form.typed.items():
        if code not in here and code not in content.unread and indicator.source:
            here[code] = around.known.get(indicator.source)
    typed = _figures(form, here, around)
    here |= filling.computed(form, typed)
    states = {one.code: here[one.code] for one in form.computed if not _adds_up(one)}
    figures = replace(typed, here=here, year={**typed.year, **states})
    unread = {code: fault_of(raw, form.indicators[code]) for code, raw in content.unread.items()}
    found = filling.problems(form, figures, content.texts, unread, _blank())
    return Sheet(form, content, around, here, tuple(found))


def _blank() -> str:
    return _("填写本月数，没有请填 0。")


def _figures(form: Template, here: Numbers, around: Around) -> Figures:
    return Figures(
        here=here,
        previous=around.previous,
        year=so_far(form, around.earlier, here),
        known=_by_code(form, around.known, "source"),
        targets=_by_code(form, around.targets, "target"),
        workdays=around.workdays,
    )


def _by_code(form: Template, values: Numbers, name: str) -> dict[str, Decimal | None]:
    """What the sources give, by the indicator that names them."""
    found = {}
    for code, indicator in form.numbers.items():
        source = getattr(indicator, name)
        if source in values:
            found[code] = values[source]
    return found


def so_far(form: Template, earlier: Numbers, here: Numbers) -> dict[str, Decimal | None]:
    """By indicator: added up over the year, or, of a state at the month's end, the newest.

    What is computed is computed from the year's figures: shares do not add.
    """
    year = {
        code: _so_far(earlier.get(code), here.get(code), adds_up=_adds_up(one))
        for code, one in form.typed.items()
    }
    computed = filling.computed(form, Figures(here=year))
    return year | {
        one.code: computed[one.code] if _adds_up(one) else here.get(one.code)
        for one in form.computed
    }


def _adds_up(indicator: Indicator) -> bool:
    return indicator.over_time is OverTime.SUM


def _so_far(earlier: Decimal | None, here: Decimal | None, *, adds_up: bool) -> Decimal | None:
    if here is None or earlier is None or not adds_up:
        return here if here is not None else (earlier if adds_up else None)
    return earlier + here


def around(record: MonthlyRecord) -> Around:
    """What stands beside one record."""
    return around_all([record])[record.pk]


def around_all(records: Sequence[MonthlyRecord]) -> dict[int, Around]:
    """What stands beside each of the records, which are of one month."""
    if not records:
        return {}
    period = records[0].period
    former, known = _former(records, period), _known(records, period)
    return {
        record.pk: _one(record, former[record.station_id], known[record.pk]) for record in records
    }


def _known(records: Sequence[MonthlyRecord], period: Period) -> dict[int, Numbers]:
    """What the sources and the calendar say, by record: kept where fresh, else read anew."""
    found: dict[int, Numbers] = {one.pk: one.known for one in records if is_fresh(one)}
    others = [one for one in records if one.pk not in found]
    if others:
        stations = [one.station_id for one in others]
        read = sources.known(_names(one.template.form for one in others), stations, period)
        workdays = workdays_in(period, CalendarDay.objects.exceptions(period.first, period.last))
        for one in others:
            found[one.pk] = {WORKDAYS: Decimal(workdays)} | {
                name: values[one.station_id]
                for name, values in read.items()
                if one.station_id in values
            }
    return found


def is_fresh(record: MonthlyRecord) -> bool:
    """Whether what is kept of the sources may stand for what they say."""
    return record.known_at is not None and timezone.now() - record.known_at < FRESH


def sources_of(record: MonthlyRecord) -> dict[str, Any]:
    """What to keep of the sources with a draft; nothing where what is kept is fresh."""
    if is_fresh(record):
        return {}
    known = _known([record], record.period)[record.pk]
    return {"known": dict(known), "known_at": timezone.now()}


def _names(forms: Iterable[Template]) -> list[str]:
    """The sources and targets that the templates name."""
    return sorted({name for form in forms for name in (*form.sources, *form.targets)})


def _one(record: MonthlyRecord, former: list[tuple[date, Numbers]], known: Numbers) -> Around:
    before = _month_before(record.month)
    previous = next((figures for month, figures in former if month == before), {})
    opening = {f"{LAST_MONTH}{code}": value for code, value in previous.items()}
    workdays = int(known.get(WORKDAYS) or 0)
    return Around(previous, _added(former, record.month), {**known, **opening}, known, workdays)


def _month_before(month: date) -> date:
    return (month - timedelta(days=1)).replace(day=1)


def _added(former: list[tuple[date, Numbers]], month: date) -> dict[str, Decimal]:
    total: dict[str, Decimal] = defaultdict(Decimal)
    for at, figures in former:
        if at.year == month.year:
            for code, value in figures.items():
                total[code] += value or 0
    return dict(total)


def _former(
    records: Sequence[MonthlyRecord], period: Period
) -> dict[int, list[tuple[date, Numbers]]]:
    """The filed months of the year before each record's, and the month before it."""
    first = min(period.first.replace(month=1), _month_before(period.first))
    rows = MonthlyRecord.objects.filter(
        station__in={record.station_id for record in records},
        month__gte=first,
        month__lt=period.first,
        submitted_at__isnull=False,
    )
    found: dict[int, list[tuple[date, Numbers]]] = defaultdict(list)
    for station, month, figures in rows.values_list("station_id", "month", "figures"):
        found[station].append((month, figures))
    return found


def sheet(record: MonthlyRecord) -> Sheet:
    """One record as it stands."""
    return sheet_of(record.template.form, content_of(record), around(record))


def unconnected(form: Template) -> list[str]:
    """Sources that the template names and no app offers yet: such cells are typed."""
    return [name for name in form.sources if sources.find(name) is None]
