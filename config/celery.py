"""The Celery application: one queue for everything short, `reports` for PDFs."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("zhandian")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_process_init.connect
def rest(**_: Any) -> None:
    """What was imported stays: the collector need not walk it in every process again and again."""
    gc.collect()
    gc.freeze()
