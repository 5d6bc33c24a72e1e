"""The demonstration's city of 203 stations, judged: what dashboards and reports are timed on."""

from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock

from django.test import Client, override_settings

from bench.place import analyze
from config.demo import loading
from config.demo.places import GUANGZHOU
from config.management.commands.load_demo import SEED
from tenancy.models import Tenant, User


def load() -> Tenant:
    """Its findings are of all kinds: stations lack people, projects certified ones."""
    with (
        TemporaryDirectory() as folder,
        override_settings(VAR_DIR=Path(folder)),
        mock.patch.object(loading, "PLACES", (GUANGZHOU,)),
    ):
        loading.load(SEED)
        loading.evaluate()
    analyze()
    return Tenant.objects.get(slug=GUANGZHOU.slug)


def official() -> User:
    """Somebody of the city's authority."""
    return User.objects.get(username=f"shi.{GUANGZHOU.slug}")


def signed_in() -> Client:
    """The official at a browser."""
    client = Client(headers={"host": "localhost", "accept-encoding": "gzip"})
    client.force_login(official())
    return client


PAGES = {
    "workbench": "/",
    "area page": f"/areas/{GUANGZHOU.root}/",
    "people page": f"/areas/{GUANGZHOU.root}/people/",
    "findings": "/findings/",
}
