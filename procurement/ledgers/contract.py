"""合同: one row a contract year of a project."""

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft, Entry
from jobs.ledgers import Column, Kind, Ledger, Narrowing
from procurement.models import LONGEST_TERM, Contract
from tenancy.permissions import Permission

# 《政府采购法》第四十六条, the reason of the warning here and of rule PROC-03 above.
DAYS_TO_SIGN = 30


class ContractLedger(Ledger):
    sheet = "合同"
    title = pgettext_lazy("台账", "合同")
    rank = 80
    verb = Permission.CHANGE_PROJECT
    model = Contract
    key = ("project", "year_no")
    slug = "contracts"
    shown = ("project", "year_no", "starts_on", "ends_on", "amount", "agreed_heads", "signed_on")
    joined = ("project",)
    order = ("project__number", "year_no")
    words = ("project__number", "project__station__code", "project__station__name")
    periods = (("starts_on", "ends_on"),)
    narrowings = {
        "running-out": Narrowing(
            gettext_lazy("要签下一年度"), lambda rows, on: rows.running_out(on)
        ),
    }
    columns = (
        Column("项目编号", "project", Kind.CODE, required=True, refers_to="项目"),
        Column(
            "年度序号",
            "year_no",
            Kind.INTEGER,
            required=True,
            note=gettext_noop("第几年，从 1 开始"),
        ),
        Column("起始日期", "starts_on", Kind.DATE, required=True),
        Column("结束日期", "ends_on", Kind.DATE, required=True, note=gettext_noop("最后一天")),
        Column("签订日期", "signed_on", Kind.DATE),
        Column("金额", "amount", Kind.MONEY, required=True, note=gettext_noop("元")),
        Column(
            "年度约定人数", "agreed_heads", Kind.INTEGER, note=gettext_noop("空：按项目的约定人数")
        ),
        Column("中标通知日期", "noticed_on", Kind.DATE),
        Column(
            "补充金额", "supplement", Kind.MONEY, note=gettext_noop("补充合同金额合计，元；空：0")
        ),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Contract.objects.select_related("project__station__area__parent")

    def coded(self, code: str) -> dict[str, Any] | None:
        number, slash, year = code.rpartition("/")
        known = (
            slash and year.isascii() and year.isdecimal() and len(year) <= len(str(LONGEST_TERM))
        )
        return {"project__number": number, "year_no": int(year)} if known else None

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.project.station.place]

    def check(self, book: Book) -> None:
        for draft in book.drafts(self.sheet):
            _check_signing(book, draft)
        for _project, entries in book.grouped(self.sheet, by="project").items():
            _check_years(book, entries)


def _check_signing(book: Book, draft: Draft) -> None:
    contract = draft.instance
    if contract.year_no != 1 or not contract.signed_on or not contract.noticed_on:
        return
    days = (contract.signed_on - contract.noticed_on).days
    if days > DAYS_TO_SIGN:
        message = _("中标通知后第 %(days)d 天才签订，超过 %(limit)d 天。")
        remedy = _("请核对“签订日期”和“中标通知日期”。照原样导入后会列为核验问题。")
        book.warn(draft, "signed_on", message % {"days": days, "limit": DAYS_TO_SIGN}, remedy)


def _check_years(book: Book, entries: list[Entry]) -> None:
    """Neighbours in time: a shared day is impossible, a day between them is told."""
    usable = [one for one in entries if one.instance.starts_on <= one.instance.ends_on]
    for earlier, later in pairwise(sorted(usable, key=lambda one: one.instance.starts_on)):
        gap = (later.instance.starts_on - earlier.instance.ends_on).days - 1
        told = _last_row(earlier, later)
        if told and gap < 0:
            book.error(told, "starts_on", *_overlap(earlier, later))
        elif told and gap > 0:
            book.warn(told, "starts_on", *_gap(earlier, gap))


def _last_row(*entries: Entry) -> Draft | None:
    drafts = (entry.draft for entry in entries if entry.draft)
    return max(drafts, key=lambda draft: draft.row, default=None)


def _overlap(earlier: Entry, later: Entry) -> tuple[str, str]:
    if earlier.draft and later.draft:
        rows = {"first": earlier.draft.row, "second": later.draft.row}
        message = _("第 %(first)d 行和第 %(second)d 行：同一项目的两个年度合同日期重叠。") % rows
    else:
        message = _("与该项目已登记的年度合同日期重叠。")
    return message, _("请改正起止日期；同一天只能属于一个年度合同。")


def _gap(earlier: Entry, days: int) -> tuple[str, str]:
    message = _("上一年度合同到 %(last)s 止，与本年度合同之间空了 %(days)d 天。") % {
        "last": earlier.instance.ends_on,
        "days": days,
    }
    return message, _("请核对起止日期。照原样导入后会列为核验问题。")
