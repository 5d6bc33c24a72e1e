"""Areas and stations found by name, alias or code."""

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tenancy.areas.lookup import areas_matching, words_typed
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.models.area import AreaQuerySet
from tenancy.permissions import Permission
from tenancy.scoping import within

ROWS = 50


@require_safe
def search(request: UserRequest) -> HttpResponse:
    """What the words name within reach; without words the own topmost areas."""
    words = words_typed(request)
    page = Paginator(_found(request, words), ROWS).get_page(request.GET.get("page"))
    return render(request, "dashboard/search.html", {"words": words, "page": page})


def _found(request: UserRequest, words: str) -> AreaQuerySet:
    """A station is found through its own node, by those who may see stations."""
    seen = within("path", request.user.paths_where(Permission.VIEW_STATION))
    return areas_matching(request.user, words).filter(~Q(level=Area.Level.STATION) | seen)
