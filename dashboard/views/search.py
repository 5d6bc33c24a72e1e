"""Areas and stations found by name, alias or code."""

import unicodedata

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tenancy.areas.lookup import areas_matching
from tenancy.http import UserRequest
from tenancy.models import Area
from tenancy.models.area import AreaQuerySet
from tenancy.permissions import Permission
from tenancy.scoping import within

ROWS = 50
LONGEST = 100


@require_safe
def search(request: UserRequest) -> HttpResponse:
    """What the words name within reach; a station is found through its own node."""
    words = unicodedata.normalize("NFKC", request.GET.get("q", "")).strip()[:LONGEST]
    rows = _found(request, words) if words else Area.objects.none()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    columns = [
        {"label": _("名称")},
        {"label": _("级别")},
        {"label": _("上级")},
        {"label": _("代码")},
    ]
    context = {"words": words, "page": page, "columns": columns}
    return render(request, "dashboard/search.html", context)


def _found(request: UserRequest, words: str) -> AreaQuerySet:
    """Stations only for those who may see stations."""
    seen = within("path", request.user.paths_where(Permission.VIEW_STATION))
    return areas_matching(request.user, words).filter(~Q(level=Area.Level.STATION) | seen)
