"""Who answers for a place or a project: operators by the day's contracts, else an office."""

from collections import defaultdict
from datetime import date
from typing import Any

from procurement.models import Contract
from tenancy.models import Area, Organisation

GOVERNING = (Organisation.Kind.AUTHORITY, Organisation.Kind.STREET_GOVERNMENT)


def office_of(area: Area) -> str:
    """The authority seated at the area; where none is entered, the area's own name."""
    return _governing(area.path).get(area.path, area.name)


def offices_below(area: Area, on: date) -> dict[str, str]:
    """Names by the path of an area or a station, and by the number of a project: two queries."""
    return _governing(area.path, below=True) | _operating(area, on)


def _governing(path: str, *, below: bool = False) -> dict[str, str]:
    rows = Organisation.objects.filter(kind__in=GOVERNING)
    rows = rows.below(path) if below else rows.filter(area__path=path)
    return dict(rows.order_by("-kind", "-pk").values_list("area__path", "name"))


def _operating(area: Area, on: date) -> dict[str, str]:
    contracts: Any = Contract.objects.below(area.path).filter(starts_on__lte=on, ends_on__gte=on)
    told = contracts.order_by("project__number").values_list(
        "project__number", "project__station__area__path", "project__operator__name"
    )
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for number, path, name in told:
        found[number][name] = found[path][name] = None
    return {key: "、".join(names) for key, names in found.items()}
