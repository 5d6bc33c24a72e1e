"""The Celery application: one queue for everything short, `reports` for PDFs."""

import os
from typing import Any

from celery import Celery
from celery.signals import task_prerun, worker_process_init
from django.db import close_old_connections

from jobs import collector

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("zhandian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def begin(**_: Any) -> None:
    """What was imported stays: the collector need not walk it in every process again and again."""
    collector.spare_what_stays()


@task_prerun.connect
def look_after(**_: Any) -> None:
    """Begin on a connection that is alive; Celery would open a new one for every task."""
    close_old_connections()
