"""A new tenant, with the user in whose name commands act."""

from django.db import transaction

from tenancy import audit
from tenancy.models import Tenant, User


class SlugTaken(Exception):
    """A tenant of that slug exists."""


@transaction.atomic
def create_tenant(*, slug: str, name: str, pack: str, labels: dict[str, object]) -> Tenant:
    """The tenant and its system user. No `by`: before it there is nobody in it."""
    if Tenant.objects.filter(slug=slug).exists():
        raise SlugTaken(slug)
    tenant = Tenant(slug=slug, name=name, pack=pack, labels=labels)
    tenant.full_clean()
    tenant.save()
    system = User(tenant=tenant, username=f"system@{slug}", name="system", is_system=True)
    system.set_unusable_password()
    system.save()
    return tenant


@transaction.atomic
def ask_for_reports(*, tenant: Tenant, monthly: bool, quarterly: bool, by: User) -> None:
    """Have reports made by themselves once a month or quarter is over, or no longer."""
    wishes = {"monthly_reports": monthly, "quarterly_reports": quarterly}
    Tenant.objects.filter(pk=tenant.pk).update(**wishes)
    audit.record(verb="ask-for-reports", by=by, detail=wishes)
