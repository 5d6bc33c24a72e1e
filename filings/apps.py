from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("月报")

    def ready(self) -> None:
        """Follow the stations that move, and lead to records that a verdict names."""
        from filings.actions import announcing  # noqa: F401 registers the messages
        from filings.naming import address_of
        from filings.succession import follow
        from jobs.ledgers import lead_to
        from stations.news import stations_reseated

        stations_reseated.connect(follow)
        lead_to("record", address_of)
