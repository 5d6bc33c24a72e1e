"""Failed sign-ins, counted per person-and-address and per address."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tenancy.isolation import TenancyClass


class SignInFailure(models.Model):
    """How often in a row a bucket failed. Kept in the database: losing the broker opens nothing."""

    tenancy = TenancyClass.SHARED

    bucket = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()

    class Meta:
        verbose_name = _("登录失败")
