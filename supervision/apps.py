from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SupervisionConfig(AppConfig):
    name = "supervision"
    verbose_name = _("督导")

    def ready(self) -> None:
        """Offer the sheets and figures of this app."""
        from jobs.ledgers import register
        from stations import figures
        from supervision import figures as guidance
        from supervision.ledgers import AssignmentLedger, CentreLedger, SupervisorLedger

        register(CentreLedger(), SupervisorLedger(), AssignmentLedger())
        figures.register("supervision.supervisors", _("督导人数"), guidance.supervisors)
        figures.register("supervision.supervised", _("接受督导的社工人数"), guidance.supervised)
