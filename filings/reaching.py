"""Reaching a record: the row through the gate, what one may do with it, refusals in words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from filings.models import MonthlyRecord, RecordEvent
from tenancy.formats import dtime
from tenancy.http import UserRequest
from tenancy.permissions import Permission

WITH_ALL = (
    "station__area",
    "station__operator",
    "template",
    "street",
    "submitted_by",
    "saved_by",
    "accepted_by",
    "returned_by",
)


def record_for(request: UserRequest, pk: int, verb: Permission) -> MonthlyRecord:
    """The record: 404 outside one's areas, 403 without the verb. One query: pages of a month are
    opened by everybody on the same days."""
    rows = MonthlyRecord.objects.visible_to(request.user).select_related(*WITH_ALL)
    record: MonthlyRecord = get_object_or_404(rows, pk=pk)
    if not holds(request, record, verb):
        raise PermissionDenied
    return record


def last_return(record: MonthlyRecord) -> RecordEvent | None:
    """The newest return, with its reasons."""
    found: RecordEvent | None = record.events.filter(step="return").order_by("-pk").first()
    return found


def holds(request: UserRequest, record: MonthlyRecord, verb: Permission) -> bool:
    """Whether the person may do it at the record's station."""
    path = record.station.area.path
    return any(path.startswith(one) for one in request.user.paths_where(verb))


def why_not_fillable(record: MonthlyRecord) -> str:
    """Why a record cannot be filled in now, and what to do."""
    if record.submitted_at is not None:
        told = {"receipt": record.receipt, "at": dtime(timezone.localtime(record.submitted_at))}
        return _("这份月报已于 %(at)s 报送（回执 %(receipt)s），现在不能修改。") % told
    told = {"day": f"{record.locks_on:%Y-%m-%d}"}
    return _("这份月报已过锁定日 %(day)s，不能再修改。确需补报，请区民政局重开。") % told


def titled(record: MonthlyRecord) -> dict[str, Any]:
    """What every page of a record says of it."""
    return {"record": record, "station": record.station, "period": record.period}
