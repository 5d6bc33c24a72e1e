"""What a report would say if it were ordered now. Nothing is written."""

from compliance.assessment import assess_period
from compliance.models import Report
from compliance.reports.contents import MOST_ROWS, Contents, contents_from
from compliance.reports.duties import known_of
from compliance.reports.sources import unkept
from compliance.rows import run_of
from tenancy.models import Area, User
from tenancy.periods import Period

# Beyond them nobody waits at a page for the judgement.
MOST_STATIONS = 1000


def is_wide(area: Area) -> bool:
    """Whether there are too many stations to be judged at once."""
    stations = Area.objects.below(area.path).filter(level=Area.Level.STATION)
    return stations.count() > MOST_STATIONS


def preview_of(area: Area, period: Period, by: User) -> Contents:
    """The report as of now, without a version and a code."""
    assessment = assess_period(area, period)
    run = run_of(assessment, by)
    known = known_of(area, run.on, run.created_at)
    report = Report(
        area=area, period=period.name, run=run, created_at=run.created_at, **known._asdict()
    )
    return contents_from(unkept(run, assessment), report, MOST_ROWS)
