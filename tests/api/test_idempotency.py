"""A program's POST acts once for its key, however often and from however many sides it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from filings.models import MonthlyRecord, RecordEvent
from tenancy import tasks
from tenancy.context import tenant_context
from tenancy.models import Answer
from tests.api.records import FIGURES, address, post, tag_of
from tests.conftest import TenantlessClient, suspended
from tests.factories import AnswerFactory, UserFactory
from tests.filings.factories import MonthlyRecordFactory

pytestmark = pytest.mark.django_db
HEADERS = {"if-match": '"1"', "idempotency-key": "key-1"}


def name_of(response):
    return response.json()["type"].rpartition("#")[2]


def test_the_same_request_gets_the_same_answer(filer, record):
    first = post(filer, record, "submit", tag='"1"', figures=FIGURES)
    again = post(filer, record, "submit", tag='"1"', figures=FIGURES)

    assert (again.status_code, again.content) == (200, first.content)
    assert again.headers["Idempotent-Replayed"] == "true"
    assert "Idempotent-Replayed" not in first.headers
    kept = ("Content-Type", "ETag", "Cache-Control")
    assert {again.headers[name] == first.headers[name] for name in kept} == {True}
    assert RecordEvent.objects.count() == 1


def test_another_request_under_the_key_is_refused(filer, record):
    post(filer, record, "submit", figures=FIGURES)

    again = post(filer, record, "submit", figures=FIGURES | {"opened": 3})

    assert (again.status_code, name_of(again)) == (422, "key-reused")
    assert RecordEvent.objects.count() == 1


def test_a_key_belongs_to_its_user_and_its_address(filer, client_of, station, record):
    post(filer, record, "submit", figures=FIGURES)
    other = client_of(UserFactory(role="station_head", area=station.area))

    assert post(filer, record, "withdraw").json()["state"] == "draft"
    assert post(other, record, "submit", figures=FIGURES).json()["state"] == "submitted"


@pytest.mark.parametrize("key", ["", "x" * 101, "键", "a b"])
def test_a_post_wants_a_key(filer, record, key):
    headers = {"if-match": '"1"'} | ({"idempotency-key": key} if key else {})

    response = filer.post(address(record, "submit"), {}, "application/json", headers=headers)

    assert (response.status_code, name_of(response)) == (400, "key-required")


def test_a_refused_request_leaves_its_key_free(filer, record):
    assert post(filer, record, "submit", figures={}).status_code == 422

    assert post(filer, record, "submit", figures=FIGURES).json()["state"] == "submitted"


def test_what_has_gone_out_of_reach_is_not_told_again(filer, record, elsewhere):
    post(filer, record, "submit", tag='"1"', figures=FIGURES)
    MonthlyRecord.objects.filter(pk=record.pk).update(station=elsewhere)

    assert post(filer, record, "submit", tag='"1"', figures=FIGURES).status_code == 404


def test_answers_are_forgotten_after_a_day(tenant):
    old, fresh = AnswerFactory(), AnswerFactory()
    Answer.objects.filter(pk=old.pk).update(at=timezone.now() - timedelta(hours=24, minutes=1))

    with suspended():
        tasks.forget_submissions()

    assert Answer.objects.get() == fresh


# --- at once ------------------------------------------------------------------------------------


@pytest.fixture
def committed(tenant):
    """A record and whoever files it, committed, so that other connections see them."""
    with tenant_context(tenant.pk):
        record = MonthlyRecordFactory()
        return record, UserFactory(role="station_head", area=record.station.area)


def submitted_at_once(record, user, keys):
    """The same POST from many clients, each on its own connection, released together."""
    barrier = Barrier(len(keys))

    def send(key):
        client = TenantlessClient()
        client.force_login(user)
        barrier.wait()
        try:
            return client.post(
                address(record, "submit"),
                {"figures": FIGURES},
                "application/json",
                headers=HEADERS | {"idempotency-key": key},
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(len(keys)) as pool:
        return [*pool.map(send, keys)]


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_ten_at_once_have_one_effect(tenant, committed):
    record, head = committed

    answers = submitted_at_once(record, head, ["key-1"] * 10)

    done = [one for one in answers if one.status_code == 200]
    others = [one for one in answers if one.status_code != 200]
    assert len({one.content for one in done}) == 1
    assert sum("Idempotent-Replayed" not in one.headers for one in done) == 1
    assert {(one.status_code, name_of(one)) for one in others} <= {(409, "key-in-use")}
    with tenant_context(tenant.pk):
        assert RecordEvent.objects.count() == Answer.objects.count() == 1
        assert MonthlyRecord.objects.get().version == 2


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_many_keys_at_once_file_a_record_once(tenant, committed):
    record, head = committed

    answers = submitted_at_once(record, head, [f"key-{n}" for n in range(5)])

    assert sorted(one.status_code for one in answers) == [200] + [409] * 4
    assert {name_of(one) for one in answers if one.status_code == 409} == {"record-locked"}
    with tenant_context(tenant.pk):
        assert RecordEvent.objects.count() == Answer.objects.count() == 1


@pytest.mark.no_tenant
@pytest.mark.django_db(transaction=True)
def test_whoever_comes_while_the_first_is_at_work_is_sent_away(tenant, committed, monkeypatch):
    record, head = committed
    client, second = TenantlessClient(), []
    client.force_login(head)

    def meanwhile(*_args):
        with ThreadPoolExecutor(1) as pool:
            second.append(
                pool.submit(lambda: submitted_at_once(record, head, ["key-1"])[0]).result()
            )

    monkeypatch.setattr("filings.actions.submitting.note", meanwhile)
    first = client.post(
        address(record, "submit"), {"figures": FIGURES}, "application/json", headers=HEADERS
    )

    assert first.status_code == 200
    assert (second[0].status_code, name_of(second[0])) == (409, "key-in-use")
    assert second[0].headers["Retry-After"] == "1"
    assert tag_of(client, record) == first.headers["ETag"]
