from jobs.models.city_import import CityImport
from jobs.models.job import ATTEMPTS, Job
from jobs.models.worker_heartbeat import WorkerHeartbeat

__all__ = ["ATTEMPTS", "CityImport", "Job", "WorkerHeartbeat"]
