"""What the frame of every page shows: the menu of the user's verbs, the search, the demo banner."""

import tomllib
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from tenancy.permissions import Permission


class Item(NamedTuple):
    """A page of the menu: whoever holds one of the verbs is offered it; none asks for none."""

    route: str
    label: Any
    icon: str
    verbs: frozenset[Permission] = frozenset()
    also: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        return reverse(self.route)

    def leads_to(self, path: str) -> bool:
        """Whether the page at the path belongs to this item."""
        if self.url == "/":
            return path == "/"
        return path.startswith((self.url, *self.also))


ASKS_FOR_JOBS = {Permission.IMPORT_CITY, Permission.EVALUATE, Permission.BUILD_REPORT}
# The order never changes.
ITEMS = (
    Item("dashboard:home", _("工作台"), "home"),
    Item(
        "tenancy:area-search",
        _("区划与社工站"),
        "building-community",
        frozenset({Permission.VIEW_AREA}),
        ("/stations/", "/search/"),
    ),
    Item("jobs:job-list", _("任务"), "hourglass", frozenset(ASKS_FOR_JOBS)),
    Item(
        "tenancy:appointment-list",
        _("任命"),
        "users",
        frozenset({Permission.VIEW_APPOINTMENT}),
    ),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The menu is read only where a frame shows it: parts of pages and strangers' pages ask nothing."""
    user: Any = request.user
    return {
        "nav": SimpleLazyObject(lambda: _menu(request)),
        "demo": settings.DEMO,
        "search_url": reverse("dashboard:search") if user.is_authenticated else "",
        "tenant_name": getattr(getattr(user, "tenant", None), "name", ""),
        "version": _version(),
    }


def _menu(request: HttpRequest) -> list[dict[str, object]]:
    user: Any = request.user
    if not user.is_authenticated:
        return []
    return [
        {
            "url": item.url,
            "label": item.label,
            "icon": item.icon,
            "current": item.leads_to(request.path),
        }
        for item in ITEMS
        if not item.verbs or item.verbs & user.verbs
    ]


@cache
def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])
