"""社工站: one row a station; the street is where it sits from the day of the import."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft, Entry
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from stations.models import Station
from stations.seating import rename, resettle, settle
from tenancy.models import Area, Organisation
from tenancy.permissions import Permission

MODES = {
    "购买服务": Station.Mode.PURCHASED,
    "直聘": Station.Mode.DIRECT_HIRE,
    "混合": Station.Mode.MIXED,
}
KINDS = {"综合站": Station.Kind.COMPREHENSIVE, "专业站": Station.Kind.SPECIALISED}


class StationLedger(Ledger):
    sheet = "社工站"
    title = pgettext_lazy("台账", "社工站")
    rank = 10
    verb = Permission.CHANGE_STATION
    model = Station
    key = ("code",)
    slug = "stations"
    shown = ("name", "code", "street", "operator", "mode", "opened_on", "closed_on")
    wide = frozenset({"mode", "opened_on"})
    joined = ("area__parent", "operator")
    order = ("code",)
    words = ("code", "name", "operator__name")
    label = "name"
    periods = (("opened_on", "closed_on"), ("suspended_from", "suspended_to"))
    derived = ("sort_name",)
    columns = (
        Column("站点编码", "code", Kind.CODE, required=True),
        Column("名称", "name", required=True),
        Column(
            gettext_noop("镇街代码"),
            "street",
            Kind.AREA,
            required=True,
            area_level=Area.Level.STREET,
        ),
        Column("运营模式", "mode", Kind.CHOICE, required=True, choices=MODES),
        Column("站点类型", "kind", Kind.CHOICE, choices=KINDS),
        Column(
            "承接机构",
            "operator",
            Kind.ORGANISATION,
            organisation_kind=Organisation.Kind.OPERATOR,
        ),
        Column("地址", "address"),
        Column("面积", "area_m2", Kind.DECIMAL, minimum=0, note=gettext_noop("平方米")),
        Column("启用日期", "opened_on", Kind.DATE, required=True),
        Column("暂停起", "suspended_from", Kind.DATE),
        Column("暂停止", "suspended_to", Kind.DATE, note=gettext_noop("暂停的最后一天")),
        Column("关闭日期", "closed_on", Kind.DATE, note=gettext_noop("关闭的第一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Station.objects.select_related("area__parent__parent", "operator")

    def in_force(self, rows: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
        return rows.operating(on)  # type: ignore[attr-defined,no-any-return]

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.place]

    def check(self, book: Book) -> None:
        for draft in book.drafts(self.sheet):
            _check_suspension(book, draft)
        for _name, entries in book.grouped(self.sheet, by="name").items():
            _check_namesakes(book, entries)

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        settle([draft.instance for draft in new])
        stations = [draft.instance for draft in changed]
        rename(stations)
        movers = [station for station in stations if station.moves]
        resettle(movers, timezone.localdate(), rights.by)
        self.update(stations)


def _check_suspension(book: Book, draft: Draft) -> None:
    station = draft.instance
    if station.suspended_to and not station.suspended_from:
        book.error(
            draft,
            "suspended_to",
            _("填了暂停止 %(day)s，没有填暂停起。") % {"day": station.suspended_to},
            _("请补填“暂停起”，或清空“暂停止”。"),
        )


def _check_namesakes(book: Book, entries: list[Entry]) -> None:
    open_ones = [entry for entry in entries if entry.instance.closed_on is None]
    for entry in open_ones:
        street = entry.instance.street
        twins = [other for other in open_ones if other.instance.street == street]
        if entry.draft and len(twins) > 1:
            book.warn(
                entry.draft,
                "name",
                _("%(street)s有 %(count)d 个未关闭的社工站都叫“%(name)s”：%(codes)s。")
                % {
                    "street": street.name,
                    "count": len(twins),
                    "name": entry.instance.name,
                    "codes": "、".join(sorted(twin.instance.code for twin in twins)),
                },
                _("如是同一个站，请只用一个站点编码；如是两个站，请用不同的名称。"),
            )
