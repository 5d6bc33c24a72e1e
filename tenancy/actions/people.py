"""Accounts: invited, reset, ended. Nobody but the person ever knows a lasting password."""

from datetime import timedelta
from secrets import choice

from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenancy import audit
from tenancy.actions.appointments import end, may_manage
from tenancy.context import current_tenant_id
from tenancy.models import Appointment, User

TEMPORARY_PASSWORD_DAYS = 3
# Without 0 O 1 l I: a temporary password is read aloud and typed from paper.
LETTERS = "abcdefghjkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class UsernameTaken(Exception):
    """The name belongs to somebody, here or in another tenant."""


class NotInYourHands(Exception):
    """The person holds an office that the user could not have appointed."""


def random_password(length: int = 16) -> str:
    return "".join(choice(LETTERS) for _ in range(length))


@transaction.atomic
def invite(*, username: str, name: str, by: User) -> tuple[User, str]:
    """A new account with a temporary password, to be changed at the first sign-in.

    Raises `UsernameTaken`.
    """
    password = random_password()
    user = User(tenant_id=current_tenant_id(), username=username, name=name, **_temporary(password))
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError as error:
        raise UsernameTaken(username) from error
    audit.record(verb="invite", by=by, target=user)
    return user, password


@transaction.atomic
def reset_password(*, user: User, by: User) -> str:
    """A new temporary password; the person's sessions end with the old one.

    Raises `NotInYourHands`.
    """
    _refuse_stranger(user, by)
    password = random_password()
    User.objects.filter(pk=user.pk).update(**_temporary(password))
    audit.record(verb="reset-password", by=by, target=user)
    return password


def _refuse_stranger(user: User, by: User) -> None:
    if not may_manage(by, user):
        raise NotInYourHands(user.pk)


def _temporary(password: str) -> dict[str, object]:
    return {
        "password": make_password(password),
        "must_change_password": True,
        "password_expires_at": timezone.now() + timedelta(days=TEMPORARY_PASSWORD_DAYS),
    }


@transaction.atomic
def change_password(*, user: User, password: str) -> None:
    """The person's own, lasting password."""
    user.set_password(password)
    user.must_change_password, user.password_expires_at = False, None
    user.save(update_fields=["password", "must_change_password", "password_expires_at"])
    audit.record(verb="change-password", by=user, target=user)


@transaction.atomic
def change_account(*, user: User, changes: dict[str, object]) -> None:
    """What a person sets for the own account; the chain keeps which fields, not what."""
    User.objects.filter(pk=user.pk).update(**changes)
    audit.record(verb="change-account", by=user, target=user, detail={"fields": sorted(changes)})


@transaction.atomic
def end_account(*, user: User, by: User) -> None:
    """Close an account and its offices; it is kept, because its acts refer to it.

    Raises `NotInYourHands`.
    """
    _refuse_stranger(user, by)
    for appointment in Appointment.objects.filter(user=user, ended_at=None):
        end(appointment=appointment, by=by)
    User.objects.filter(pk=user.pk).update(ended_at=timezone.now())
    audit.record(verb="end-account", by=by, target=user)
