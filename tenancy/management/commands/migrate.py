from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.core.management.commands import migrate

from tenancy.forced import unforced


class Command(migrate.Command):
    """Django's `migrate`, by the owner, who for its duration sees every tenant's rows."""

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
