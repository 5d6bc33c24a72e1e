"""任职: one row a placement, told from others by person, post and first day."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft, Entry, token
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from staffing.homes import settle_homes
from staffing.models import Placement
from staffing.shares import Overload, overlaps, overloads
from tenancy.permissions import Permission

PROJECTS = "项目"


class PlacementLedger(Ledger):
    sheet = "任职"
    title = pgettext_lazy("台账", "任职")
    rank = 50
    verb = Permission.CHANGE_WORKER
    model = Placement
    key = ("worker", "post", "starts_on")
    slug = "placements"
    shown = ("worker", "post", "project_code", "starts_on", "ends_on", "share")
    joined = ("worker", "post")
    unread = ("worker__identity",)
    order = ("worker__code", "post__code", "starts_on")
    words = ("worker__code", "post__code", "project_code")
    names = ("worker__name",)
    periods = (("starts_on", "ends_on"),)
    columns = (
        Column("人员编码", "worker", Kind.CODE, required=True, refers_to="人员"),
        Column("岗位编码", "post", Kind.CODE, required=True, refers_to="岗位"),
        Column(
            "项目编号",
            "project_code",
            Kind.CODE,
            refers_to=PROJECTS,
            note=gettext_noop("社工站同时有两个项目时填写"),
        ),
        Column("开始日期", "starts_on", Kind.DATE, required=True),
        Column("结束日期", "ends_on", Kind.DATE, note=gettext_noop("最后一天")),
        Column("工作量占比", "share", Kind.SHARE, note=gettext_noop("0–1，空：1")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Placement.objects.prefetch_related("worker", "post__station__area__parent__parent")

    def in_force(self, rows: models.QuerySet[Any], on: date) -> models.QuerySet[Any]:
        return rows.active(on)  # type: ignore[attr-defined,no-any-return]

    def pointing_at(self, sheet: str, row: models.Model) -> Q:
        if sheet == PROJECTS:
            return Q(project_code=str(row))
        return super().pointing_at(sheet, row)

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.post.station.place]

    def check(self, book: Book) -> None:
        _check_projects(book, self.sheet)
        for _worker, entries in book.grouped(self.sheet, by="worker").items():
            _check_person(book, entries)

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        super().write(new, changed, rights)
        settle_homes([draft.instance for draft in (*new, *changed)])


def _check_projects(book: Book, sheet: str) -> None:
    drafts = [draft for draft in book.drafts(sheet) if draft.values.get("project_code")]
    stations = _stations_of_projects(book, {draft.values["project_code"] for draft in drafts})
    for draft in drafts:
        station = draft.instance.post.station
        # A project with a fault of its own is not among them.
        if stations.get(draft.values["project_code"], token(station)) != token(station):
            book.error(
                draft,
                "project_code",
                _("项目“%(project)s”不属于岗位所在的社工站“%(station)s”。")
                % {"project": draft.values["project_code"], "station": station.code},
                _("请改正项目编号或岗位编码。"),
            )


def _stations_of_projects(book: Book, codes: set[str]) -> dict[str, Any]:
    """Projects belong to an app beside this one: only their ledger is known here."""
    ledger = book.ledgers[PROJECTS]
    (key,) = ledger.key
    projects = [*ledger.rows().filter(**{f"{key}__in": codes})] if codes else []
    projects += [draft.instance for draft in book.drafts(PROJECTS)]
    return {getattr(project, key): token(project.station) for project in projects}


def _check_person(book: Book, entries: list[Entry]) -> None:
    drafts = {id(entry.instance): entry.draft for entry in entries}
    placements = [entry.instance for entry in entries if _ends_after_it_starts(entry.instance)]
    for overload in overloads(placements):
        _report_overload(book, overload, drafts)
    for earlier, later in overlaps(placements):
        _report_overlap(book, drafts[id(earlier)], drafts[id(later)])


def _ends_after_it_starts(placement: Placement) -> bool:
    return placement.ends_on is None or placement.starts_on <= placement.ends_on


def _report_overload(book: Book, overload: Overload, drafts: dict[int, Draft | None]) -> None:
    """Said once, at the last row of the file that takes part."""
    found = (drafts[id(placement)] for placement in overload.placements)
    draft = max((draft for draft in found if draft), key=lambda draft: draft.row, default=None)
    if draft:
        book.error(
            draft,
            "share",
            _("%(day)s 起此人同时任职的占比合计为 %(total)s，超过 1。")
            % {"day": date_format(overload.day, "Y-m-d"), "total": overload.total.normalize()},
            _("请填写原任职的结束日期，或调整各项占比。"),
        )


def _report_overlap(book: Book, *pair: Draft | None) -> None:
    draft = max((draft for draft in pair if draft), key=lambda draft: draft.row, default=None)
    if draft:
        message = _("此人在同一岗位的两段任职日期重叠。")
        book.error(draft, "starts_on", message, _("请填写前一段的结束日期，或改正开始日期。"))
