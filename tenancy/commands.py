"""What the commands of a tenant share."""

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from tenancy.models import Tenant


def tenant_named(slug: str) -> Tenant:
    """The tenant of a slug, or the sentence that says which there are."""
    tenant = Tenant.objects.filter(slug=slug).first()
    if tenant is None:
        known = "、".join(Tenant.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(
            _("没有租户 %(slug)s。已有：%(known)s。") % {"slug": slug, "known": known or "—"}
        )
    return tenant
