import os
import subprocess
import sys

import pytest
from django.test import RequestFactory

from tenancy.address import client_address
from tests.architecture.house import ROOT

CONNECT = """
import django
django.setup()
from django.db import connection
connection.ensure_connection()
"""


def python(*arguments, **environment):
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", **environment},
        capture_output=True,
        text=True,
    )


def deploy_check(**environment):
    return python("-m", "django", "check", "--deploy", "--fail-level", "WARNING", **environment)


@pytest.mark.full
def test_production_settings_pass_the_deployment_check():
    result = deploy_check(HTTPS="1", ALLOWED_HOSTS="stations.example")

    assert result.returncode == 0, result.stderr


@pytest.mark.full
def test_the_deployment_check_refuses_plain_http():
    assert deploy_check(HTTPS="0").returncode != 0


@pytest.mark.parametrize("missing", ["SECRET_KEY", "AUDIT_KEY", "IDENTITY_KEY", "DATABASE_URL"])
def test_no_secret_has_a_default(missing):
    result = subprocess.run(
        [sys.executable, "-m", "django", "check"],
        cwd=ROOT,
        env={k: v for k, v in os.environ.items() if k != missing}
        | {"DJANGO_SETTINGS_MODULE": "config.settings"},
        capture_output=True,
        text=True,
    )

    assert result.returncode != 0
    assert missing in result.stderr


@pytest.mark.parametrize("address", ["MIGRATION_DATABASE_URL", "ZHANDIAN_TEST_ADMIN"])
def test_a_role_that_the_fence_does_not_bind_is_refused(address):
    result = python("-c", CONNECT, DATABASE_URL=os.environ[address])

    assert result.returncode != 0
    assert "manage.py setup_database --admin-url" in result.stderr


def test_the_runtime_role_is_taken():
    assert python("-c", CONNECT).returncode == 0


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "", "192.0.2.1"),
        (0, "198.51.100.7", "192.0.2.1"),
        (1, "", "192.0.2.1"),
        (1, "198.51.100.7", "198.51.100.7"),
        (1, "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (2, "203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7"),
        (2, "198.51.100.7", "192.0.2.1"),
    ],
)
def test_only_configured_proxies_are_believed(settings, proxies, forwarded, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}

    request = RequestFactory(REMOTE_ADDR="192.0.2.1").get("/", headers=headers)

    assert client_address(request) == address
