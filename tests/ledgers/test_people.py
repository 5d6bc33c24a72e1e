"""Certificates verified by the street, identity numbers looked at for a reason."""

import pytest

from staffing.models import Certificate, Worker
from tenancy.audit import append_pending
from tenancy.models import AuditEvent
from tests.city_workbook import IDENTITY
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
VERIFIED, PENDING, REJECTED = Certificate.Verification


@pytest.fixture
def certificate(kept):
    return Certificate.objects.get()


def verification():
    return Certificate.objects.get().verification


def noted(verb):
    append_pending()
    return AuditEvent.objects.filter(verb=verb)


def test_whoever_keeps_the_roster_cannot_verify(certificate, head, client_of):
    client = client_of(head)
    page = client.get(f"/ledgers/certificates/{certificate.pk}/edit/").content.decode()

    assert 'name="verification"' not in page
    assert client.get(f"/certificates/{certificate.pk}/verification/").status_code == 403
    detail = client.get(f"/ledgers/certificates/{certificate.pk}/")
    assert detail.context["offers"] == []


def test_a_changed_certificate_awaits_verification_again(certificate, head, edited):
    edited(head, "certificates", certificate, number="GL002")

    assert verification() == PENDING
    assert noted("change-certificate").get().detail == {"fields": ["number", "verification"]}


def test_a_certificate_left_as_it_was_stays_verified(certificate, head, edited):
    edited(head, "certificates", certificate)

    assert verification() == VERIFIED


@pytest.mark.parametrize("word", ["已核验", "未通过"])
def test_a_verdict_slipped_into_the_form_is_not_taken(certificate, head, edited, word):
    edited(head, "certificates", certificate, number="GL002", verification=word)

    assert verification() == PENDING


def test_a_new_certificate_awaits_verification(kept, head, entered):
    cells = {"worker": "R1", "level": "助理社会工作师", "obtained_on": "2021-01-01"}
    response = entered(head, "certificates", **cells, verification="已核验")

    assert response.status_code == 302
    assert Certificate.objects.get(level="assistant").verification == PENDING


def verify(client, certificate, **data):
    data = {"version": certificate.version, "verification": "rejected", **data}
    return client.post(f"/certificates/{certificate.pk}/verification/", data)


def test_the_street_verifies(certificate, officer, client_of):
    client = client_of(officer)
    page = client.get(f"/certificates/{certificate.pk}/verification/").content.decode()
    assert "陈一" in page
    assert IDENTITY not in page

    response = verify(client, certificate)

    assert response.url == f"/ledgers/certificates/{certificate.pk}/"
    assert verification() == REJECTED
    assert noted("verify-certificate").get().detail == {"verification": "rejected"}
    offers = client.get(response.url).context["offers"]
    assert [offer["url"] for offer in offers] == [f"/certificates/{certificate.pk}/verification/"]


def test_the_street_does_not_change_the_certificate(certificate, officer, edited):
    assert edited(officer, "certificates", certificate, number="GL002").status_code == 403


@pytest.mark.parametrize("data", [{"verification": ""}, {"verification": "pending"}])
def test_a_verdict_must_be_given(certificate, officer, client_of, data):
    assert verify(client_of(officer), certificate, **data).status_code == 422
    assert verification() == VERIFIED


def test_a_verdict_on_what_has_changed_meanwhile_is_not_taken(
    certificate, officer, head, edited, client_of
):
    edited(head, "certificates", certificate, number="GL002")

    response = verify(client_of(officer), certificate)

    assert response.status_code == 409
    assert "GL002" in response.content.decode()
    assert verification() == PENDING
    assert verify(client_of(officer), certificate, version=2).status_code == 302


@pytest.fixture
def worker(kept):
    return Worker.objects.get(code="R1")


def test_a_number_is_shown_for_a_reason_that_stays_on_record(worker, head, client_of):
    client, url = client_of(head), f"/workers/{worker.pk}/identity/"
    assert IDENTITY not in client.get(url).content.decode()

    response = client.post(url, {"reason": "核对劳动合同"})

    assert IDENTITY in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    event = noted("reveal-identity").get()
    assert (event.actor_id, event.target_id) == (head.pk, worker.pk)
    assert event.detail == {"reason": "核对劳动合同"}
    assert IDENTITY not in client.get(url).content.decode()


@pytest.mark.parametrize("reason", ["", "核对", "    ", "x" * 201])
def test_without_a_reason_nothing_is_shown(worker, head, client_of, reason):
    response = client_of(head).post(f"/workers/{worker.pk}/identity/", {"reason": reason})

    assert response.status_code == 422
    assert IDENTITY not in response.content.decode()
    assert not noted("reveal-identity").exists()


def test_somebody_without_a_number_has_none_to_show(kept, client_of):
    head = UserFactory(role="station_head", area=kept.S2.area)
    worker = Worker.objects.get(code="R2")

    page = client_of(head).get(f"/workers/{worker.pk}/identity/").content.decode()

    assert "没有登记身份证号" in page


def test_the_ledger_offers_it_to_those_who_may(worker, head, official, client_of):
    url = f"/workers/{worker.pk}/identity/"

    assert url in client_of(head).get(f"/ledgers/workers/{worker.pk}/").content.decode()
    assert url not in client_of(official).get(f"/ledgers/workers/{worker.pk}/").content.decode()
