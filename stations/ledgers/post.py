"""岗位: one row a post; without a point it sits at the station."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.ledgers import Column, Kind, Ledger
from stations.models import Post
from tenancy.permissions import Permission

KINDS = {"事务性": Post.Kind.ADMIN, "服务性": Post.Kind.SERVICE}


class PostLedger(Ledger):
    sheet = "岗位"
    title = pgettext_lazy("台账", "岗位")
    rank = 30
    verb = Permission.CHANGE_STATION
    model = Post
    key = ("code",)
    slug = "posts"
    shown = ("code", "title", "kind", "station", "point", "set_on", "abolished_on")
    wide = frozenset({"set_on", "abolished_on"})
    joined = ("station", "point")
    order = ("code",)
    words = ("code", "title", "station__code", "station__name", "point__code")
    label = "title"
    periods = (("set_on", "abolished_on"),)
    columns = (
        Column("岗位编码", "code", Kind.CODE, required=True),
        Column(gettext_noop("社工站编码"), "station", Kind.CODE, required=True, refers_to="社工站"),
        Column(
            "社工点编码",
            "point",
            Kind.CODE,
            refers_to="社工点",
            note=gettext_noop("空：设在社工站"),
        ),
        Column("岗位类别", "kind", Kind.CHOICE, required=True, choices=KINDS),
        Column("岗位名称", "title"),
        Column("设置日期", "set_on", Kind.DATE, required=True),
        Column("撤销日期", "abolished_on", Kind.DATE, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Post.objects.prefetch_related("station__area__parent__parent", "point__station")

    def in_force(self, rows: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
        return rows.existing(on)  # type: ignore[attr-defined,no-any-return]

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.station.place]

    def check(self, book: Book) -> None:
        for draft in book.drafts(self.sheet):
            _check_point(book, draft)
            _check_kind(book, draft)


def _check_point(book: Book, draft: Draft) -> None:
    post = draft.instance
    if post.point and post.point.station != post.station:
        book.error(
            draft,
            "point",
            _("社工点“%(point)s”属于社工站“%(owner)s”，不属于“%(station)s”。")
            % {
                "point": post.point.code,
                "owner": post.point.station.code,
                "station": post.station.code,
            },
            _("请改正社工点编码或社工站编码。"),
        )


def _check_kind(book: Book, draft: Draft) -> None:
    post = draft.instance
    if post.kind == Post.Kind.ADMIN and post.point:
        message = _("事务性岗位设在社工点。")
        remedy = _("事务性岗位应设在社工站；请核对。照原样导入后会列为核验问题。")
        book.warn(draft, "point", message, remedy)
    elif post.kind == Post.Kind.SERVICE and not post.point:
        message = _("服务性岗位没有设在社工点。")
        remedy = _("服务性岗位应设在社工点；请核对。照原样导入后会列为核验问题。")
        book.warn(draft, "kind", message, remedy)
