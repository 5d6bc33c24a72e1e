"""社工点: one row a point, with the communities it covers."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from stations.models import Point, Post
from tenancy.models import Area
from tenancy.permissions import Permission


class PointLedger(Ledger):
    sheet = "社工点"
    title = pgettext_lazy("台账", "社工点")
    rank = 20
    verb = Permission.CHANGE_STATION
    model = Point
    key = ("code",)
    slug = "points"
    shown = ("name", "code", "station", "opened_on", "closed_on")
    joined = ("station",)
    order = ("code",)
    words = ("code", "name", "station__code", "station__name")
    label = "name"
    periods = (("opened_on", "closed_on"),)
    columns = (
        Column("社工点编码", "code", Kind.CODE, required=True),
        Column("名称", "name", required=True),
        Column(gettext_noop("社工站编码"), "station", Kind.CODE, required=True, refers_to="社工站"),
        Column(
            gettext_noop("覆盖村居代码"),
            "communities",
            Kind.AREAS,
            area_level=Area.Level.COMMUNITY,
            note=gettext_noop("多个村居用分号隔开"),
        ),
        Column("启用日期", "opened_on", Kind.DATE, required=True),
        Column("停用日期", "closed_on", Kind.DATE, note=gettext_noop("停用的第一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Point.objects.select_related("station__area__parent")

    def in_force(self, rows: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
        return rows.open(on)  # type: ignore[attr-defined,no-any-return]

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.station.place]

    def check(self, book: Book) -> None:
        for draft in book.drafts(self.sheet):
            _check_communities(book, draft)
        _check_posts_left_behind(book, self.sheet)

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        # A point that goes to another station does so together with its posts (see `check`).
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS post_sits_at_a_point_of_its_station DEFERRED")
        super().write(new, changed, rights)


def _check_communities(book: Book, draft: Draft) -> None:
    street = draft.instance.station.street
    for community in draft.values.get("communities", []):
        if not community.path.startswith(street.path):
            book.warn(
                draft,
                "communities",
                _("%(community)s（%(code)s）不在%(street)s。")
                % {"community": community.name, "code": community.code, "street": street.name},
                _("社工点应服务本镇街的村居；请核对代码。照原样导入后会列为核验问题。"),
            )


def _check_posts_left_behind(book: Book, sheet: str) -> None:
    """Stored posts must not stay with a station their point leaves; the file's own are checked
    with them.
    """
    points = {draft.instance.pk: draft for draft in book.drafts(sheet) if not draft.is_new}
    posts_of_the_file = [draft for draft in book.drafts("岗位") if "point" in draft.values]
    named = [draft.instance.pk for draft in posts_of_the_file if not draft.is_new]
    posts = Post.objects.filter(point__in=points.keys()).exclude(pk__in=named)
    for code, point, station in posts.values_list("code", "point_id", "station_id"):
        if station != points[point].instance.station_id:
            book.error(
                points[point],
                "station",
                _("社工点改属另一个社工站，它的岗位“%(code)s”仍属原来的站。") % {"code": code},
                _("请在“岗位”工作表中一并更改该岗位的社工站编码。"),
            )
