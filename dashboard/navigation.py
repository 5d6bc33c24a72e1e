"""What the frame of every page shows: the menu of the user's verbs, the search, the demo banner."""

import tomllib
from functools import cache
from typing import Any, NamedTuple

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _

from tenancy.display import COOKIE
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
        return _address(self.route)

    def leads_to(self, path: str) -> bool:
        """Whether the page at the path belongs to this item."""
        if self.url == "/":
            return path == "/"
        return path.startswith((self.url, *self.also))


ASKS_FOR_JOBS = {Permission.IMPORT_CITY, Permission.EVALUATE, Permission.BUILD_REPORT}
VIEWS_LEDGERS = frozenset(
    {
        Permission.VIEW_STATION,
        Permission.VIEW_WORKER,
        Permission.VIEW_PROJECT,
        Permission.VIEW_SUPERVISION,
    }
)
# The order never changes.
ITEMS = (
    Item("dashboard:home", _("工作台"), "home"),
    Item(
        "dashboard:search",
        _("区划与社工站"),
        "building-community",
        frozenset({Permission.VIEW_AREA}),
        ("/stations/",),
    ),
    Item("ledgers:overview", _("台账"), "table", VIEWS_LEDGERS, ("/certificates/", "/workers/")),
    Item("filings:record-list", _("月报"), "calendar", frozenset({Permission.VIEW_RECORD})),
    Item(
        "compliance:finding-list",
        _("核验结果"),
        "list-check",
        frozenset({Permission.VIEW_FINDING}),
    ),
    Item(
        "compliance:report-list",
        _("合规报告"),
        "report",
        frozenset({Permission.VIEW_FINDING}),
        ("/notices/",),
    ),
    Item("jobs:import-list", _("数据导入"), "upload", frozenset({Permission.IMPORT_CITY})),
    Item("jobs:job-list", _("任务"), "hourglass", frozenset(ASKS_FOR_JOBS)),
    Item(
        "tenancy:appointment-list",
        _("任命"),
        "users",
        frozenset({Permission.VIEW_APPOINTMENT}),
        ("/people/",),
    ),
    Item("dashboard:act-list", _("审计"), "eye", frozenset({Permission.VIEW_AUDIT})),
)


def navigation(request: HttpRequest) -> dict[str, object]:
    """The menu is asked for by the frame alone: a part of a page costs no query."""
    user: Any = getattr(request, "user", None) or AnonymousUser()
    return {
        "nav": SimpleLazyObject(lambda: _menu(user, request.path)),
        "demo": settings.DEMO,
        "search_url": _address("dashboard:search") if user.is_authenticated else "",
        "tenant_name": getattr(getattr(user, "tenant", None), "name", ""),
        "version": _version(),
        "large_text": request.COOKIES.get(COOKIE) == "large",
    }


def _menu(user: Any, path: str) -> list[dict[str, object]]:
    if not user.is_authenticated:
        return []
    return [
        {
            "url": item.url,
            "label": item.label,
            "icon": item.icon,
            "current": item.leads_to(path),
        }
        for item in ITEMS
        if not item.verbs or item.verbs & user.verbs
    ]


@cache
def _address(route: str) -> str:
    return reverse(route)


@cache
def _version() -> str:
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    return str(project["version"])
