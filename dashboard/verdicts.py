"""What was found at some places, each from the run that last reached it."""

from collections.abc import Iterable, Mapping

from django.db.models import Q

from compliance.findings import SubjectKind
from compliance.lines import Line, line_of
from compliance.models import RunFinding
from compliance.models.run import URGENCY
from compliance.summary import Summary, summaries
from tenancy.models import Area, User


def lines_at(user: User, figures: Mapping[int, Summary]) -> list[Line]:
    """The verdicts on the places themselves, the most urgent first; nothing from below them."""
    here = Q(pk__in=[])
    for place, summary in figures.items():
        here |= Q(run=summary.run_id, place=place)
    rows = RunFinding.objects.visible_to(user).filter(here).defer("evidence")
    return [line_of(row) for row in sorted(rows.select_related("run", "place"), key=_urgency)]


def lines_or_none(user: User, figures: Mapping[int, Summary]) -> dict[str, list[Line]] | None:
    """The same for a part of a page that is left out where nothing was judged."""
    found = lines_at(user, figures)
    return {"lines": found} if found else None


def lines_about(user: User, place: Area, kind: SubjectKind, codes: Iterable[str]) -> list[Line]:
    """The newest verdicts on some subjects that stand at a place, the most urgent first."""
    figures = summaries([place], user)
    if place.pk not in figures:
        return []
    rows = RunFinding.objects.visible_to(user).filter(run=figures[place.pk].run_id, kind=kind.value)
    found = rows.filter(code__in=codes).select_related("run", "place").defer("evidence")
    return [line_of(row) for row in sorted(found, key=_urgency)]


def _urgency(row: RunFinding) -> tuple[int, str, str]:
    """The order of `most_urgent_first`, which costs more in SQL than a few rows are worth."""
    return URGENCY.index(row.status), row.rule, row.code
