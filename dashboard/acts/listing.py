"""The acts that somebody asks for: within reach, narrowed, the newest first."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from dashboard.acts.things import Thing, about
from dashboard.acts.words import READS, WRITES, reading
from tenancy.models import Area, AuditEvent, User


@dataclass(frozen=True)
class Wanted:
    """What narrows the acts; both days inclusive, `keys` None for every row of the kind."""

    who: str = ""
    act: str = ""
    thing: Thing | None = None
    keys: list[int] | None = None
    area: Area | None = None
    since: date | None = None
    until: date | None = None

    @property
    def narrows(self) -> bool:
        return self != Wanted()

    def as_detail(self) -> dict[str, Any]:
        """For the audit of the search: never the words typed, which may be somebody's name."""
        detail = {
            "who": bool(self.who),
            "act": self.act,
            "kind": self.thing.slug if self.thing else "",
            "keys": self.keys,
            "since": self.since and str(self.since),
            "until": self.until and str(self.until),
        }
        return {name: value for name, value in detail.items() if value}


def acts(user: User, wanted: Wanted) -> Any:
    """The acts within reach, without the codes of the chain."""
    rows = AuditEvent.objects.visible_to(user)
    if wanted.area:
        rows = rows.below(wanted.area.path)
    if wanted.who:
        rows = rows.filter(actor__in=_called(user, wanted.who))
    if wanted.thing:
        rows = rows.filter(_on(user, wanted.thing, wanted.keys))
    rows = rows.filter(_kind(wanted.act), _between(wanted.since, wanted.until))
    return rows.select_related("actor").defer("former", "mac").order_by("-seq")


def _called(user: User, who: str) -> list[int]:
    """Accounts of the tenant by their names, read first: an act's index then finds their acts."""
    called = Q(username=who) | Q(name__icontains=who)
    return list(User.objects.filter(called, tenant=user.tenant_id).values_list("pk", flat=True))


def _on(user: User, thing: Thing, keys: list[int] | None) -> Q:
    return Q(target=thing.label) if keys is None else about(user, thing, keys)


def _kind(act: str) -> Q:
    if act in (READS, WRITES):
        reads = Q(verb__in=reading())
        return reads if act == READS else ~reads
    return Q(verb=act) if act else Q()


def _between(since: date | None, until: date | None) -> Q:
    found = Q(at__gte=_midnight(since)) if since else Q()
    return found & Q(at__lt=_midnight(until + timedelta(days=1))) if until else found


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
