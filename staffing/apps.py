from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StaffingConfig(AppConfig):
    name = "staffing"
    verbose_name = _("人员")

    def ready(self) -> None:
        """Offer the sheets and figures of this app, and follow the areas that change."""
        from jobs.ledgers import register
        from staffing import figures as roster
        from staffing.homes import follow
        from staffing.ledgers import CertificateLedger, PlacementLedger, WorkerLedger
        from staffing.todos import certificates_to_verify, registrations_to_renew
        from stations import figures
        from tenancy import todos
        from tenancy.areas.news import areas_replaced

        register(WorkerLedger(), PlacementLedger(), CertificateLedger())
        areas_replaced.connect(follow)
        todos.register(certificates_to_verify, registrations_to_renew)
        figures.register("staffing.on_post", _("在岗社工人数"), roster.on_post)
        figures.register("staffing.certified", _("持证社工人数"), roster.certified)
        figures.register("staffing.registered", _("证书登记有效的社工人数"), roster.registered)
        figures.register("staffing.joined", _("本月到岗社工人数"), roster.joined)
        figures.register("staffing.left", _("本月离岗社工人数"), roster.left)
        figures.register("stations.vacant_posts", _("空缺岗位数"), roster.vacant_posts)
