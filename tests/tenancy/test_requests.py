import os
import socket
import time
from contextlib import contextmanager

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenancy import audit
from tenancy.context import NoTenant, current_tenant_id, tenant_context
from tenancy.models import Area, AuditEvent
from tests.conftest import TenantlessClient
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.tenancy.hostile_urls")]


@pytest.fixture
def client(official):
    client = TenantlessClient(raise_request_exception=False)
    client.force_login(official)
    return client


@pytest.mark.parametrize("method", ["get", "head"])
@pytest.mark.parametrize("end", ["200", "302", "400", "500", "raise"])
def test_what_reads_cannot_write(client, root, method, end):
    assert getattr(client, method)(f"/hostile/write/?end={end}").status_code == 500

    root.refresh_from_db()
    assert root.name == "广州市"


@pytest.mark.parametrize(
    ("end", "status", "kept"),
    [
        ("200", 200, True),
        ("302", 302, True),
        ("400", 400, False),
        ("409", 409, False),
        ("422", 422, False),
        ("500", 500, False),
        ("raise", 500, False),
        ("deny", 403, False),
        ("down", 503, False),
    ],
)
def test_a_refused_or_failed_write_leaves_nothing(client, root, end, status, kept):
    assert client.post(f"/hostile/write/?end={end}").status_code == status

    root.refresh_from_db()
    assert (root.name == "改") is kept


def test_what_a_reading_page_notes_is_appended(client, official):
    assert client.get("/hostile/note/").status_code == 200

    event = AuditEvent.objects.get(verb="read")
    assert (event.actor, event.address) == (official, "127.0.0.1")
    assert len(event.request_id) == 36


def test_a_page_whose_reading_cannot_be_recorded_is_not_given(client, monkeypatch):
    def fail(*_):
        raise LookupError

    with monkeypatch.context() as patch:
        patch.setattr(audit, "_append", fail)
        assert client.get("/hostile/note/").status_code == 500


def test_nothing_is_read_outside_a_tenant():
    client = TenantlessClient()

    with pytest.raises(NoTenant):
        client.get("/hostile/strange/")
    silent = TenantlessClient(raise_request_exception=False)
    assert silent.get("/hostile/strange/").status_code == 500


PAGES = [
    ("get", "/login/", 200),
    ("get", "/account/", 302),
    ("get", "/nowhere/", 404),
    ("put", "/login/", 405),
    ("post", "/login/", 422),
    ("get", "/hostile/strange/", 500),
    ("get", "/livez", 200),
]


@pytest.mark.parametrize(("method", "url", "status"), PAGES)
def test_every_answer_bears_the_headers(method, url, status):
    response = getattr(TenantlessClient(raise_request_exception=False), method)(url)

    assert response.status_code == status
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert all(f"{name} 'none'" in policy for name in ("object-src", "base-uri", "frame-ancestors"))
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Permissions-Policy"]
    assert headers["X-Request-ID"]


def test_pages_vary_by_cookie_and_language(client):
    assert {"Cookie", "Accept-Language"} <= {*client.get("/account/").headers["Vary"].split(", ")}


def test_cookies_are_closed_to_scripts_and_secure_only_under_https(client):
    client.get("/login/")
    for cookie in client.cookies.values():
        assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
        assert not cookie["secure"]


def test_a_form_without_its_token_is_refused_with_a_page_of_ours(official):
    client = Client(enforce_csrf_checks=True)
    response = client.post("/login/", {"username": "a", "password": "b"})

    assert response.status_code == 403
    assert "这个页面已过期" in response.content.decode()


def test_a_forged_host_is_refused():
    response = TenantlessClient(raise_request_exception=False).get(
        "/login/", headers={"host": "evil.example"}
    )

    assert response.status_code == 400
    assert "evil.example" not in response.content.decode()


def test_a_forged_protocol_header_makes_no_request_secure():
    response = TenantlessClient().get("/login/", headers={"x-forwarded-proto": "https"})

    assert not response.wsgi_request.is_secure()


def test_an_error_page_says_nothing_of_the_fault(client):
    page = client.post("/hostile/write/?end=raise").content.decode()

    assert "LookupError" not in page
    assert "Traceback" not in page
    assert "请求编号" in page


@contextmanager
def connected(**changes):
    """Connect the process otherwise; what stood is restored."""
    kept = connection.settings_dict.copy()
    connection.close()
    connection.settings_dict |= changes
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.clear()
        connection.settings_dict.update(kept)


@pytest.fixture
def signed_in(tenant):
    with tenant_context(tenant.pk):
        client = TenantlessClient(raise_request_exception=False)
        client.force_login(UserFactory())
    return client


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_a_database_that_refuses_gives_a_503_page_and_recovers(signed_in):
    with connected(PORT=9):
        response = signed_in.get("/account/")
        posted = signed_in.post("/login/", {"username": "a", "password": "b"})

    assert {response.status_code, posted.status_code} == {503}
    assert response.headers["Retry-After"] == "30"
    assert "系统正在维护" in response.content.decode()
    assert signed_in.get("/account/").status_code == 200


@pytest.mark.full
@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_a_database_that_says_nothing_gives_a_503_page_in_six_seconds(signed_in):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        host, port = silent.getsockname()
        with connected(HOST=host, PORT=port):
            begin = time.monotonic()
            response = signed_in.get("/account/")
            took = time.monotonic() - begin

    assert response.status_code == 503
    assert took < 6


ACTS = st.sampled_from(["names", "write", "write?raise", "write?500", "write?400", "get", "note"])


class City:
    """One tenant with a canary for a name, and a signed-in client."""

    def __init__(self, name):
        self.name, self.tenant = name, TenantFactory()
        with tenant_context(self.tenant.pk):
            self.root = AreaFactory(level="city", name=name)
            user = UserFactory(role="city_authority", area=self.root)
        self.client = TenantlessClient(raise_request_exception=False)
        self.client.force_login(user)

    def act(self, act):
        if act == "names":
            return self.client.get("/hostile/names/")
        if act == "note":
            return self.client.get("/hostile/note/")
        if act == "get":
            return self.client.get("/hostile/write/")
        _, _, end = act.partition("?")
        return self.client.post(f"/hostile/write/?end={end or '200'}")

    def names(self):
        return self.client.get("/hostile/names/").content.decode()


def assert_no_tenant_lingers():
    with pytest.raises(NoTenant):
        current_tenant_id()
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('app.tenant', true)")
        assert not cursor.fetchone()[0]


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_two_tenants_in_one_process_never_meet_whatever_fails_between():
    cities = City("甲市"), City("乙市")

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.tuples(st.booleans(), ACTS), min_size=1, max_size=12))
    def interleave(acts):
        for city in cities:
            with tenant_context(city.tenant.pk):
                Area.objects.update(name=city.name)
        written = set()
        for second, act in acts:
            city = cities[second]
            city.act(act)
            if act == "write":
                written.add(city)
            assert_no_tenant_lingers()
            for each in cities:
                assert each.names() == ("改" if each in written else each.name)

    interleave()


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_a_superuser_is_refused_as_the_runtime_role(tenant):
    admin = environ.Env.db_url_config(os.environ["ZHANDIAN_TEST_ADMIN"])
    login = {name: admin[name] for name in ("USER", "PASSWORD")}

    with connected(**login), pytest.raises(ImproperlyConfigured, match="setup_database"):
        connection.ensure_connection()
