"""Appointing people, and ending what was appointed."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.auth.models import Permission as AuthPermission
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import ArrayAgg
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy import audit
from tenancy.models import Appointment, Area, AreaGrant, Organisation, User
from tenancy.permissions import ROLES, Permission, Role, fits

OFFICE = ("role", "area", "starts_on", "ends_on", "organisation")


class Refused(Exception):
    """An appointment that may not be made; `str()` says why, for the person at the screen."""


class BeyondOneself(Refused):
    """The role holds verbs that the appointer does not hold at that area."""


class InThePast(Refused):
    """The appointment would begin or end before today."""


class AlreadyHeld(Refused):
    """The person holds this office in that time already."""


class AreaClosed(Refused):
    """The area is no longer in force."""


@dataclass(frozen=True)
class Office:
    """What somebody is to be appointed to."""

    role: Role
    area: Area
    starts_on: date
    ends_on: date | None = None
    organisation: Organisation | None = None


def grantable_at(user: User, area: Area) -> frozenset[Permission]:
    """Verbs that the user may hand on at an area: own ones, and those a role hands on."""
    if user.is_system:
        return frozenset(Permission)
    held = Appointment.objects.in_force(timezone.localdate()).filter(user=user)
    covering = [
        Role(role)
        for role, path in held.values_list("role", "area__path")
        if area.path.startswith(path) and Permission.APPOINT in ROLES[Role(role)].verbs
    ]
    return frozenset().union(*(ROLES[role].grantable for role in covering))


def appointable_roles(user: User, area: Area) -> list[Role]:
    """Roles that the user may appoint at an area, and that have business there."""
    grantable = grantable_at(user, area)
    fitting = [role for role in ROLES if area.parent_id is None or fits(role, area.level)]
    return [role for role in fitting if grantable and ROLES[role].verbs <= grantable]


def could_appoint(user: User, appointment: Appointment) -> bool:
    """Whether the user could have made this appointment, and so may undo it."""
    return ROLES[Role(appointment.role)].verbs <= grantable_at(user, appointment.area)


def may_manage(user: User, person: User) -> bool:
    """Whether the user may reset and end the person's account: every office lies in their hands.

    Otherwise whoever runs one small place could take over somebody who also holds a greater
    office. Of a person out of office the former ones count.
    """
    if person.pk == user.pk or not person.is_active:
        return False
    offices = [*Appointment.objects.filter(user=person).select_related("area")]
    counting = [office for office in offices if not office.is_over] or offices
    return bool(counting) and all(could_appoint(user, office) for office in counting)


@transaction.atomic
def appoint(*, user: User, office: Office, by: User) -> Appointment:
    """Put a person into an office, and write the grants that follow from it.

    Raises a kind of `Refused`.
    """
    _refuse_beyond(office, by)
    _refuse_past(office)
    if office.area.valid_to and office.area.valid_to < office.starts_on:
        raise AreaClosed(_("这个区划已停用，请选择现行区划。"))
    try:
        with transaction.atomic():
            appointment = Appointment.objects.create(
                user=user, appointed_by=by, **{name: getattr(office, name) for name in OFFICE}
            )
    except IntegrityError as error:
        if "same_office_is_not_held_twice_at_once" not in str(error):
            raise
        raise AlreadyHeld(
            _("此人在这段时间已经担任这一职务。请改日期，或先结束原任命。")
        ) from error
    _write_grants(appointment)
    audit.record(
        verb="appoint",
        by=by,
        target=appointment,
        place=office.area.path,
        detail={"user": user.pk, "role": office.role},
    )
    return appointment


def _refuse_beyond(office: Office, by: User) -> None:
    if not ROLES[office.role].verbs <= grantable_at(by, office.area):
        raise BeyondOneself(_("你不能任命这一角色：它的权限超出你在此处的权限。"))


def _refuse_past(office: Office) -> None:
    today = timezone.localdate()
    if office.starts_on < today:
        raise InThePast(_("开始日期不能早于今天。"))
    if office.ends_on and office.ends_on < office.starts_on:
        raise InThePast(_("结束日期不能早于开始日期。"))


@transaction.atomic
def renew_grants(*, by: User) -> int:
    """Bring the grants of open offices into line with their roles; how many offices changed.

    A new version of the platform may know other verbs than the one that made the appointments.
    """
    grants = AreaGrant.objects.filter(appointment__ended_at=None).values_list("appointment")
    held = dict(grants.annotate(verbs=ArrayAgg("permission__codename")))
    outdated = [
        office
        for office in Appointment.objects.filter(ended_at=None)
        if {*held.get(office.pk, ())} != ROLES[Role(office.role)].verbs
    ]
    AreaGrant.objects.filter(appointment__in=outdated).delete()
    for office in outdated:
        _write_grants(office)
    if outdated:
        audit.record(verb="renew-grants", by=by, detail={"offices": len(outdated)})
    return len(outdated)


def _write_grants(appointment: Appointment) -> None:
    verbs = ROLES[Role(appointment.role)].verbs
    permissions = AuthPermission.objects.filter(
        codename__in=verbs, content_type=ContentType.objects.get_for_model(Area)
    )
    AreaGrant.objects.bulk_create(
        AreaGrant(
            user_id=appointment.user_id,
            permission=permission,
            content_object_id=appointment.area_id,
            appointment=appointment,
        )
        for permission in permissions
    )


@transaction.atomic
def end(*, appointment: Appointment, by: User) -> None:
    """End an appointment at once; the grants go with it. Ending twice is no fault.

    Raises `BeyondOneself`.
    """
    if not could_appoint(by, appointment):
        raise BeyondOneself(_("你不能结束这一任命：它的权限超出你在此处的权限。"))
    yesterday = timezone.localdate() - timedelta(days=1)
    open_rows = Appointment.objects.filter(pk=appointment.pk, ended_at=None)
    last_day = max(yesterday, appointment.starts_on)
    if not open_rows.update(ends_on=last_day, ended_at=timezone.now(), ended_by=by):
        return
    AreaGrant.objects.filter(appointment=appointment).delete()
    audit.record(verb="end-appointment", by=by, target=appointment, place=appointment.area.path)
