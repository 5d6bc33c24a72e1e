from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from tenancy.actions.appointments import renew_grants
from tenancy.context import tenant_context
from tenancy.forced import unforced
from tenancy.models import Tenant, User


class Command(migrate.Command):
    """Django's `migrate`, by the owner, who for its duration sees every tenant's rows.

    Offices then get the verbs that this version gives their roles.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        super().add_arguments(parser)
        owner = "owner" if "owner" in settings.DATABASES else "default"
        parser.set_defaults(database=owner)

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check_unapplied"] or options["plan"]:
            super().handle(*args, **options)
        else:
            with unforced(options["database"]):
                super().handle(*args, **options)
            _renew_grants()


def _renew_grants() -> None:
    for tenant in Tenant.objects.order_by("pk"):
        with tenant_context(tenant.pk):
            renew_grants(by=User.objects.system(tenant))
