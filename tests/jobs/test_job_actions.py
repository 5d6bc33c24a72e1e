import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from jobs import actions
from jobs.models import Job
from tests.factories import AreaFactory, UserFactory
from tests.jobs import kinds

pytestmark = pytest.mark.django_db


def ask(root, user, **options):
    return actions.request(kind="quick", area=root, params={"pack": "p"}, by=user, **options)


def fail(job):
    Job.objects.filter(pk=job.pk).end(Job.Reason.LOST)


def noted(verb):
    """Acts noted for the audit chain in this transaction."""
    notes = [entry[1] for entry in connection.run_on_commit]
    return [
        note.event for note in notes if getattr(note, "event", None) and note.event.verb == verb
    ]


def test_a_request_is_a_queued_row_and_an_act(root, official):
    job = ask(root, official)

    assert (Job.objects.get().status, job.params) == ("queued", {"pack": "p"})
    [event] = noted("request-job")
    assert event.detail == {"kind": "quick", "pack": "p"}


def test_the_same_effect_is_asked_for_once_while_under_way(root, official):
    first = ask(root, official, effect_key="440100")
    assert ask(root, official, effect_key="440100") == first
    assert ask(root, official, effect_key="440200") != first

    fail(first)
    assert ask(root, official, effect_key="440100") != first
    assert len(noted("request-job")) == 3


def test_jobs_without_an_effect_key_stand_side_by_side(root, official):
    assert ask(root, official) != ask(root, official)


def test_a_waiting_job_is_cancelled_at_once(root, official):
    job = ask(root, official)

    actions.cancel(job=job, by=official)

    job.refresh_from_db()
    assert (job.status, job.cancel_requested_by) == ("cancelled", official)
    assert noted("cancel-job")


def test_a_running_job_is_asked_to_stop(root, official):
    job = ask(root, official)
    Job.objects.filter(pk=job.pk).claim("somebody")

    actions.cancel(job=job, by=official)

    job.refresh_from_db()
    assert (job.status, bool(job.cancel_requested_at)) == ("running", True)


def test_an_ended_job_is_not_cancelled(root, official):
    job = ask(root, official)
    Job.objects.end(result={})

    with pytest.raises(actions.AlreadyEnded):
        actions.cancel(job=job, by=official)
    assert not noted("cancel-job")


def test_a_failed_job_gets_three_more_attempts_in_the_name_of_who_asks(root, official):
    job = ask(root, official)
    Job.objects.update(attempt=3)
    fail(job)
    colleague = UserFactory(role="city_authority", area=root)

    actions.retry(job=job, by=colleague)

    job.refresh_from_db()
    assert (job.status, job.attempt, job.reason) == ("queued", 0, "")
    assert job.requested_by == colleague
    assert noted("retry-job")


def test_a_cancelled_job_may_be_tried_again(root, official):
    job = ask(root, official)
    actions.cancel(job=job, by=official)

    actions.retry(job=job, by=official)

    assert Job.objects.get().status == "queued"


@pytest.mark.parametrize("result", [None, {}])
def test_what_did_not_fail_is_not_tried_again(root, official, result):
    job = ask(root, official)
    if result is not None:
        Job.objects.end(result=result)

    with pytest.raises(actions.NotFailed):
        actions.retry(job=job, by=official)


def test_a_failed_job_waits_for_another_of_the_same_effect(root, official):
    failed = ask(root, official, effect_key="440100")
    fail(failed)
    ask(root, official, effect_key="440100")

    with pytest.raises(actions.AlreadyUnderWay):
        actions.retry(job=failed, by=official)


def impossible(**facts):
    return pytest.param(facts, id=" ".join(facts))


@pytest.mark.parametrize(
    "facts",
    [
        impossible(result={}),
        impossible(attempt=4),
        impossible(done=2, total=1),
        impossible(cancel_requested_at=timezone.now()),
        impossible(ended_at=timezone.now()),
        impossible(ended_at=timezone.now(), result={}, reason="lost"),
        impossible(ended_at=timezone.now(), reason="lost", lease_until=timezone.now()),
    ],
)
def test_the_database_refuses_what_cannot_be(root, official, facts):
    job = ask(root, official)

    with pytest.raises(IntegrityError):
        Job.objects.filter(pk=job.pk).update(**facts)


def test_only_kinds_within_reach_and_own_jobs_are_visible(root, official):
    district = AreaFactory(level="district", parent=root)
    elsewhere = AreaFactory(level="district", parent=root)
    worker = UserFactory(role="worker", area=district)
    local = UserFactory(role="district_authority", area=district)
    own, above, foreign = ask(district, worker), ask(root, official), ask(elsewhere, official)

    assert {*Job.objects.visible_to(official)} == {own, above, foreign}
    assert {*Job.objects.visible_to(local)} == {own}
    assert {*Job.objects.visible_to(worker)} == {own}
    assert not Job.objects.visible_to(worker, kinds.VERB).exists()
