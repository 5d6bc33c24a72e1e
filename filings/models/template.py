"""The tenant's versions of the template: which months each is for, and the text it came from."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from filings.models.everywhere import EverywhereQuerySet
from filings.template.reading import read_template
from filings.template.shapes import Template
from tenancy.constraints import not_before
from tenancy.isolation import TenantForeignKey, TenantModel


class RecordTemplateQuerySet(EverywhereQuerySet):
    def for_month(self, month: "date | OuterRef") -> Self:
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
        if self.sha256 not in _forms:
            _forms[self.sha256] = read_template(self.text)
        return _forms[self.sha256]


# Read once a process, by what the text hashes to: it never changes, and is left in the database.
_forms: dict[str, Template] = {}


def form_of(sha256: str) -> Template:
    """The form by its digest."""
    if sha256 not in _forms:
        _forms[sha256] = RecordTemplate.objects.filter(sha256=sha256)[:1].get().form
    return _forms[sha256]
