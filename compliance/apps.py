from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("核验")

    def ready(self) -> None:
        from compliance import tasks  # noqa: F401 registers the jobs
