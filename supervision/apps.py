from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = _("督导")

    def ready(self) -> None:
        """Offer the sheets of this app."""
        from jobs.ledgers import register
        from supervision.ledgers import AssignmentLedger, CentreLedger, SupervisorLedger

        register(CentreLedger(), SupervisorLedger(), AssignmentLedger())
