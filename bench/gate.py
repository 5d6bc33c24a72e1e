"""`visible_to` over 150,000 rows for somebody with 176 street grants, beside guardian's own."""

import random

from django.utils import timezone

from bench.figures import Figure, time_each
from bench.place import analyze
from tenancy.actions.appointments import Office, appoint
from tenancy.context import tenant_context
from tenancy.models import Appointment, Area, Tenant, User
from tenancy.permissions import Permission, Role

ROWS, GRANTS, SEED = 150_000, 176, 42


def measure(nation: Tenant) -> list[Figure]:
    """Rows that reach their area by a join (appointments), as ledgers do."""
    with tenant_context(nation.pk):
        officer = _officer(nation)
        _rows(nation)
    analyze()
    with tenant_context(nation.pk):
        return _figures(officer)


def _officer(nation: Tenant) -> User:
    streets = list(Area.objects.filter(level=Area.Level.STREET).order_by("code"))
    user = User.objects.create(username="officer", name="officer", tenant=nation)
    system = User.objects.system(nation)
    for street in random.Random(SEED).sample(streets, GRANTS):
        office = Office(Role.STREET_OFFICE, street, timezone.localdate())
        appoint(user=user, office=office, by=system)
    return user


def _rows(nation: Tenant) -> None:
    today, system = timezone.localdate(), User.objects.system(nation)
    areas = list(Area.objects.filter(level=Area.Level.STREET).values_list("pk", flat=True))
    people = User.objects.bulk_create(
        User(username=f"person-{n}", name="person", tenant=nation)
        for n in range(ROWS // len(areas) + 1)
    )
    rows = (
        Appointment(
            user=people[n // len(areas)],
            role=Role.WORKER,
            area_id=areas[n % len(areas)],
            starts_on=today,
            appointed_by=system,
        )
        for n in range(ROWS)
    )
    Appointment.objects.bulk_create(rows, batch_size=5000)


def _figures(officer: User) -> list[Figure]:
    from guardian.shortcuts import get_objects_for_user

    def fresh() -> User:
        return User.objects.get(pk=officer.pk)

    def ours() -> int:
        return Appointment.objects.visible_to(fresh()).count()

    def page() -> int:
        return len(Appointment.objects.visible_to(fresh()).order_by("-pk")[:50])

    def guardians() -> int:
        granted = get_objects_for_user(
            fresh(),
            Permission.VIEW_APPOINTMENT.value,
            Area,
            use_groups=False,
            with_superuser=False,
            accept_global_perms=False,
        )
        return Appointment.objects.filter(area__in=granted).count()

    count, first, beside = time_each(ours, page, guardians, rounds=20)
    beside_text = f"guardian's get_objects_for_user, exact areas only: {beside.p50:.1f} ms"
    return [
        Figure(
            f"visible_to, {ROWS:,} rows, {GRANTS} grants: count",
            f"{count.p50:.1f} ms (p95 {count.p95:.1f})",
            "50 ms",
            beside_text,
        ),
        Figure("the same: a page of 50", f"{first.p50:.1f} ms (p95 {first.p95:.1f})", "50 ms"),
    ]
