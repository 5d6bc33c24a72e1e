from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth.hashers import MD5PasswordHasher, make_password
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tenancy import audit, throttle
from tenancy.models import AuditEvent, SignInFailure, User
from tests.conftest import TenantlessClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "correct horse battery"


@pytest.fixture
def person(root):
    return UserFactory(
        username="li.lei", password=make_password(PASSWORD), role="city_authority", area=root
    )


def sign_in(client, username="li.lei", password=PASSWORD, **data):
    extra = data.pop("extra", {})
    return client.post("/login/", {"username": username, "password": password, **data}, **extra)


def verbs():
    audit.append_pending()
    return [*AuditEvent.objects.order_by("seq").values_list("verb", flat=True)]


def test_a_person_comes_in_and_the_chain_says_so(client, person):
    response = sign_in(client)

    assert (response.status_code, response.url) == (302, "/")
    assert client.session["began"] == client.session["seen"]
    assert verbs()[-1] == "sign-in"


def test_the_session_key_changes_at_sign_in(client, person):
    client.get("/login/")
    client.session.save()
    before = client.session.session_key

    sign_in(client)

    assert client.session.session_key != before


def test_capitals_and_full_width_letters_are_folded(client, person):
    assert sign_in(client, username=" Ｌi.Lei ").status_code == 302


def without_secrets(response):
    """The page without its CSRF token and the name that was typed."""
    token = response.context["csrf_token"]
    return response.content.decode().replace(str(token), "").replace("nobody", "li.lei")


def test_unknown_name_and_wrong_password_are_told_alike(client, person):
    wrong = sign_in(client, password="wrong password")
    unknown = sign_in(TenantlessClient(), username="nobody", password="wrong password")

    assert wrong.status_code == unknown.status_code == 422
    assert without_secrets(wrong) == without_secrets(unknown)
    assert "wrong password" not in wrong.content.decode()
    assert "li.lei" in wrong.content.decode()


@pytest.mark.parametrize(
    "state",
    [
        {"ended_at": timezone.now()},
        {"password_expires_at": timezone.now() - timedelta(seconds=1)},
        {"tenant_id": None},
    ],
)
def test_who_may_not_enter_is_refused_like_everybody(client, state):
    UserFactory(username="han.mei", password=make_password(PASSWORD), **state)

    assert sign_in(client, username="han.mei").status_code == 422


def test_the_system_user_never_enters(client, tenant):
    User.objects.filter(tenant=tenant, is_system=True).update(password=make_password(PASSWORD))

    assert sign_in(client, username=f"system@{tenant.slug}").status_code == 422


def test_a_failure_is_recorded_where_the_person_exists_in_the_name_of_the_system(client, person):
    sign_in(client, password="wrong")
    sign_in(client, username="nobody", password="wrong")

    event = AuditEvent.objects.get(verb="fail-sign-in")
    assert (event.target_id, event.actor.is_system) == (person.pk, True)
    assert event.address == "127.0.0.1"
    assert "wrong" not in str(event.detail)


def test_delay_grows_and_names_the_seconds(client, person):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False):
        for _ in range(throttle.FREE_PER_PERSON + 3):
            SignInFailure.objects.update(last_at=timezone.now() - timedelta(minutes=20))
            assert sign_in(client, password="wrong").status_code == 422
        response = sign_in(client)

    assert response.status_code == 429
    assert "8 秒后再试" in response.content.decode()


def test_an_attacker_elsewhere_does_not_lock_the_person_out(client, person):
    for _ in range(200):
        throttle.failed("li.lei", "203.0.113.9")

    assert throttle.seconds_to_wait("li.lei", "203.0.113.9") > 60
    assert sign_in(client).status_code == 302


def test_a_forged_proxy_header_does_not_change_the_bucket(client, person):
    for number in range(throttle.FREE_PER_PERSON + 1):
        forged = {"headers": {"x-forwarded-for": f"198.51.100.{number}"}}
        SignInFailure.objects.update(last_at=timezone.now() - timedelta(minutes=20))
        sign_in(client, password="wrong", extra=forged)

    assert sign_in(client, extra=forged).status_code == 429


def test_with_one_trusted_proxy_only_its_own_entry_counts(client, person, settings):
    settings.TRUSTED_PROXIES = 1
    for number in range(throttle.FREE_PER_PERSON + 1):
        forged = {"headers": {"x-forwarded-for": f"198.51.100.{number}, 192.0.2.1"}}
        SignInFailure.objects.update(last_at=timezone.now() - timedelta(minutes=20))
        sign_in(client, password="wrong", extra=forged)

    assert sign_in(client, extra=forged).status_code == 429
    assert AuditEvent.objects.filter(verb="fail-sign-in", address="192.0.2.1").exists()


def test_an_hours_quiet_forgets_the_failures(client, person):
    for _ in range(20):
        throttle.failed("li.lei", "127.0.0.1")

    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert sign_in(client).status_code == 302


@pytest.mark.parametrize(
    ("given", "led_to"),
    [
        ("/account/", "/account/"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("/\\example.com", "/"),
        ("javascript:alert(1)", "/"),
        ("http:///example.com", "/"),
    ],
)
def test_it_leads_on_to_own_pages_only(client, person, given, led_to):
    assert sign_in(client, next=given).url == led_to


def test_who_is_in_already_is_sent_on(client_of, person):
    client = client_of(person)

    assert client.get("/login/?next=/account/").url == "/account/"
    assert sign_in(client, username="somebody", password="else").status_code == 302
    assert not SignInFailure.objects.exists()


def test_signing_out_ends_the_session_and_needs_a_post(client, person):
    sign_in(client)

    assert client.get("/logout/").status_code == 405
    assert client.post("/logout/").url == "/login/"
    assert client.get("/account/").url == "/login/?next=/account/"
    assert verbs()[-2:] == ["sign-in", "sign-out"]


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_a_session_ends_after_the_idle_minutes(client, person, minutes, status):
    with time_machine.travel("2026-03-02 10:00+08:00", tick=False) as clock:
        sign_in(client)
        clock.shift(timedelta(minutes=minutes))

        assert client.get("/account/").status_code == status


def test_a_session_ends_after_the_absolute_hours_however_busy(client, person):
    with time_machine.travel("2026-03-02 08:00+08:00", tick=False) as clock:
        sign_in(client)
        for _ in range(12 * 4):
            clock.shift(timedelta(minutes=15))
            assert client.get("/account/").status_code == 200
        clock.shift(timedelta(minutes=15))

        assert client.get("/account/").status_code == 302


def test_a_session_of_an_ended_person_is_over(client, person):
    sign_in(client)
    User.objects.filter(pk=person.pk).update(ended_at=timezone.now())

    assert client.get("/account/").status_code == 302


def test_a_session_of_an_ended_tenant_is_over(client, person):
    sign_in(client)
    person.tenant.ended_at = timezone.now()
    person.tenant.save()

    assert client.get("/account/").status_code == 302


def test_the_chosen_language_and_type_come_along(client, person):
    User.objects.filter(pk=person.pk).update(language="en", large_text=True)

    response = sign_in(client)

    assert response.cookies["text_size"].value == "large"
    assert response.cookies["django_language"].value == "en"


def test_every_refusal_costs_one_hash(client, person, monkeypatch):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(
        MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args)
    )
    UserFactory(username="han.mei", password="!")
    UserFactory(username="gone", password=person.password, ended_at=timezone.now())
    costs = {}
    for name in ("li.lei", "nobody", "han.mei", "gone"):
        hashed.clear()
        sign_in(TenantlessClient(), username=name, password="wrong")
        costs[name] = len(hashed)

    assert set(costs.values()) == {1}


def test_every_refusal_asks_the_database_as_much(client, person):
    asked = []
    for name in ("li.lei", "nobody"):
        SignInFailure.objects.all().delete()
        with CaptureQueriesContext(connection) as queries:
            sign_in(TenantlessClient(), username=name, password="wrong")
        asked.append(len(queries))

    assert abs(asked[0] - asked[1]) <= 1
    assert AuditEvent.objects.filter(verb="fail-sign-in").count() == 1
