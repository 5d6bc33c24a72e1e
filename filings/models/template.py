"""The tenant's versions of the template: which months each is for, and the text it came from."""

from datetime import date
from functools import lru_cache
from typing import Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from filings.template.reading import read_template
from filings.template.shapes import Template
from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel, TenantQuerySet

FIRST_OF_MONTH = Q(month__day=1)


class RecordTemplateQuerySet(TenantQuerySet):
    """Words, not data of places: everybody who reads records reads their template."""

    def for_month(self, month: date) -> Self:
        """Those that may be used for a month, the one to be used first."""
        open_end = Q(until=None) | Q(until__gte=month)
        return self.filter(open_end, since__lte=month).order_by("-since", "-loaded_at", "-pk")


class RecordTemplate(TenantModel):
    """One version, never changed: a record keeps the version it was opened under.

    `since` and `until` are first days of months, both inclusive; of several versions for a month
    the one with the latest `since` is used, of those the one loaded last.
    """

    slug = models.CharField(_("模板"), max_length=60)
    number = models.CharField(_("版本"), max_length=20)
    title = models.CharField(_("名称"), max_length=100)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    since = models.DateField(_("起用月份"))
    until = models.DateField(_("最后月份"), null=True, blank=True)
    loaded_by = TenantForeignKey("tenancy.User", models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField(_("载入时间"), db_default=Now())

    objects = RecordTemplateQuerySet.as_manager()

    class Meta(TenantModel.Meta):
        verbose_name = _("月报模板")
        constraints = [
            models.UniqueConstraint(
                fields=["tenant", "slug", "number"],
                name="a_template_has_each_version_once",
            ),
            not_before("until", "since", name="template_does_not_end_before_it_begins"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.number}"

    @property
    def form(self) -> Template:
        """The sections, indicators and checks."""
        return _read(self.sha256, self.text)


@lru_cache(maxsize=256)
def _read(_sha256: str, text: str) -> Template:
    """Read once a process; the text of a version never changes."""
    return read_template(text)


@lru_cache(maxsize=256)
def form_of(sha256: str) -> Template:
    """The form by its digest, read once a process: the same digest is the same text."""
    return RecordTemplate.objects.filter(sha256=sha256)[:1].get().form
