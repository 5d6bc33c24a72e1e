"""催办: those who file are told once a day at most, in fixed words."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from filings.models import MonthlyRecord, Reminder
from filings.steps import audit_step
from filings.totals.counting import above
from tenancy import messages
from tenancy.actions import messages as sending
from tenancy.models import AreaGrant, Message, User
from tenancy.permissions import Permission

messages.register(
    record_reminded=_("请报送 %(station)s %(month)s 月报，应报日 %(day)s"),
)


@transaction.atomic
def remind(*, records: Sequence[MonthlyRecord], by: User) -> int:
    """Urge whoever files these records; how many were urged that were not yet today."""
    today = timezone.localdate()
    urged = set(
        Reminder.objects.filter(record__in=records, on=today).values_list("record", flat=True)
    )
    fresh = [record for record in records if record.pk not in urged]
    Reminder.objects.bulk_create(
        (Reminder(record=record, on=today, by=by) for record in fresh), ignore_conflicts=True
    )
    filers = _filers(fresh)
    for record in fresh:
        _tell(record, filers, by)
        audit_step("remind-record", record, by)
    return len(fresh)


def _filers(records: Iterable[MonthlyRecord]) -> dict[str, set[User]]:
    """Who may file, by the place where they may."""
    paths = {path for record in records for path in above(record.station.area.path)}
    grants = AreaGrant.objects.in_force(timezone.localdate()).filter(
        permission__codename=Permission.SUBMIT_RECORD, content_object__path__in=paths
    )
    found: dict[str, set[User]] = {}
    for grant in grants.select_related("user", "content_object"):
        found.setdefault(grant.content_object.path, set()).add(grant.user)
    return found


def _tell(record: MonthlyRecord, filers: dict[str, set[User]], by: User) -> None:
    people = set().union(*(filers.get(path, ()) for path in above(record.station.area.path)))
    message = Message(
        key=f"record_reminded {record.pk} {timezone.localdate():%Y-%m-%d}",
        kind="record_reminded",
        params={
            "station": record.station.name,
            "month": f"{record.month:%Y-%m}",
            "day": f"{record.answer_by:%Y-%m-%d}",
        },
        url=reverse("filings:record-detail", args=[record.pk]),
    )
    sending.send(message=message, to=people, by=by)
