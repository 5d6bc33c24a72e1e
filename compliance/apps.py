from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ComplianceConfig(AppConfig):
    name = "compliance"
    verbose_name = _("核验")

    def ready(self) -> None:
        """Offer the jobs of this app, and follow the areas that change."""
        from compliance import tasks  # noqa: F401 registers the jobs
        from compliance.succession import follow
        from compliance.todos import notices_to_follow, reports_to_build
        from tenancy import todos
        from tenancy.areas.news import areas_replaced

        areas_replaced.connect(follow)
        todos.register(reports_to_build, notices_to_follow)
