"""The API as programs meet it: a token tells the user, and nothing else does."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils import timezone
from rest_framework.response import Response
from rest_framework.views import APIView

from tenancy.actions.public_keys import issue_token
from tenancy.context import tenant_context
from tenancy.models import PublicKey, Tenant, User
from tests.conftest import TenantlessClient, suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = pytest.mark.django_db
AREAS = "/api/v1/areas/"
ABSENT = 2**40


def token_for(user):
    return issue_token(user=user, days=30, by=User.objects.system(user.tenant_id))


@pytest.fixture
def token(official):
    return token_for(official)


def ask(authorization, url=AREAS, client=None):
    client = client or TenantlessClient(raise_request_exception=False)
    return client.get(url, headers={"authorization": authorization})


def names(response):
    return [area["name"] for area in response.json()["results"]]


def assert_refused(response):
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == "Bearer"
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["detail"] == "令牌无效，或已到期、停用。"


def test_a_token_opens_the_api(token, root):
    AreaFactory(parent=root, name="凤阳街道")

    assert names(ask(f"Bearer {token}")) == ["广州市", "凤阳街道"]


def test_a_token_sees_what_its_user_sees_and_no_more(root):
    street, other = AreaFactory(parent=root), AreaFactory(parent=root)
    token = token_for(UserFactory(role="street_office", area=street))

    assert names(ask(f"Bearer {token}")) == [street.name]
    assert ask(f"Bearer {token}", f"{AREAS}{street.pk}/").status_code == 200
    assert ask(f"Bearer {token}", f"{AREAS}{other.pk}/").status_code == 404


def test_a_user_without_an_office_sees_nothing(root):
    assert names(ask(f"Bearer {token_for(UserFactory())}")) == []


@pytest.fixture
def elsewhere():
    """Another tenant's area, and the token of its authority."""
    with suspended(), tenant_context(TenantFactory().pk):
        area = AreaFactory(level="city", name="邯郸市")
        return area, token_for(UserFactory(role="city_authority", area=area))


def test_two_tenants_in_one_process_keep_apart(token, root, elsewhere):
    area, their_token = elsewhere

    for _ in range(2):
        assert names(ask(f"Bearer {token}")) == ["广州市"]
        assert names(ask(f"Bearer {their_token}")) == ["邯郸市"]


def told(response):
    headers = {k: v for k, v in response.headers.items() if k != "X-Request-ID"}
    return response.status_code, response.content, headers


def test_a_foreign_id_and_an_absent_one_are_answered_alike(token, elsewhere):
    area, their_token = elsewhere
    foreign = ask(f"Bearer {token}", f"{AREAS}{area.pk}/")

    assert foreign.status_code == 404
    assert told(foreign) == told(ask(f"Bearer {token}", f"{AREAS}{ABSENT}/"))
    assert ask(f"Bearer {their_token}", f"{AREAS}{area.pk}/").status_code == 200


@pytest.mark.parametrize(
    "spelling", ["Bearer {}", "bearer {}", "BEARER {}", "Bearer   {}", "Bearer {} "]
)
def test_spellings_that_are_understood(token, spelling):
    assert ask(spelling.format(token)).status_code == 200


@pytest.mark.parametrize(
    "header",
    [
        "Bearer",
        "Bearer ",
        "bearer zd_",
        "Bearer {} {}",
        "Bearer x{}",
        "Bearer {}x",
        "Bearer token={}",
        "Bearer Bearer {}",
        "Bearer \x00{}",
        "Bearer \xff\xfe",
        "Bearer ' OR 1=1 --",
        "Bearer " + "x" * 100_000,
    ],
    ids=range(12),
)
def test_a_wrong_token_is_refused(token, header):
    assert_refused(ask(header.replace("{}", token)))


def test_a_wrong_token_is_never_mended_by_a_session(token, official, client_of):
    assert_refused(ask("Bearer wrong", client=client_of(official)))


def expired():
    PublicKey.objects.update(expires_at=timezone.now())


def ended():
    PublicKey.objects.update(ended_at=timezone.now())


def ended_user():
    User.objects.update(ended_at=timezone.now())


def ended_tenant():
    Tenant.objects.update(ended_at=timezone.now())


@pytest.mark.parametrize("change", [expired, ended, ended_user, ended_tenant])
def test_what_has_ended_is_told_like_what_never_was(token, change):
    change()

    assert told(ask(f"Bearer {token}")) == told(ask("Bearer never-was"))
    assert_refused(ask(f"Bearer {token}"))


def test_a_token_is_good_until_its_very_instant(token):
    end = PublicKey.objects.get().expires_at

    with time_machine.travel(end - timedelta(microseconds=1), tick=False):
        assert ask(f"Bearer {token}").status_code == 200
    with time_machine.travel(end, tick=False):
        assert_refused(ask(f"Bearer {token}"))


def test_an_office_that_ends_takes_its_areas_from_the_token(token, official):
    yesterday = timezone.localdate() - timedelta(days=1)
    official.appointments.update(starts_on=yesterday, ends_on=yesterday)

    assert names(ask(f"Bearer {token}")) == []


# --- a token and a session are two things ---------------------------------------------------------


def test_a_token_counts_and_not_the_session_beside_it(root, token, client_of):
    nobody = client_of(UserFactory())

    assert names(ask(f"Bearer {token}", client=nobody)) == ["广州市"]
    assert names(nobody.get(AREAS)) == []


def test_a_token_reads_and_writes_no_session(token, official, client_of):
    client = client_of(official)
    with CaptureQueriesContext(connection) as queries:
        response = ask(f"Bearer {token}", client=client)

    assert response.status_code == 200
    assert not [one for one in queries if Session._meta.db_table in one["sql"]]
    assert not response.cookies
    assert "Cookie" not in response.headers["Vary"]


def test_what_ends_a_session_ends_no_token(token, official, tenant):
    Tenant.objects.filter(pk=tenant.pk).update(idle_minutes=0, absolute_hours=0)
    User.objects.filter(pk=official.pk).update(
        must_change_password=True, password_expires_at=timezone.now() - timedelta(days=1)
    )

    assert ask(f"Bearer {token}").status_code == 200


@pytest.mark.parametrize("url", ["/", "/account/", "/areas/", "/apis/", "/API/v1/areas/"])
def test_a_token_opens_no_page(token, url):
    response = ask(f"Bearer {token}", url)

    assert response.status_code in {302, 404}
    assert "www-authenticate" not in response.headers


def test_a_page_of_a_session_takes_no_notice_of_a_token(official, client_of):
    assert ask("Bearer wrong", "/account/", client_of(official)).status_code == 200


@pytest.mark.parametrize("header", ["", "Basic bGk6bGVp", "Token {}", "Bearer{}", "{}"])
def test_other_headers_leave_it_to_the_session(token, official, client_of, header):
    header = header.replace("{}", token)

    assert ask(header, client=client_of(official)).status_code == 200
    stranger = ask(header)
    assert stranger.status_code == 401
    assert stranger.headers["WWW-Authenticate"] == "Bearer"


class Echo(APIView):
    def post(self, request):
        return Response(request.user.username)


class WithEcho:
    urlpatterns = [path("api/echo/", Echo.as_view())]


def test_only_a_session_must_prove_that_its_page_asks(settings, token, official):
    settings.ROOT_URLCONF = WithEcho
    client = TenantlessClient(enforce_csrf_checks=True)
    client.force_login(official)

    by_token = client.post("/api/echo/", headers={"authorization": f"Bearer {token}"})

    assert by_token.json() == official.username
    assert client.post("/api/echo/").status_code == 403


def test_the_schema_tells_both_ways_in(token):
    schema = ask(f"Bearer {token}", "/api/schema/?format=json").json()

    assert schema["components"]["securitySchemes"] == {
        "token": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "session"},
    }
    for operations in schema["paths"].values():
        for operation in operations.values():
            assert operation["security"] == [{"token": []}, {"session": []}]
            assert {"401", "403"} <= {*operation["responses"]}
