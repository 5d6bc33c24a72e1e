from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Offer the sheets of this app, and follow the areas that change."""
        from jobs.ledgers import register
        from staffing.homes import follow
        from staffing.ledgers import CertificateLedger, PlacementLedger, WorkerLedger
        from staffing.todos import certificates_to_verify, registrations_to_renew
        from tenancy import todos
        from tenancy.areas.news import areas_replaced

        register(WorkerLedger(), PlacementLedger(), CertificateLedger())
        areas_replaced.connect(follow)
        todos.register(certificates_to_verify, registrations_to_renew)
