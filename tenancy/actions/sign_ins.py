"""What the chain keeps of signing in and out."""

from django.db import transaction

from tenancy import audit
from tenancy.context import tenant_context
from tenancy.models import User


def record_sign_in(*, user: User) -> None:
    """The person came in."""
    audit.record(verb="sign-in", by=user, target=user)


def record_sign_out(*, user: User) -> None:
    """The person left."""
    audit.record(verb="sign-out", by=user, target=user)


def record_failed_sign_in(*, username: str) -> None:
    """Somebody tried that name. Who it was is not known, so the system user is the actor.

    A name that nobody bears costs the same work, so that time does not tell who exists.
    """
    known = User.objects.exclude(tenant=None).filter(is_system=False, username=username).first()
    user = known or User.objects.filter(is_system=True).order_by("pk").first()
    if user is None or user.tenant_id is None:
        return
    with tenant_context(user.tenant_id):
        system = User.objects.system(user.tenant_id)
        audit.record(verb="fail-sign-in", by=system, target=user)
        if known is None:
            audit.append_pending()
            transaction.set_rollback(True)
