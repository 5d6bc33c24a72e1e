"""What the pages of a record share: the row through the gate, and refusals in words."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from filings.models import MonthlyRecord, RecordEvent
from tenancy.formats import dtime
from tenancy.http import UserRequest
from tenancy.permissions import Permission
from tenancy.scoping import scoped_or_404

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
    """The record: 404 outside one's areas, 403 without the verb."""
    rows = MonthlyRecord.objects.select_related(*WITH_ALL)
    record: MonthlyRecord = scoped_or_404(rows, request.user, verb, pk=pk)
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
