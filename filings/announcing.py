"""Who is told that a record came back."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from filings.models import MonthlyRecord
from tenancy import messages
from tenancy.actions import messages as sending
from tenancy.models import Message, User

messages.register(
    record_returned=_("%(station)s %(month)s 月报被退回，请按意见修改后重新报送"),
    record_reopened=_("%(station)s %(month)s 月报已重开，请在期限内修改后重新报送"),
)


def announce_return(record: MonthlyRecord, filer: User | None, by: User) -> None:
    _tell("record_returned", record, filer, by)


def announce_reopening(record: MonthlyRecord, filer: User | None, by: User) -> None:
    _tell("record_reopened", record, filer, by)


def _tell(kind: str, record: MonthlyRecord, filer: User | None, by: User) -> None:
    message = Message(
        key=f"{kind} {record.pk} {record.version}",
        kind=kind,
        params={"station": record.station.name, "month": f"{record.month:%Y-%m}"},
        url=reverse("filings:record-detail", args=[record.pk]),
    )
    sending.send(message=message, to=[filer] if filer else [], by=by)
