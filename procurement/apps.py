from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("购买服务")

    def ready(self) -> None:
        """Offer the sheet of this app."""
        from jobs.ledgers import register
        from procurement.ledgers import ProjectLedger

        register(ProjectLedger())
