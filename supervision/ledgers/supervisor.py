"""督导人员: one row a supervisor."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from supervision.models import Supervisor
from tenancy.areas.loading import sort_name
from tenancy.permissions import Permission

NATURES = {
    "管理": Supervisor.Nature.MANAGER,
    "专职": Supervisor.Nature.FULL_TIME,
    "外聘": Supervisor.Nature.EXTERNAL,
}


class SupervisorLedger(Ledger):
    sheet = "督导人员"
    title = pgettext_lazy("台账", "督导人员")
    rank = 100
    verb = Permission.CHANGE_SUPERVISION
    model = Supervisor
    key = ("code",)
    slug = "supervisors"
    shown = ("name", "code", "nature", "centre", "starts_on", "ends_on")
    joined = ("centre",)
    order = ("code",)
    words = ("code", "centre__name")
    names = ("name",)
    label = "name"
    personal = True
    periods = (("starts_on", "ends_on"),)
    derived = ("sort_name",)
    columns = (
        Column("督导编码", "code", Kind.CODE, required=True),
        Column("姓名", "name", required=True),
        Column("性质", "nature", Kind.CHOICE, required=True, choices=NATURES),
        Column(gettext_noop("督导中心名称"), "centre", refers_to="督导中心"),
        Column("开始日期", "starts_on", Kind.DATE, required=True),
        Column("结束日期", "ends_on", Kind.DATE, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return Supervisor.objects.select_related("home", "centre")

    def complete(self, draft: Draft) -> None:
        draft.instance.sort_name = sort_name(draft.instance.name)

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.home.path] if draft.instance.home_id else []

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        if new:
            seat = rights.seat()
        for draft in new:
            draft.instance.home = seat
        super().write(new, changed, rights)
