"""What is taken away of a place's page: the same rows, day and filter."""

from datetime import date

from compliance.findings import SubjectKind
from compliance.summary import Summary, summaries
from dashboard import standings
from dashboard.days import Day
from dashboard.seats import station_rows, stations_listed
from dashboard.sheets import Scope, Sheet, areas_sheet, stations_sheet, verdicts_sheet
from dashboard.surroundings import surroundings
from dashboard.verdicts import lines_at
from tenancy.models import Area, User


def extract(user: User, area: Area, day: Day, asked: str) -> tuple[Sheet, Scope]:
    """A station's verdicts, a street's stations, else the areas just below."""
    if area.level == Area.Level.STATION:
        figures = summaries([area], user, day.on)
        return _verdicts(user, figures), _scope(user, area, day.on, figures, "")
    listed = stations_listed(user, area, day.on)
    children = [] if listed else surroundings(user, area, day.on).children
    nodes = [station.area for station in listed]
    figures = summaries([area, *children, *nodes], user, day.on)
    scope = _scope(user, area, day.on, figures, asked)
    if listed:
        rows = station_rows(listed, figures, day)
        return stations_sheet(standings.narrowed(rows, lambda row: row.status, asked)), scope
    below = standings.narrowed(
        children, lambda child: standings.status_of(figures.get(child.pk)), asked
    )
    return areas_sheet(below, figures), scope


def _verdicts(user: User, figures: dict[int, Summary]) -> Sheet:
    """Without those on people: what is taken away is read by others as well."""
    lines = lines_at(user, figures)
    return verdicts_sheet(
        line for line in lines if line.finding.subject.kind is not SubjectKind.WORKER
    )


def _scope(user: User, area: Area, on: date, figures: dict[int, Summary], asked: str) -> Scope:
    narrowed = standings.word_of(asked) if asked else ""
    return Scope(f"{area.name} {area.code}", figures.get(area.pk), figures, on, narrowed, user)
