"""督导安排: one row an assignment, told from others by supervisor, target and first day."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft, Entry, token
from jobs.ledgers import Column, Kind, Ledger
from staffing.ledgers.worker import places_of
from supervision.models import Assignment
from tenancy.permissions import Permission

STATION, WORKER = Assignment.TargetKind.STATION, Assignment.TargetKind.WORKER
SHEETS = {STATION: "社工站", WORKER: "人员"}


class AssignmentLedger(Ledger):
    sheet = "督导安排"
    title = pgettext_lazy("台账", "督导安排")
    rank = 110
    verb = Permission.CHANGE_SUPERVISION
    model = Assignment
    key = ("supervisor", "target_kind", "target", "starts_on")
    slug = "assignments"
    shown = ("supervisor", "target_kind", "target", "starts_on", "ends_on")
    joined = ("supervisor", "station", "worker")
    unread = ("worker__identity",)
    order = ("supervisor__code", "station__code", "worker__code", "starts_on")
    words = ("supervisor__code", "station__code", "station__name", "worker__code")
    names = ("supervisor__name", "worker__name")
    periods = (("starts_on", "ends_on"),)
    derived = ("station", "worker")
    # Where a person is, is read off the placements.
    after = ("任职",)
    columns = (
        Column("督导编码", "supervisor", Kind.CODE, required=True, refers_to="督导人员"),
        Column(
            gettext_noop("督导对象类型"),
            "target_kind",
            Kind.CHOICE,
            required=True,
            choices={"社工站": STATION, "人员": WORKER},
        ),
        Column(
            gettext_noop("督导对象编码"),
            "target",
            Kind.CODE,
            required=True,
            refers_by="target_kind",
            one_of=SHEETS,
        ),
        Column("开始日期", "starts_on", Kind.DATE, required=True),
        Column("结束日期", "ends_on", Kind.DATE, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Assignment.objects.prefetch_related(
            "supervisor__home", "station__area__parent", "worker__home"
        )

    def pointing_at(self, sheet: str, row: models.Model) -> Q:
        fields = {"督导人员": "supervisor", SHEETS[STATION]: "station", SHEETS[WORKER]: "worker"}
        return Q(**{fields[sheet]: row}) if sheet in fields else Q(pk__in=[])

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        target = draft.instance.target
        if draft.instance.target_kind == STATION:
            return [target.place]
        return places_of(target, book)

    def check(self, book: Book) -> None:
        for _supervisor, entries in book.grouped(self.sheet, by="supervisor").items():
            for earlier, later in combinations(entries, 2):
                _check_pair(book, earlier, later)


def _check_pair(book: Book, one: Entry, other: Entry) -> None:
    if _target(one) != _target(other) or not _share_a_day(one.instance, other.instance):
        return
    draft = max((e.draft for e in (one, other) if e.draft), key=_row, default=None)
    if draft:
        message = _("同一督导对同一对象的两段安排日期重叠。")
        book.error(draft, "starts_on", message, _("请填写前一段的结束日期，或改正开始日期。"))


def _row(draft: Draft) -> int:
    return draft.row


def _target(entry: Entry) -> tuple[str, Any]:
    return entry.instance.target_kind, token(entry.instance.target)


def _share_a_day(one: Assignment, other: Assignment) -> bool:
    first, second = sorted((one, other), key=lambda assignment: assignment.starts_on)
    return first.ends_on is None or first.ends_on >= second.starts_on
