from datetime import timedelta

import pytest
from django.utils import timezone

from tenancy.actions.appointments import may_manage
from tenancy.context import tenant_context
from tenancy.models import Appointment, AuditEvent, User
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory, appointed

pytestmark = pytest.mark.django_db


@pytest.fixture
def streets(root):
    return [AreaFactory(parent=root) for _ in range(2)]


@pytest.fixture
def boss(streets):
    """Somebody who appoints at the first street."""
    return UserFactory(role="street_office", area=streets[0])


@pytest.fixture
def worker(streets):
    return UserFactory(role="worker", area=streets[0])


def test_a_reset_ends_sessions_and_forces_a_change(client_of, boss, worker):
    theirs = client_of(worker)
    response = client_of(boss).post(f"/people/{worker.pk}/reset/")

    worker.refresh_from_db()
    password = response.context["password"]
    assert password in response.content.decode()
    assert worker.check_password(password)
    assert worker.must_change_password
    assert worker.password_expires_at > timezone.now() + timedelta(days=2)
    assert theirs.get("/account/").status_code == 302
    assert not AuditEvent.objects.filter(detail__icontains=password).exists()


def test_a_person_with_an_office_out_of_reach_is_not_taken_over(client_of, boss, worker, streets):
    before = worker.password
    appointed(worker, "worker", streets[1])
    client = client_of(boss)

    assert client.get(f"/people/{worker.pk}/").status_code == 200
    assert client.post(f"/people/{worker.pk}/reset/").status_code == 403
    assert client.post(f"/people/{worker.pk}/end/").status_code == 403
    worker.refresh_from_db()
    assert (worker.password, worker.ended_at) == (before, None)


def test_nor_one_with_an_office_out_of_reach_that_is_still_to_come(boss, worker, streets):
    appointed(worker, "worker", streets[1], timezone.localdate() + timedelta(days=9))

    assert not may_manage(boss, worker)


def test_an_office_elsewhere_that_is_over_does_not_protect(boss, worker, streets):
    appointed(worker, "worker", streets[1])
    Appointment.objects.filter(user=worker, area=streets[1]).update(
        ends_on=timezone.localdate(), ended_at=timezone.now(), ended_by=boss
    )

    assert may_manage(boss, worker)


def test_of_a_person_out_of_office_the_former_offices_count(boss, worker, streets):
    appointed(worker, "worker", streets[1])
    Appointment.objects.filter(user=worker).update(
        ends_on=timezone.localdate(), ended_at=timezone.now(), ended_by=boss
    )

    assert not may_manage(boss, worker)


def test_a_greater_role_at_the_same_place_is_not_taken_over(client_of, root):
    guard = UserFactory(role="security_admin", area=root)
    chief = UserFactory(role="city_authority", area=root)

    assert client_of(guard).post(f"/people/{chief.pk}/reset/").status_code == 403
    assert may_manage(chief, guard)


def test_nobody_manages_the_own_account_here(boss, client_of):
    assert client_of(boss).post(f"/people/{boss.pk}/end/").status_code == 403


def test_ending_an_account_ends_offices_and_sessions(client_of, boss, worker):
    theirs, client = client_of(worker), client_of(boss)

    assert client.post(f"/people/{worker.pk}/end/").status_code == 302

    worker.refresh_from_db()
    assert worker.ended_at
    assert not worker.appointments.filter(ended_at=None).exists()
    assert theirs.get("/account/").status_code == 302
    assert "已停用" in client.get(f"/people/{worker.pk}/").content.decode()
    assert client.post(f"/people/{worker.pk}/reset/").status_code == 403


def test_the_page_shows_only_offices_within_reach(client_of, boss, worker, streets):
    appointed(worker, "worker", streets[1])

    page = client_of(boss).get(f"/people/{worker.pk}/").content.decode()

    assert streets[0].name in page
    assert streets[1].name not in page


def test_people_elsewhere_and_nobody_answer_in_the_same_bytes(client_of, boss, streets, tenant):
    hidden = UserFactory(role="worker", area=streets[1])
    with suspended(), tenant_context(TenantFactory().pk):
        foreign = UserFactory(role="worker", area=AreaFactory())
    system = User.objects.system(tenant)
    client = client_of(boss)

    answers = [
        ask(f"/people/{pk}/{tail}")
        for pk in (hidden.pk, foreign.pk, system.pk, 999_999_999)
        for ask, tail in ((client.get, ""), (client.post, "reset/"), (client.post, "end/"))
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_whoever_may_only_read_may_not_manage(client_of, worker, root):
    reader = UserFactory(role="system_admin", area=root)

    assert client_of(reader).get(f"/people/{worker.pk}/").status_code == 200
    assert client_of(reader).post(f"/people/{worker.pk}/reset/").status_code == 403
