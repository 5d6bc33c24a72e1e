from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StationsConfig(AppConfig):
    name = "stations"
    verbose_name = _("社工站")

    def ready(self) -> None:
        """Offer the sheets and figures of this app, and follow the streets that change."""
        from jobs.ledgers import register
        from stations import figures
        from stations.figures.ledgers import points, posts
        from stations.ledgers import PointLedger, PostLedger, StationLedger
        from stations.succession import follow
        from tenancy.areas.news import areas_replaced

        register(StationLedger(), PointLedger(), PostLedger())
        figures.register("stations.points", _("运营中的社工点数"), points)
        figures.register("stations.posts", _("岗位数"), posts)
        areas_replaced.connect(follow)
