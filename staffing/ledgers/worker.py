"""人员: one row a person."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from staffing.models import Placement, Worker
from tenancy.areas.loading import sort_name
from tenancy.identity import fingerprint
from tenancy.models import Organisation
from tenancy.permissions import Permission

SEXES = {"男": Worker.Sex.MALE, "女": Worker.Sex.FEMALE}
CHANNELS = {
    "购买服务": Worker.Channel.PURCHASED,
    "双百直聘": Worker.Channel.DOUBLE_HUNDRED,
    "其他": Worker.Channel.OTHER,
}
# A street office employs its 双百 workers itself.
OTHER_EMPLOYERS = tuple(kind for kind in Organisation.Kind if kind != Organisation.Kind.OPERATOR)


class WorkerLedger(Ledger):
    sheet = "人员"
    title = pgettext_lazy("台账", "人员")
    rank = 40
    verb = Permission.CHANGE_WORKER
    model = Worker
    key = ("code",)
    slug = "workers"
    shown = (
        "name",
        "code",
        "sex",
        "education",
        "is_social_worker",
        "channel",
        "employer",
        "hired_on",
        "left_on",
    )
    wide = frozenset({"sex", "education", "is_social_worker"})
    joined = ("employer",)
    unread = ("identity",)
    order = ("code",)
    words = ("code",)
    names = ("name",)
    label = "name"
    personal = True
    periods = (("hired_on", "left_on"),)
    unique = (("identity", "identity_fingerprint"),)
    derived = ("sort_name", "identity_fingerprint")
    columns = (
        Column("人员编码", "code", Kind.CODE, required=True),
        Column("姓名", "name", required=True),
        Column("身份证号", "identity", Kind.IDENTITY),
        Column("性别", "sex", Kind.CHOICE, choices=SEXES),
        Column("学历", "education"),
        Column(
            "是否社工", "is_social_worker", Kind.YES_NO, default=True, note=gettext_noop("空：是")
        ),
        Column("用工渠道", "channel", Kind.CHOICE, required=True, choices=CHANNELS),
        Column(
            "所属机构",
            "employer",
            Kind.ORGANISATION,
            organisation_kind=Organisation.Kind.OPERATOR,
            other_kinds=OTHER_EMPLOYERS,
        ),
        Column("入职日期", "hired_on", Kind.DATE, required=True),
        Column("离职日期", "left_on", Kind.DATE, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        """Each with the paths of the stations where it is placed, as `placed_at`."""
        placed = Placement.objects.unended().filter(worker=models.OuterRef("pk"))
        paths = ArraySubquery(placed.values("post__station__area__path"))
        return Worker.objects.annotate(placed_at=paths).prefetch_related("home")

    def offers(self, row: Worker) -> Iterable[tuple[Permission, Any, str]]:
        address = reverse("staffing:identity-reveal", args=[row.pk])
        return [(Permission.REVEAL_IDENTITY, _("查看完整身份证号"), address)]

    def complete(self, draft: Draft) -> None:
        worker = draft.instance
        worker.identity_fingerprint = fingerprint(worker.identity) if worker.identity else ""

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return places_of(draft.instance, book)

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        if new:
            seat = rights.seat()
        for draft in new:
            draft.instance.home = seat
        for draft in (*new, *changed):  # not in `complete`: no check asks how a name sounds
            draft.instance.sort_name = sort_name(draft.instance.name)
        super().write(new, changed, rights)


def places_of(worker: Any, book: Book) -> list[str]:
    """Where a person is, by file and database: the stations of placements, else the home."""
    entries = book.grouped("任职", by="worker").of(worker)
    places = [entry.instance.post.station.place for entry in entries if entry.draft]
    if worker.pk is None:
        return places
    return places + (worker.placed_at or [worker.home.path])
