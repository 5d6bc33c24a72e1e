"""People placed on posts, their numbers looked at, their certificates verified."""

from django.db import transaction

from jobs.ledgers import registered
from staffing.homes import settle_homes
from staffing.models import Certificate, Placement, Worker
from staffing.shares import overlaps, overloads
from tenancy import audit, versions
from tenancy.models import User

PROJECTS = "项目"


class MoreThanAWholePerson(Exception):
    """On some day the person's shares would add up to more than 1."""


class HoldsThePost(Exception):
    """The person is on this post in that time already."""


class NotThisStationsProject(Exception):
    """No project of that number belongs to the post's station."""


@transaction.atomic
def place(*, placement: Placement, by: User) -> Placement:
    """Store a new placement or a changed one.

    Raises `MoreThanAWholePerson`, `HoldsThePost` or `NotThisStationsProject`.
    """
    # One writer a person: the sum over several rows cannot be a constraint.
    Worker.objects.select_for_update(of=("self",)).get(pk=placement.worker_id)
    _refuse_project(placement)
    _refuse_sum(placement)
    is_new = placement.pk is None
    placement.save()
    settle_homes([placement])
    verb = "place-worker" if is_new else "change-placement"
    audit.record(verb=verb, by=by, target=placement, place=placement.post.station.area.path)
    return placement


def _refuse_project(placement: Placement) -> None:
    """Projects live in an app beside this one; their ledger knows them."""
    if not placement.project_code:
        return
    ledger = registered()[PROJECTS]
    own = ledger.rows().filter(station=placement.post.station_id)
    if not own.filter(**{ledger.key[0]: placement.project_code}).exists():
        raise NotThisStationsProject(placement.project_code)


def _refuse_sum(placement: Placement) -> None:
    stored = Placement.objects.filter(worker=placement.worker_id).select_related("post")
    together = [*stored.exclude(pk=placement.pk), placement]
    if any(overlaps(together)):
        raise HoldsThePost(placement.post_id)
    if any(overloads(together)):
        raise MoreThanAWholePerson(placement.worker_id)


@transaction.atomic
def reveal_identity(*, worker: Worker, reason: str, by: User) -> str:
    """The whole number, for a reason that stays on record with who asked."""
    audit.record(
        verb="reveal-identity",
        by=by,
        target=worker,
        place=worker.home.path,
        detail={"reason": reason},
    )
    number: str = worker.identity
    return number


@transaction.atomic
def verify_certificate(
    *, certificate: Certificate, verification: Certificate.Verification, seen: int, by: User
) -> None:
    """What comparing it with the register came to. Raises `versions.Stale`."""
    versions.save(certificate, seen=seen, changes={"verification": verification})
    audit.record(
        verb="verify-certificate",
        by=by,
        target=certificate,
        place=certificate.worker.home.path,
        detail={"verification": verification.value},
    )
