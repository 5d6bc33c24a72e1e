"""The facts that rules look at, as of one day; whoever loads them fills these."""

from compliance.rules.shapes.facts import Facts
from compliance.rules.shapes.people import (
    CertificateFacts,
    CertificateLevel,
    PersonFacts,
    PlacementFacts,
    Staff,
    Term,
    Verification,
)
from compliance.rules.shapes.places import (
    AreaFacts,
    CommunityFacts,
    PointFacts,
    PostFacts,
    PostKind,
    StationFacts,
    StreetFacts,
)
from compliance.rules.shapes.projects import ContractFacts, OpeningFacts, ProjectFacts
from compliance.rules.shapes.records import RecordFacts, TotalFacts
from compliance.rules.shapes.supervision import (
    AssignmentFacts,
    CentreFacts,
    Elsewhere,
    SupervisionFacts,
    SupervisorFacts,
    SupervisorNature,
)

__all__ = [
    "AreaFacts",
    "AssignmentFacts",
    "CentreFacts",
    "CertificateFacts",
    "CertificateLevel",
    "CommunityFacts",
    "ContractFacts",
    "Elsewhere",
    "Facts",
    "OpeningFacts",
    "PersonFacts",
    "PlacementFacts",
    "PointFacts",
    "PostFacts",
    "PostKind",
    "ProjectFacts",
    "RecordFacts",
    "Staff",
    "StationFacts",
    "StreetFacts",
    "SupervisionFacts",
    "SupervisorFacts",
    "SupervisorNature",
    "Term",
    "TotalFacts",
    "Verification",
]
