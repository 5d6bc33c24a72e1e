from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProcurementConfig(AppConfig):
    name = "procurement"
    verbose_name = _("购买服务")

    def ready(self) -> None:
        """Offer the sheets and figures of this app."""
        from jobs.ledgers import register
        from procurement import figures as agreed
        from procurement.ledgers import ContractLedger, ProjectLedger
        from procurement.todos import contracts_to_sign
        from stations import figures
        from tenancy import todos

        register(ProjectLedger(), ContractLedger())
        todos.register(contracts_to_sign)
        figures.register("procurement.agreed_heads", _("年度约定人数"), agreed.agreed_heads)
        figures.register("procurement.contract_amount", _("年度合同金额"), agreed.contract_amount)
        figures.register("procurement.min_hours", _("年度最低工时"), agreed.min_hours)
