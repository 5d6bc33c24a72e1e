"""What the commands of a tenant share."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tenancy.models import Tenant, User

USAGE = 2


def tenant_named(slug: str) -> Tenant:
    """The tenant of a slug, or the sentence that says which there are."""
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        known = "、".join(Tenant.objects.order_by("slug").values_list("slug", flat=True))
        sentence = _("没有租户 %(slug)s。已有：%(known)s。")
        raise CommandError(sentence % {"slug": slug, "known": known or "—"}, returncode=USAGE)
    return tenant


def user_named(tenant: Tenant, username: str) -> User:
    """The person of a name who may still act in the tenant."""
    people = User.objects.filter(tenant=tenant, is_system=False, ended_at=None)
    user: User | None = people.filter(username=username).first()
    if user is None:
        sentence = _("该租户没有可用的账号 %(username)s。")
        raise CommandError(sentence % {"username": username}, returncode=USAGE)
    return user
