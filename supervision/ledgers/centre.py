"""督导中心: one row a centre, told from others by its name."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import models
from django.utils.translation import gettext_noop, pgettext_lazy

from jobs.imports.book import Book, Draft
from jobs.imports.rights import Rights
from jobs.ledgers import Column, Kind, Ledger
from supervision.models import SupervisionCentre
from tenancy.models import Organisation
from tenancy.permissions import Permission

OTHER_BODIES = tuple(
    kind for kind in Organisation.Kind if kind != Organisation.Kind.SUPERVISION_CENTRE
)


class CentreLedger(Ledger):
    sheet = "督导中心"
    title = pgettext_lazy("台账", "督导中心")
    rank = 90
    verb = Permission.CHANGE_SUPERVISION
    model = SupervisionCentre
    key = ("name",)
    slug = "supervision-centres"
    shown = ("name", "organisation", "starts_on", "ends_on")
    joined = ("organisation",)
    order = ("name",)
    words = ("name", "organisation__name")
    periods = (("starts_on", "ends_on"),)
    columns = (
        Column("名称", "name", required=True),
        Column(
            gettext_noop("受托机构"),
            "organisation",
            Kind.ORGANISATION,
            required=True,
            organisation_kind=Organisation.Kind.SUPERVISION_CENTRE,
            other_kinds=OTHER_BODIES,
        ),
        Column("合同起", "starts_on", Kind.DATE, required=True),
        Column("合同止", "ends_on", Kind.DATE, required=True, note=gettext_noop("最后一天")),
    )

    def rows(self) -> models.QuerySet[Any]:
        return SupervisionCentre.objects.select_related("area", "organisation")

    def places(self, draft: Draft, book: Book) -> Iterable[str]:
        return [draft.instance.area.path] if draft.instance.area_id else []

    def write(self, new: Sequence[Draft], changed: Sequence[Draft], rights: Rights) -> None:
        if new:
            seat = rights.seat()
        for draft in new:
            draft.instance.area = seat
        super().write(new, changed, rights)
