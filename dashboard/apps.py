from django.apps import AppConfig
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class DashboardConfig(AppConfig):
    name = "dashboard"
    verbose_name = _("工作台")

    def ready(self) -> None:
        """Pages here show stations better than their ledger does."""
        from jobs.ledgers import show_at

        show_at("社工站", lambda station: reverse("dashboard:station", args=[station.pk]))
