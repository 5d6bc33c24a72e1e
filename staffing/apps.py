from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Offer the sheets of this app."""
        from jobs.ledgers import register
        from staffing.ledgers import CertificateLedger, PlacementLedger, WorkerLedger

        register(WorkerLedger(), PlacementLedger(), CertificateLedger())
