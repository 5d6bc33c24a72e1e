"""Areas, stations, people and projects found by what somebody types."""

from collections.abc import Iterator
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from jobs.desk.cells import columns_of
from jobs.desk.listing import Wanted, rows_for
from jobs.desk.tables import MOST, Table, table
from jobs.ledgers import named
from tenancy.areas.lookup import areas_matching, words_typed
from tenancy.http import UserRequest
from tenancy.models import Area, User
from tenancy.models.area import AreaQuerySet
from tenancy.permissions import Permission
from tenancy.scoping import within

ROWS = 50
LEDGERS = ("workers", "projects")


@require_safe
def search(request: UserRequest) -> HttpResponse:
    """What the words name within reach; without words the own topmost areas."""
    words = words_typed(request)
    page = Paginator(_found(request, words), ROWS).get_page(request.GET.get("page"))
    tables = [*_in_ledgers(request.user, words)] if words else []
    context = {"words": words, "page": page, "tables": tables}
    return render(request, "dashboard/search.html", context)


def _found(request: UserRequest, words: str) -> AreaQuerySet:
    """A station is found through its own node, by those who may see stations."""
    seen = within("path", request.user.paths_where(Permission.VIEW_STATION))
    return areas_matching(request.user, words).filter(~Q(level=Area.Level.STATION) | seen)


def _in_ledgers(user: User, words: str) -> Iterator[Table]:
    """The first people and projects that the words name; names by those who read them in full."""
    for slug in LEDGERS:
        ledger = named(slug)
        if ledger is None or ledger.view_verb not in user.verbs:
            continue
        rows = list(rows_for(ledger, user, Wanted(words=words))[: MOST + 1])
        url = f"{reverse('ledgers:row-list', args=[slug])}?{urlencode({'q': words})}"
        more = url if len(rows) > MOST else ""
        if rows:
            yield table(ledger, user, rows[:MOST], columns_of(ledger), more)
