from supervision.models.assignment import Assignment
from supervision.models.centre import SupervisionCentre
from supervision.models.supervisor import Supervisor

__all__ = ["Assignment", "SupervisionCentre", "Supervisor"]
