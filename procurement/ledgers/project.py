"""项目: one row a purchased project."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.ledgers import Column, Kind, Ledger
from procurement.models import Project
from tenancy.models import Organisation
from tenancy.permissions import Permission


class ProjectLedger(Ledger):
    sheet = "项目"
    title = pgettext_lazy("台账", "项目")
    rank = 70
    verb = Permission.CHANGE_PROJECT
    model = Project
    key = ("number",)
    slug = "projects"
    shown = ("number", "station", "operator", "years", "agreed_heads", "annual_budget", "starts_on")
    wide = frozenset({"years", "starts_on"})
    joined = ("station", "operator")
    order = ("number",)
    words = ("number", "station__code", "station__name", "operator__name")
    columns = (
        Column("项目编号", "number", Kind.CODE, required=True),
        Column(gettext_noop("社工站编码"), "station", Kind.CODE, required=True, refers_to="社工站"),
        Column(
            "承接机构",
            "operator",
            Kind.ORGANISATION,
            required=True,
            organisation_kind=Organisation.Kind.OPERATOR,
        ),
        Column("服务年限", "years", Kind.INTEGER, required=True),
        Column("经费标准", "price_claimed", Kind.MONEY, note=gettext_noop("元/名·年")),
        Column("约定人数", "agreed_heads", Kind.INTEGER, required=True),
        Column("年度预算", "annual_budget", Kind.MONEY, required=True, note=gettext_noop("元")),
        Column("总额", "total", Kind.MONEY, note=gettext_noop("元")),
        Column("年度最低工时", "min_hours", Kind.DECIMAL, minimum=0),
        Column("起始日期", "starts_on", Kind.DATE, required=True),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Project.objects.select_related("station__area__parent", "operator")

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.station.place]
