"""Monthly records filed, taken back, reviewed and reopened by programs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from filings import actions
from filings.models import MonthlyRecord, RecordEvent
from tenancy.actions.public_keys import issue_token
from tests.api.records import BACK, FIGURES, address, patch, pointers, post, refused, stored, tag_of
from tests.conftest import TenantlessClient
from tests.factories import UserFactory
from tests.filings.factories import MonthlyRecordFactory, accepted, filed

pytestmark = pytest.mark.django_db


# --- filing -------------------------------------------------------------------------------------


def test_a_record_is_filed_with_what_is_given(filer, record):
    response = post(filer, record, "submit", figures=FIGURES)

    told = response.json()
    assert (told["state"], told["computed"]) == ("submitted", {"closing": 4})
    assert told["receipt"] == "YB202610-ZD1-1"
    assert RecordEvent.objects.get().step == "submit"
    assert response.headers["ETag"] == tag_of(filer, record)


def test_what_blocks_is_listed_and_nothing_is_written(filer, record):
    response = post(filer, record, "submit", figures=FIGURES | {"closed": 9, "hours": ""})

    told = refused(response, 422, "rule-blocked")
    assert {(one["code"], one["severity"]) for one in told["problems"]} == {
        ("closed-within", "hard"),
        ("blank.hours", "hard"),
    }
    assert (stored(record).version, stored(record).figures) == (1, {})


def test_a_soft_check_wants_a_sentence(filer, record, station, head):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, head, UserFactory(), hours="50")

    told = refused(post(filer, record, "submit", figures=FIGURES), 422, "explanation-required")
    assert [one["code"] for one in told["problems"]] == ["hours-jump"]
    why = {"hours-jump": "本月举办大型社区活动。"}
    done = post(filer, record, "submit", figures=FIGURES, explanations=why).json()

    assert (done["state"], done["explanations"]) == ("submitted", why)


def test_a_record_is_taken_back_until_it_is_opened(filer, head, officer, record):
    filed(record, head)
    assert post(filer, record, "withdraw").json()["state"] == "draft"
    filed(again := stored(record), head)
    actions.open_for_review(record=again, by=officer)

    told = refused(post(filer, record, "withdraw", key="key-2"), 409, "wrong-state")

    assert told["state"] == "submitted"


# --- reviewing ----------------------------------------------------------------------------------


def test_the_street_and_then_the_district_pass_a_record(client_of, reviewer, office, station):
    record = MonthlyRecordFactory(station=station, street_first=True)
    filed(record, UserFactory())

    assert post(reviewer, record, "accept").status_code == 403
    assert post(client_of(office), record, "accept").json()["state"] == "street_accepted"
    assert post(reviewer, record, "accept").json()["state"] == "accepted"
    assert post(client_of(office), record, "accept").headers["Idempotent-Replayed"] == "true"


def test_a_record_goes_back_with_reasons_cells_and_a_day(filer, reviewer, head, record):
    filed(record, head)

    told = post(reviewer, record, "return", **BACK).json()

    assert (told["state"], told["marked"], told["figures"]) == ("returned", ["closed"], None)
    back = filer.get(address(record)).json()["return"]
    assert back["reasons"] == ["inconsistent"]
    assert (back["comment"], back["cells"], back["round"]) == (BACK["comment"], ["closed"], 1)
    assert back["mend_by"] > timezone.localdate().isoformat()


def test_all_that_is_wrong_with_a_return_is_told(reviewer, head, record):
    filed(record, head)

    first = post(
        reviewer, record, "return", reasons=["bad"], comment="短", cells=["visits"], mend_by="明天"
    )
    both = post(reviewer, record, "return", **BACK, mend_by=timezone.localdate().isoformat())
    far = post(reviewer, record, "return", **(BACK | {"cells": ["visits"]}), mend_by="9999-12-31")

    assert pointers(first) == {
        "#/reasons/0": "invalid_choice",
        "#/comment": "min_length",
        "#/cells/0": "unknown",
        "#/mend_by": "invalid",
    }
    assert pointers(both) == {"#/mend_by": "invalid"}
    assert pointers(far) == {"#/cells/0": "unknown", "#/mend_by": "invalid"}
    assert {*pointers(post(reviewer, record, "return"))} == {"#/reasons", "#/comment"}


def test_a_record_that_was_changed_or_passed_on_is_not_reviewed(reviewer, head, officer, record):
    filed(record, head)
    stale = tag_of(reviewer, record)
    actions.withdraw(record=record, by=head)
    filed(record, head)

    refused(post(reviewer, record, "accept", tag=stale), 412, "conflict-version")
    actions.accept(record=record, seen=record.version, by=officer)
    refused(post(reviewer, record, "return", tag=stale, **BACK), 409, "wrong-state")


def test_after_the_lock_day_a_record_is_neither_filled_nor_returned(filer, reviewer, head, record):
    day = timezone.localdate() - timedelta(days=1)
    past = MonthlyRecord.objects.filter(pk=record.pk)
    past.update(due_on=day, locks_on=day)
    late = refused(patch(filer, record, figures={"opened": 1}), 409, "record-locked")
    past.update(locks_on=timezone.localdate())
    filed(stored(record), head)
    past.update(locks_on=day)

    told = refused(post(reviewer, record, "return", **BACK), 409, "record-locked")

    assert str(day) in late["detail"]
    assert "重开" in told["detail"]
    assert post(reviewer, record, "accept").json()["state"] == "locked"


def test_nobody_reviews_what_they_filed(reviewer, officer, record):
    filed(record, officer)

    refused(post(reviewer, record, "accept"), 403, "own-record")


def test_an_accepted_record_is_reopened_until_a_day(reviewer, head, officer, record):
    until = timezone.localdate() + timedelta(days=5)
    body = {"reason": "审计发现漏计，需要补报。", "until": until.isoformat()}
    refused(post(reviewer, record, "reopen", **body), 409, "wrong-state")
    accepted(record, head, officer)

    assert {*pointers(post(reviewer, record, "reopen", until="2020-01-01"))} == {
        "#/reason",
        "#/until",
    }
    assert post(reviewer, record, "reopen", **body).json()["state"] == "reopened"
    assert stored(record).locks_on == until


def test_a_token_writes_as_its_user_and_a_session_with_its_csrf_token_only(head, record):
    sent = {"data": {"figures": FIGURES}, "content_type": "application/json"}
    seen = {"if-match": '"1"', "idempotency-key": "key-1"}
    token = issue_token(user=head, days=1, by=head)
    session = TenantlessClient(enforce_csrf_checks=True)
    session.force_login(head)

    refused = session.post(address(record, "submit"), headers=seen, **sent)
    bearer = {"authorization": f"Bearer {token}"}
    done = TenantlessClient(enforce_csrf_checks=True).post(
        address(record, "submit"), headers=seen | bearer, **sent
    )

    assert refused.status_code == 403
    assert (done.status_code, stored(record).submitted_by) == (200, head)
