from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "jobs"
    verbose_name = _("后台任务")

    def ready(self) -> None:
        from jobs import announcing, importing  # noqa: F401 register messages and jobs
        from jobs.todos import imports_to_confirm
        from tenancy import todos

        todos.register(imports_to_confirm)
