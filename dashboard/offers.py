"""What pages of places have in common: the numbers on top, and what is offered to whom."""

from typing import Any

from django.urls import reverse

from compliance.packs import load_pack
from compliance.summary import Summary
from dashboard.days import Day
from dashboard.words import standing
from tenancy.models import Area, User
from tenancy.permissions import Permission


def may(user: User, permission: Permission, area: Area) -> bool:
    """Whether the user holds the verb at the area; for what a page offers."""
    return any(area.path.startswith(path) for path in user.paths_where(permission))


def may_print(user: User, area: Area) -> bool:
    """Whether the place's page is offered as PDF; communities are not judged."""
    return area.level != Area.Level.COMMUNITY and may(user, Permission.VIEW_FINDING, area)


def people_url(user: User, area: Area, day: Day) -> str:
    """Whom the certified share of a place counts; empty for those who may not see people there."""
    if not may(user, Permission.VIEW_WORKER, area):
        return ""
    url = reverse("dashboard:area-people", args=[area.code])
    return day.keep(f"{url}?level={area.level}")


def tiles(user: User, own: Summary | None) -> dict[str, Any]:
    """What the tiles of a place show, and from which day and by which pack."""
    return {
        "own": own,
        "reads_verdicts": bool(user.paths_where(Permission.VIEW_FINDING)),
        "coverage": standing(own.coverage_status) if own else None,
        "certified": standing(own.certified_status) if own else None,
        "pack": load_pack(user.tenant.pack) if own and user.tenant else None,
        "data_time": own.data_time if own else None,
    }
