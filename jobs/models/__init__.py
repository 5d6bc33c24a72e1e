from jobs.models.job import ATTEMPTS, Job
from jobs.models.worker_heartbeat import WorkerHeartbeat

__all__ = ["ATTEMPTS", "Job", "WorkerHeartbeat"]
