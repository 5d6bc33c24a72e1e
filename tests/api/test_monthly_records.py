"""Monthly records as programs read them and fill them in."""

import pytest
from django.utils import timezone

from filings import actions
from filings.cells import Given
from filings.models import MonthlyRecord
from tests.api.records import FIGURES, address, patch, pointers, post, refused, stored, tag_of
from tests.factories import UserFactory
from tests.filings.factories import MonthlyRecordFactory, accepted, filed

pytestmark = pytest.mark.django_db


# --- reading ------------------------------------------------------------------------------------


def test_one_record_tells_what_is_written_known_and_wrong(filer, head, record, station):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, head, UserFactory())
    given = Given({"opened": "2", "closed": None, "hours": "1.5", "highlights": "一"})
    actions.save(record=record, seen=1, given=given, by=head)

    told = filer.get(address(record)).json()

    assert (told["month"], told["state"], told["version"]) == ("2026-10", "draft", 2)
    assert told["station"]["code"] == "ZD1"
    assert told["template"] == {"id": "small", "version": "1"}
    assert told["figures"] == {"opening": 4, "opened": 2, "closed": None, "hours": "1.5"}
    assert told["prefilled"] == ["opening"]
    assert (told["texts"], told["computed"]) == ({"highlights": "一"}, {})
    wrong = {one["code"]: (one["cell"], one["severity"]) for one in told["problems"]}
    assert wrong == {"blank.closed": ("closed", "hard"), "hours-jump": ("hours", "soft")}
    assert (told["receipt"], told["return"]) == (None, None)
    assert "saved_by" not in told


def test_a_draft_is_its_filers_own(filer, reviewer, record):
    patch(filer, record, figures=FIGURES)

    own, others = (client.get(address(record)).json() for client in (filer, reviewer))

    hidden = {"figures", "computed", "texts", "unread", "explanations", "prefilled", "problems"}
    assert own["figures"] == FIGURES
    assert {name: others[name] for name in hidden} == dict.fromkeys(hidden)
    [row] = reviewer.get("/api/v1/monthly-records/").json()["results"]
    assert (row["figures"], row["state"]) == (None, "draft")


def test_records_by_month_state_and_place(rows, record, station, elsewhere, head):
    MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    filed(MonthlyRecordFactory(station=elsewhere), UserFactory())

    def found(**query):
        return [(one["station"]["code"], one["month"]) for one in rows("monthly-records/", **query)]

    assert len(found()) == 3
    assert found(month="2026-09") == [("ZD1", "2026-09")]
    assert found(state="submitted") == found(station="ZD2") == [("ZD2", "2026-10")]
    assert len(found(area="440105013000", state="open")) == 2


@pytest.mark.parametrize(
    "steps",
    [
        {"saved_at"},
        {"saved_at", "submitted_at"},
        {"saved_at", "submitted_at", "street_accepted_at"},
        {"saved_at", "submitted_at", "street_accepted_at", "accepted_at"},
        {"saved_at", "submitted_at", "accepted_at", "reopened_at", "locked_at"},
        {"locked_at"},
        {"saved_at", "returned_at", "reopened_at"},
        {"reopened_at", "saved_at"},
        set(),
    ],
)
def test_a_state_is_asked_for_as_it_is_told(record, steps):
    by, now = UserFactory(), timezone.now()
    other = UserFactory()
    for step in steps:
        setattr(record, step, now)
        if step != "locked_at":
            setattr(record, step.replace("_at", "_by"), by if step == "submitted_at" else other)
    record.first_submitted_at, record.mend_by = now, now.date()
    record.save()

    found = {
        state for state in MonthlyRecord.State if MonthlyRecord.objects.in_state(state).exists()
    }

    assert found == {stored(record).state}


# --- filling ------------------------------------------------------------------------------------


def test_what_cannot_be_read_is_kept_and_told(filer, record):
    body = '{"figures": {"opening": 3, "opened": 1e400, "closed": "1", "hours": "很多"}}'

    headers = {"if-match": '"1"'}
    told = filer.patch(address(record), body, "application/json", headers=headers).json()

    assert told["unread"] == {"hours": "很多", "opened": "inf"}
    assert told["figures"] == {"opening": 3, "closed": 1}
    assert [one["code"] for one in told["problems"]] == ["unread.opened", "unread.hours"]
    assert told["version"] == 2


def test_a_blank_is_written_and_what_is_absent_stays(filer, record):
    patch(filer, record, figures=FIGURES, texts={"highlights": " 一\r\n二 "})

    told = patch(filer, record, figures={"hours": None}).json()

    assert told["figures"] == FIGURES | {"hours": None}
    assert told["texts"] == {"highlights": "一\n二"}


def test_all_that_is_wrong_with_a_body_is_told_at_once(filer, record):
    response = patch(
        filer,
        record,
        figures={"visits": 1, "closing": 4, "opened": [1], "closed": True, "a/b": 1, "\ud800": 1},
        texts={"opened": "一", "highlights": "一" * 2001},
        explanations={"closed-within": "一"},
        figure={},
    )

    assert pointers(response) == {
        "#/figure": "unknown",
        "#/figures/visits": "unknown",
        "#/figures/closing": "unknown",
        "#/figures/a~1b": "unknown",
        "#/figures/%3F": "unknown",
        "#/figures/opened": "invalid",
        "#/figures/closed": "invalid",
        "#/texts/opened": "unknown",
        "#/texts/highlights": "max_length",
        "#/explanations/closed-within": "unknown",
    }
    assert stored(record).version == 1


@pytest.mark.parametrize("body", ["", "[1]", "1", "{", "[" * 100_000, '{"figures": [1]}'])
def test_what_is_no_body_is_refused(filer, record, body):
    headers = {"if-match": '"1"'}

    response = filer.patch(address(record), body, "application/json", headers=headers)

    assert response.status_code == (200 if body == "" else 400)


def test_a_form_is_no_body(filer, record):
    headers = {"if-match": '"1"', "idempotency-key": "a"}

    response = filer.post(address(record, "submit"), {"figures": "1"}, headers=headers)

    assert response.status_code == 415
    assert "JSON" in response.json()["detail"]


def test_a_write_wants_the_version_that_was_read(filer, record):
    first = tag_of(filer, record)
    assert filer.get(address(record), headers={"if-none-match": first}).status_code == 304
    written = patch(filer, record, tag=first, figures={"opened": 1})

    stale = patch(filer, record, tag=first, figures={"opened": 2})
    nameless = filer.patch(address(record), {}, "application/json")

    assert refused(stale, 412, "conflict-version")["version"] == 2
    refused(nameless, 428, "version-required")
    refused(patch(filer, record, tag='"elsewhere"'), 412, "conflict-version")
    assert stored(record).figures == {"opened": 1}
    assert written.headers["ETag"] == tag_of(filer, record)
    weak = f"W/{written.headers['ETag']}"
    assert patch(filer, record, tag=weak, figures={"opened": 3}).status_code == 200


def test_a_filed_record_is_not_filled(filer, head, record):
    filed(record, head)

    told = refused(patch(filer, record, figures={"opened": 9}), 409, "record-locked")

    assert told["state"] == "submitted"
    assert record.receipt in told["detail"]


# --- reach --------------------------------------------------------------------------------------


def test_what_is_out_of_reach_does_not_exist(client_of, record, elsewhere):
    stranger = client_of(UserFactory(role="station_head", area=elsewhere.area))
    tag = '"1"'

    told = [
        stranger.get(address(record)),
        patch(stranger, record, tag=tag),
        post(stranger, record, "submit", tag=tag),
        stranger.get("/api/v1/monthly-records/9999999/"),
        stranger.get("/api/v1/monthly-records/x/"),
    ]

    assert len({response.content for response in told}) == 1
    refused(told[0], 404, "scope-denied")


def test_a_method_that_is_not_taken_is_told_from_an_address_that_is_only_read(filer, record):
    sentences = [
        filer.put(address(record)).json()["detail"],
        filer.get(address(record, "submit")).json()["detail"],
        filer.post("/api/v1/monthly-records/").json()["detail"],
    ]

    assert sentences == [
        "此地址不接受这种方法，可用的见 Allow。",
        "此地址不接受这种方法，可用的见 Allow。",
        "此地址只能读取。",
    ]


def test_sentences_are_in_the_readers_language_and_names_are_not(client_of, head, record):
    client = client_of(head)
    headers = {"accept-language": "en", "idempotency-key": "a", "if-match": '"1"'}
    body = {"figures": {"closed": [1]}}

    response = client.post(address(record, "submit"), body, "application/json", headers=headers)

    [fault] = response.json()["errors"]
    assert (fault["pointer"], fault["code"]) == ("#/figures/closed", "invalid")
    assert fault["detail"] == "Not a valid string."
