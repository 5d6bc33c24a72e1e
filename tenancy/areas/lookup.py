"""Areas found by what people type: a code, a name, an alias."""

import unicodedata
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import Http404, HttpRequest
from django.utils import timezone

from tenancy.models import Area, User
from tenancy.models.area import AreaQuerySet
from tenancy.permissions import Permission

LONGEST = 100


def words_typed(request: HttpRequest) -> str:
    """What a search was asked for; an input method's full-width digits are digits."""
    return unicodedata.normalize("NFKC", request.GET.get("q", "")).strip()[:LONGEST]


def area_or_404(
    user: User, code: str, level: str = "", permission: Permission = Permission.VIEW_AREA
) -> Area:
    """The area of a code: the one in force before closed ones, the higher of a double code.

    Outside the user's areas it does not exist (404); inside, the verb may be missing (403).
    """
    area = find_area(user, code, level)
    if area is None:
        raise Http404
    if not any(area.path.startswith(path) for path in user.paths_where(permission)):
        raise PermissionDenied
    return area


def find_area(user: User, code: str, level: str = "") -> Area | None:
    """The area of a code among those the user sees."""
    rows = Area.objects.visible_to(user).filter(code=code, **({"level": level} if level else {}))
    found: Area | None = rows.order_by(F("valid_to").desc(nulls_first=True), "path").first()
    return found


def areas_matching(
    user: User, words: str, permission: Permission = Permission.VIEW_AREA
) -> AreaQuerySet:
    """Areas in force whose name, alias or code contains the words; without words the topmost."""
    rows = Area.objects.visible_to(user, permission).in_force(timezone.localdate())
    topmost = user.paths_where(permission)
    rows = rows.matching(words) if words else rows.filter(path__in=topmost)
    return rows.select_related("parent", "tenant").order_by("path")


@dataclass(frozen=True)
class Place:
    """A step of the scope path above a page."""

    name: str
    url: str


def places(user: User, area: Area) -> list[Place]:
    """The way from the top of the user's own areas down to this one."""
    above = Area.objects.visible_to(user).ancestors_of(area.path)
    return [Place(step.name, step.get_absolute_url()) for step in above]
