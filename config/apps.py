from importlib import import_module

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "config"

    def ready(self) -> None:
        """Shared tasks bind to the Celery application that exists first: make it ours."""
        import_module("config.celery")
