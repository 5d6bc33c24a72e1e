"""What the chain keeps of signing in and out."""

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
    """Somebody tried that name. Who it was is not known, so the system user is the actor."""
    people = User.objects.exclude(tenant=None).filter(is_system=False, username=username)
    for user in people:
        with tenant_context(user.tenant_id):
            system = User.objects.system(user.tenant_id)
            audit.record(verb="fail-sign-in", by=system, target=user)
