from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FilingsConfig(AppConfig):
    name = "filings"
    verbose_name = _("月报")

    def ready(self) -> None:
        """Say what records leave to do, follow stations, lead to records that are named."""
        from filings import announcing  # noqa: F401 registers the messages
        from filings.naming import address_of
        from filings.succession import follow
        from filings.todos import records_to_file, records_to_follow
        from jobs.ledgers import lead_to
        from stations.news import stations_reseated
        from tenancy import todos

        todos.register(records_to_file, records_to_follow)
        stations_reseated.connect(follow)
        lead_to("record", address_of)
