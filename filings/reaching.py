"""Reaching a record: the row through the gate, what one may do with it, refusals in words."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from filings.models import MonthlyRecord, RecordEvent
from filings.models.record import MonthlyRecordQuerySet
from tenancy.formats import dtime
from tenancy.http import UserRequest
from tenancy.models import User
from tenancy.permissions import Permission

WITH_ALL = (
    "station__area",
    "station__operator",
    "street",
    "template",
    "submitted_by",
    "saved_by",
    "accepted_by",
    "returned_by",
)
# All that saving and filing ask of it, its place and its template: people do it all day.
OF_A_DRAFT = (
    *(field.name for field in MonthlyRecord._meta.concrete_fields),
    "station__code",
    "station__name",
    "station__area__path",
    "station__area__parent",
    "template__sha256",
)


def record_for(request: UserRequest, pk: int, verb: Permission) -> MonthlyRecord:
    """The record: 404 outside one's areas, 403 without the verb. One query: pages of a month are
    opened by everybody on the same days."""
    rows = MonthlyRecord.objects.select_related(*WITH_ALL).defer("template__text")
    return _reached(request, rows, pk, verb)


def draft_for(request: UserRequest, pk: int, verb: Permission) -> MonthlyRecord:
    """The record as saving and filing need it, on the same terms."""
    rows = MonthlyRecord.objects.select_related("station__area", "template")
    return _reached(request, rows.only(*OF_A_DRAFT), pk, verb)


def _reached(
    request: UserRequest, rows: MonthlyRecordQuerySet, pk: int, verb: Permission
) -> MonthlyRecord:
    record: MonthlyRecord = get_object_or_404(rows.visible_to(request.user), pk=pk)
    if not holds(request.user, record, verb):
        raise PermissionDenied
    return record


def last_return(record: MonthlyRecord) -> RecordEvent | None:
    """The newest return, with its reasons."""
    found: RecordEvent | None = record.events.filter(step="return").order_by("-pk").first()
    return found


def holds(user: User, record: MonthlyRecord, verb: Permission) -> bool:
    """Whether the person may do it at the record's station."""
    path = record.station.area.path
    return any(path.startswith(one) for one in user.paths_where(verb))


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
