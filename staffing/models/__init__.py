from staffing.models.certificate import Certificate
from staffing.models.placement import Placement
from staffing.models.worker import Worker

__all__ = ["Certificate", "Placement", "Worker"]
