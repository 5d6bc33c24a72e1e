"""When a worker last did something for a queue."""

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenancyClass


class WorkerHeartbeat(models.Model):
    """Written by a task that went through the queue: a living process alone proves nothing."""

    tenancy = TenancyClass.PLATFORM

    queue = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = _("后台心跳")
