from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Offer the job of this app; pages here show these rows better than their ledgers do."""
        from dashboard import tasks  # noqa: F401 registers the job
        from dashboard.acts.things import acts_on_row
        from jobs.ledgers import offer_on_rows, show_at

        show_at("社工站", lambda row: reverse("dashboard:station", args=[row.pk]))
        show_at("人员", lambda row: reverse("dashboard:worker", args=[row.pk]))
        show_at("项目", lambda row: reverse("dashboard:project", args=[row.pk]))
        offer_on_rows(acts_on_row)
