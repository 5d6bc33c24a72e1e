"""What people do with jobs, and with workbooks to be imported (`jobs.actions.imports`)."""

from jobs.actions.jobs import (
    AlreadyEnded,
    AlreadyUnderWay,
    NotFailed,
    cancel,
    request,
    retry,
)

__all__ = ["AlreadyEnded", "AlreadyUnderWay", "NotFailed", "cancel", "request", "retry"]
