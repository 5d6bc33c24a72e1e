"""What is known about a scope on a day."""

from dataclasses import dataclass
from datetime import date

from compliance.rules.overrides import OverrideFacts
from compliance.rules.shapes.places import AreaFacts, StationFacts, StreetFacts
from compliance.rules.shapes.projects import ProjectFacts
from compliance.rules.shapes.records import TotalFacts
from compliance.rules.shapes.supervision import SupervisionFacts


@dataclass(frozen=True, slots=True)
class Facts:
    """`streets` are those in the scope that count, `districts` those strictly inside it.

    `stations` sat in the scope on the day, `projects` were active; `totals` are those of the last
    twelve months for which there are any; `is_root` says that the scope is the whole tenant.
    """

    on: date
    scope: AreaFacts
    districts: tuple[AreaFacts, ...] = ()
    streets: tuple[StreetFacts, ...] = ()
    projects: tuple[ProjectFacts, ...] = ()
    stations: tuple[StationFacts, ...] = ()
    supervision: SupervisionFacts = SupervisionFacts()
    totals: tuple[TotalFacts, ...] = ()
    overrides: tuple[OverrideFacts, ...] = ()
    is_root: bool = False
