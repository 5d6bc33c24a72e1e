"""Jobs done in this process; the lease's thread has a connection of its own, as in a worker."""

import pytest
from django.db.models import F

from jobs import execution, registry
from jobs.models import Job
from jobs.running import Cancelled, CannotBeDone, Superseded
from tenancy.actions.appointments import end
from tenancy.actions.people import end_account
from tenancy.context import NoTenant, current_tenant_id, tenant_context
from tenancy.models import Appointment, Message, User
from tenancy.permissions import Permission
from tests.jobs.desk import elsewhere
from tests.jobs.kinds import effect
from tests.jobs.workers import wait_until

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.no_tenant]


@pytest.fixture
def probe(desk, monkeypatch):
    """`probe(work)`: the row of a job that did this work."""

    def run_once(work):
        kind = registry.Kind("probe", Permission.BUILD_REPORT, "试", work)
        monkeypatch.setitem(registry._kinds, "probe", kind)
        return run(desk, desk.ask("probe"))

    return run_once


def run(desk, job):
    execution.execute(desk.tenant.pk, job.pk, "here:1")
    return desk.look(job)


def end_offices(desk):
    with tenant_context(desk.tenant.pk):
        for appointment in Appointment.objects.filter(user=desk.user):
            end(appointment=appointment, by=desk.user)


def take_over(desk, job_id):
    with tenant_context(desk.tenant.pk):
        Job.objects.filter(pk=job_id).update(fence=F("fence") + 1)


def test_a_job_runs_at_its_place_in_the_name_of_who_asked(desk, probe):
    row = probe(lambda running: {"by": running.by.pk, "at": running.area.code})

    assert row.result == {"by": desk.user.pk, "at": desk.root.code}
    assert (row.status, row.lease_until, row.holder) == ("done", None, "")


def test_a_message_for_an_ended_job_changes_nothing(desk):
    job = desk.ask("quick")
    first, second = run(desk, job), run(desk, job)

    assert (first.status, first.fence) == ("done", 1)
    assert second.fence == 1
    assert desk.each_had_one_effect(job)


def test_progress_is_seen_while_the_work_is_not_committed(desk, probe):
    def work(running):
        effect(running)
        running.progress(3, 10)
        wait_until(lambda: elsewhere(lambda: desk.look(Job(pk=running.id)).done) == 3, 5)
        return {"seen": sum(elsewhere(desk.effects).values())}

    assert probe(work).result == {"seen": 0}


def test_whoever_lost_the_office_gets_nothing_done(desk):
    job = desk.ask("quick")
    end_offices(desk)

    row = run(desk, job)

    assert (row.status, row.reason) == ("failed", "not_permitted")
    assert not desk.effects()


def test_whoever_has_left_gets_nothing_done(desk):
    job = desk.ask("quick")
    with tenant_context(desk.tenant.pk):
        end_account(user=desk.user, by=User.objects.system(desk.tenant.pk))

    assert run(desk, job).reason == "not_permitted"


def test_an_office_that_ends_meanwhile_voids_the_effect(desk, probe):
    def work(running):
        elsewhere(end_offices, desk)
        return effect(running)

    assert probe(work).reason == "not_permitted"
    assert not desk.effects()


def test_a_cancellation_that_was_not_heard_still_voids_the_effect(desk, probe):
    def work(running):
        elsewhere(desk.cancel, Job(pk=running.id))
        return effect(running)

    assert probe(work).status == "cancelled"
    assert not desk.effects()


def test_work_hears_that_it_was_cancelled(desk, probe):
    def work(running):
        elsewhere(desk.cancel, Job(pk=running.id))
        with pytest.raises(Cancelled):
            wait_until(lambda: running.progress(1))
        return {}

    assert probe(work).status == "cancelled"


def test_a_stale_fence_has_no_effect_and_no_end(desk, probe):
    def work(running):
        elsewhere(take_over, desk, running.id)
        return effect(running)

    row = probe(work)

    assert (row.ended_at, row.result) == (None, None)
    assert not desk.effects()


def test_work_hears_that_another_took_over(desk, probe):
    def work(running):
        elsewhere(take_over, desk, running.id)
        with pytest.raises(Superseded):
            wait_until(lambda: running.progress(1))
        return {}

    assert probe(work).ended_at is None


def test_a_crash_is_tried_again_and_the_third_is_the_last(desk):
    job = desk.ask("crashing")

    first = run(desk, job)
    assert (first.status, first.attempt, first.reason) == ("queued", 1, "crashed")
    run(desk, job)
    last = run(desk, job)

    assert (last.status, last.attempt) == ("failed", 3)
    assert (run(desk, job).attempt, desk.effects()) == (3, {})


def test_no_text_of_an_exception_is_kept(desk):
    assert run(desk, desk.ask("crashing")).detail == "ZeroDivisionError"


def test_a_kind_that_nobody_knows_fails_in_words(desk):
    row = run(desk, desk.ask("forgotten"))

    assert (row.status, row.reason) == ("failed", "unknown_kind")
    assert row.error


def test_no_tenant_is_left_after_a_crash(desk):
    run(desk, desk.ask("crashing"))

    with pytest.raises(NoTenant):
        current_tenant_id()


def messages_of(desk):
    with tenant_context(desk.tenant.pk):
        return [(one.kind, one.params) for one in Message.objects.visible_to(desk.user)]


def test_who_asked_is_told_once_that_it_is_done(desk, probe):
    row = probe(lambda running: {})
    run(desk, row)

    assert messages_of(desk) == [("job_done", {"job": "试", "area": desk.root.name})]


def test_who_asked_is_told_that_it_failed_when_no_attempt_is_left(desk, probe):
    def refuse(running):
        raise CannotBeDone("没有台账。")

    probe(refuse)

    assert [kind for kind, _ in messages_of(desk)] == ["job_failed"]


def test_a_first_crash_is_not_told_for_another_attempt_follows(desk, probe):
    probe(lambda running: 1 / 0)

    assert messages_of(desk) == []
