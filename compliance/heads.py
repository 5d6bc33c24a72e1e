"""People on post against the heads agreed on, project by project, from what a run found."""

from dataclasses import dataclass
from decimal import Decimal

from compliance.models import RunFinding
from compliance.models.run import RunFindingQuerySet
from tenancy.models import Area, User

RULE = "POST-05"


@dataclass(frozen=True, slots=True)
class Heads:
    """How many are there, by their shares of work, and how many were agreed; where."""

    path: str
    present: Decimal
    agreed: int


def heads_found(run: int, area: Area, user: User) -> list[Heads]:
    """Those at the area and below; a project whose people nobody can tell apart is left out."""
    rows: RunFindingQuerySet = RunFinding.objects.visible_to(user).filter(run=run, rule=RULE)
    found = rows.below(area.path).values_list("place__path", "record__measured", "record__required")
    return [
        Heads(path, Decimal(present), agreed)
        for path, present, agreed in found
        if present is not None
    ]
