"""Rows of a ledger as data: the same rows, filters and masks as on its pages."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _

from jobs.desk.listing import Wanted, rows_for
from jobs.ledgers import Ledger
from tenancy.api.parameters import AtPlace, Day, Text
from tenancy.api.reading import ReadOnly


class RowParameters(AtPlace):
    q = Text(_("编码或名称"))


class DatedRowParameters(RowParameters):
    on = Day(_("在此日有效"))


class RowViewSet(ReadOnly):
    """What a ledger's list shows."""

    ledger: ClassVar[Ledger]
    asked: ClassVar[type[RowParameters]] = DatedRowParameters

    def rows(self, wanted: Mapping[str, Any]) -> Any:
        narrowed = Wanted(words=wanted.get("q", ""), on=wanted.get("on"))
        return rows_for(self.ledger, self.request.user, narrowed)
