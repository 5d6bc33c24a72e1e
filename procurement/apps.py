from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("购买服务")

    def ready(self) -> None:
        """Offer the sheets of this app."""
        from jobs.ledgers import register
        from procurement.ledgers import ContractLedger, ProjectLedger
        from procurement.todos import contracts_to_sign
        from tenancy import todos

        register(ProjectLedger(), ContractLedger())
        todos.register(contracts_to_sign)
