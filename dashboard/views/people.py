"""The people behind a place's certified share: each with what they were counted as."""

from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from compliance.counted import AS, Counted, people_counted
from compliance.summary import summaries
from compliance.wording import COUNTS_AS
from dashboard import standings
from dashboard.forms import day_of
from dashboard.offers import tiles
from dashboard.surroundings import surroundings
from staffing.models import Worker
from tenancy.areas.lookup import area_or_404
from tenancy.http import UserRequest
from tenancy.models import User
from tenancy.permissions import Permission

ROWS = 50
PARAMETER = "as"


class Person(NamedTuple):
    """Somebody counted; the worker only where the reader may see them today."""

    counted: Counted
    word: str
    worker: Worker | None


@require_safe
def area_people(request: UserRequest, code: str) -> HttpResponse:
    """Who is behind the share, by code, names masked."""
    level = request.GET.get("level", "")
    area = area_or_404(request.user, code, level, Permission.VIEW_WORKER)
    day, form = day_of(request)
    own = summaries([area], request.user, day.on).get(area.pk)
    people = people_counted(own.run_id, area, request.user) if own else []
    asked = _asked(request)
    shown = standings.narrowed(people, lambda one: one.counts_as, asked)
    page = Paginator(shown, ROWS).get_page(request.GET.get("page"))
    context = {
        "area": area,
        "day": day,
        "form": form,
        "places": day.along(surroundings(request.user, area, day.on).places),
        "page": page,
        "people": _people(request.user, page),
        "choices": _choices(request, people, asked),
        "back_url": day.keep(area.get_absolute_url()),
        **tiles(request.user, own),
    }
    return render(request, "dashboard/people.html", context)


def _asked(request: UserRequest) -> str:
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in AS else ""


def _choices(request: UserRequest, people: Iterable[Counted], asked: str) -> list[standings.Choice]:
    numbers = Counter(one.counts_as for one in people)
    offered = [one for one in AS if numbers[one] or one == asked]
    answers = {one: (str(COUNTS_AS[one]), numbers[one]) for one in offered}
    return standings.offer(request, PARAMETER, answers, asked)


def _people(user: User, counted: Iterable[Counted]) -> list[Person]:
    rows: Any = Worker.objects.visible_to(user).filter(code__in=[one.code for one in counted])
    workers = {worker.code: worker for worker in rows.defer("identity")}
    return [Person(one, str(COUNTS_AS[one.counts_as]), workers.get(one.code)) for one in counted]
