"""Areas that follow closed ones: the same subtree under new paths, with its people."""

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils import timezone

from tenancy.areas.loading import BATCH, free_path, sort_name
from tenancy.models import Appointment, Area, AreaGrant, Organisation, User

KEPT = ("level", "code", "name", "sort_name", "aliases", "alias_text", "counts_for_coverage")


def follow_with(
    closing: list[Area], above: Area, on: date, top: dict[str, str] | None
) -> dict[int, Area]:
    """Close the rows (parents first) and open their successors, keyed by the closed row.

    The first row is followed by a new one under `above` that bears `top`, or, where `top` is
    None, by `above` itself.
    """
    head, *rest = closing
    _close(closing, on)
    taken = set(Area.objects.below(above.path).values_list("path", flat=True))
    successors = {head.pk: above if top is None else _renewed(head, above, on, taken, **top)}
    if top is not None:
        successors[head.pk].save()
    for depth in sorted({row.path.count("/") for row in rest}):
        rows = [row for row in rest if row.path.count("/") == depth]
        fresh = [_renewed(row, successors[row.parent_id or 0], on, taken) for row in rows]
        Area.objects.bulk_create(fresh, batch_size=BATCH)
        successors |= {row.pk: area for row, area in zip(rows, fresh, strict=True)}
    for row in closing:
        row.successor = successors[row.pk]
    Area.objects.bulk_update(closing, ["successor"], batch_size=BATCH)
    return successors


def _close(rows: list[Area], on: date) -> None:
    last_day = on - timedelta(days=1)
    closed = Area.objects.filter(pk__in=[row.pk for row in rows])
    closed.update(valid_to=last_day, version=F("version") + 1)


def _renewed(row: Area, parent: Area, on: date, taken: set[str], **changes: str) -> Area:
    values = {name: getattr(row, name) for name in KEPT} | changes
    area = Area(
        **values, parent=parent, valid_from=on, path=free_path(parent, values["code"], taken)
    )
    if area.name != row.name:
        area.sort_name = sort_name(area.name)
        # Rosters and files name a street by its old name for years.
        area.aliases = [*row.aliases, row.name]
        area.alias_text = "\n".join(area.aliases)
    taken.add(area.path)
    return area


def carry_people(successors: dict[int, Area], by: User) -> None:
    """Offices not yet over, their grants, and organisations move to the successors."""
    open_offices = Appointment.objects.filter(area__in=successors, ended_at=None)
    today = timezone.localdate()
    for office in open_offices.filter(Q(ends_on=None) | Q(ends_on__gte=today)):
        _carry(office, successors[office.area_id], by)
    for seated in Organisation.objects.filter(area__in=successors):
        seated.area = successors[seated.area_id]
        seated.save(update_fields=["area"])


def _carry(office: Appointment, area: Area, by: User) -> None:
    """Who holds the same office at the successor already keeps that one."""
    twin = Appointment.objects.filter(
        area=area, user=office.user_id, role=office.role, ended_at=None
    )
    if twin.exists():
        last_day = max(office.starts_on, timezone.localdate() - timedelta(days=1))
        Appointment.objects.filter(pk=office.pk).update(
            ends_on=last_day, ended_at=timezone.now(), ended_by=by
        )
        AreaGrant.objects.filter(appointment=office).delete()
        return
    Appointment.objects.filter(pk=office.pk).update(area=area)
    AreaGrant.objects.filter(appointment=office).update(content_object=area)
