from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class TenancyConfig(AppConfig):
    name = "tenancy"
    verbose_name = _("租户与权限")

    def ready(self) -> None:
        """Connect what must hold on every connection and before every commit."""
        import_module("tenancy.roles_check")
        import_module("tenancy.audit")
