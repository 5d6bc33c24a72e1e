from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from uuid import uuid4

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.exceptions import BadRequest
from django.db import connection
from django.http import HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory
from django.utils import timezone

from tenancy import once as once_module
from tenancy.context import tenant_context
from tenancy.models import Area, Submission, User
from tenancy.once import once
from tests.conftest import TenantlessClient
from tests.factories import AreaFactory, UserFactory

pytestmark = pytest.mark.django_db
KEY = "0123456789abcdef"


@pytest.fixture
def person():
    return UserFactory()


def post(person, **fields):
    request = RequestFactory().post("/things/", fields)
    request.user = person
    request._messages = CookieStorage(request)
    return request


@pytest.fixture
def view():
    """A view that counts how often it ran."""

    @once
    def make(request):
        make_calls.append(request.POST.get("name"))
        return redirect(f"/things/{len(make_calls)}/")

    make_calls = []
    make.calls = make_calls
    return make


def test_the_same_form_leads_to_the_first_result(view, person):
    first = view(post(person, submission=KEY, name="a"))
    second = view(post(person, submission=KEY, name="a", csrfmiddlewaretoken="other"))

    assert (first.url, second.url) == ("/things/1/", "/things/1/")
    assert view.calls == ["a"]


def test_other_content_under_the_key_is_told_and_not_written(view, person):
    view(post(person, submission=KEY, name="a"))
    response = view(post(person, submission=KEY, name="b"))

    assert response.status_code == 409
    assert 'href="/things/1/"' in response.content.decode()
    assert view.calls == ["a"]


def test_a_key_belongs_to_its_user(view, person):
    view(post(person, submission=KEY, name="a"))
    view(post(UserFactory(), submission=KEY, name="a"))

    assert view.calls == ["a", "a"]


@pytest.mark.parametrize("key", ["", "short", "x" * 37])
def test_a_form_without_a_key_is_refused(view, person, key):
    with pytest.raises(BadRequest):
        view(post(person, submission=key))


def test_reading_needs_no_key(person):
    request = RequestFactory().get("/things/")

    assert once(lambda request: HttpResponse("read"))(request).content == b"read"


def test_old_keys_are_forgotten(view, person):
    view(post(person, submission=KEY))
    view(post(person, submission=KEY[::-1]))
    Submission.objects.filter(key=KEY).update(at=timezone.now() - timedelta(days=8))

    once_module.forget_old()

    assert Submission.objects.get().key == KEY[::-1]


def sent_at_once(user, times, url, fields):
    """The same POST from many clients, each on its own connection, released together."""
    barrier = Barrier(times)

    def send(_):
        client = TenantlessClient()
        client.force_login(user)
        barrier.wait()
        try:
            return client.post(url, fields)
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return [*pool.map(send, range(times))]


@pytest.fixture
def committed(tenant):
    """A city and its boss, committed, so that other connections see them."""
    with tenant_context(tenant.pk):
        city = AreaFactory(level="city", parent=None)
        return city, UserFactory(role="city_authority", area=city)


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_make_one(tenant, committed):
    city, boss = committed
    fields = {
        "submission": str(uuid4()),
        "person": "new",
        "username": "han.mei",
        "name": "韩梅",
        "role": "city_finance",
        "starts_on": timezone.localdate(),
    }

    answers = sent_at_once(boss, 10, f"/appointments/new/?area={city.code}", fields)

    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [200] + [302] * 9
    assert User.objects.filter(username="han.mei").count() == 1
    assert len({answer.headers.get("Content-Location") or answer.url for answer in answers}) == 1


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_a_refused_form_leaves_its_key_free(tenant, committed):
    city, boss = committed
    client = TenantlessClient()
    client.force_login(boss)
    fields = {"submission": str(uuid4()), "person": "new", "username": "han.mei", "name": ""}
    url = f"/appointments/new/?area={city.code}"

    assert client.post(url, fields).status_code == 422
    fields |= {"name": "韩梅", "role": "city_finance", "starts_on": timezone.localdate()}
    assert client.post(url, fields).status_code == 200

    with tenant_context(tenant.pk):
        assert Submission.objects.count() == 1
        assert Area.objects.count() == 1
