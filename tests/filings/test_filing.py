"""A record on its way: drafted, filed, taken back, reviewed, returned, accepted."""

from datetime import timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from filings import actions
from filings.actions.reviewing import PastTheLock
from filings.cells import Given, UnknownCells
from filings.models import MonthlyRecord, RecordEvent
from tenancy.models import AuditEvent, Message
from tenancy.versions import Stale
from tests.filings.factories import SOUND, MonthlyRecordFactory, accepted, back, filed

State = MonthlyRecord.State


def save(record, by, **cells):
    return actions.save(record=record, seen=record.version, given=Given(cells=cells), by=by)


def stored(record):
    return MonthlyRecord.objects.get(pk=record.pk)


def test_a_draft_keeps_numbers_blanks_and_what_cannot_be_read(record, filer):
    save(record, filer, opened="１，２３４", closed="", hours="很多", highlights=" 一，二\r\n三 ")
    row = stored(record)
    assert row.figures == {"opened": Decimal(1234), "closed": None}
    assert row.unread == {"hours": "很多"}
    assert row.texts == {"highlights": "一，二\n三"}
    assert (row.state, row.version, row.saved_by) == (State.DRAFT, 2, filer)


def test_a_mended_cell_is_unread_no_longer(record, filer):
    save(record, filer, hours="很多")
    save(record, filer, hours="160.5")
    assert stored(record).unread == {}
    assert stored(record).figures["hours"] == Decimal("160.5")


@pytest.mark.parametrize("code", ["unheard_of", "closing"])
def test_cells_that_nobody_types_are_refused_by_name(record, filer, code):
    with pytest.raises(UnknownCells) as refused:
        save(record, filer, **{code: "1"})
    assert refused.value.codes == [code]


def test_a_stale_draft_is_refused(record, filer):
    other = stored(record)
    save(record, filer, opened="1")
    with pytest.raises(Stale):
        save(other, filer, opened="2")
    assert stored(record).figures["opened"] == 1


def test_everything_that_blocks_is_told_at_once(record, filer):
    with pytest.raises(actions.Blocked) as refused:
        filed(record, filer, opened="", closed="9.5", hours="-1")
    assert {one.cell for one in refused.value.sheet.hard} == {"opened", "closed", "hours"}
    assert stored(record).state == State.OPEN


def test_a_filed_record_holds_what_is_computed_and_known(record, filer):
    filed(record, filer)
    row = stored(record)
    assert row.figures["closing"] == 4
    assert row.state == State.SUBMITTED
    assert row.receipt == "YB202610-440105001-01-1"
    assert RecordEvent.objects.get().figures == row.figures


def test_a_soft_check_passes_with_a_sentence(station, record, filer, reviewer):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, filer, reviewer, hours="50")
    with pytest.raises(actions.Blocked) as refused:
        filed(record, filer)
    assert [one.code for one in refused.value.sheet.unexplained] == ["hours-jump"]
    given = Given(cells=SOUND, explanations={"hours-jump": "本月新增两个小组。"})
    actions.submit(record=record, seen=record.version, given=given, by=filer)
    assert stored(record).explanations == {"hours-jump": "本月新增两个小组。"}


def test_last_months_closing_stands_in_the_opening_cell(station, record, filer, reviewer):
    before = MonthlyRecordFactory(station=station, month=record.month.replace(month=9))
    accepted(before, filer, reviewer)
    given = Given(cells={"opened": "0", "closed": "0", "hours": "160"})
    actions.submit(record=record, seen=record.version, given=given, by=filer)
    assert stored(record).figures["opening"] == 4


def test_a_record_is_filed_once(record, filer):
    other = stored(record)
    filed(record, filer)
    with pytest.raises(actions.AlreadyFiled) as refused:
        filed(other, filer)
    assert refused.value.record.receipt == record.receipt
    assert RecordEvent.objects.count() == 1


def test_a_record_is_withdrawn_within_the_minutes_and_unopened(record, filer, reviewer):
    filed(record, filer)
    actions.withdraw(record=record, by=filer)
    assert stored(record).state == State.DRAFT
    assert stored(record).first_submitted_at is None
    filed(record, filer)
    actions.open_for_review(record=record, by=reviewer)
    with pytest.raises(actions.NotWithdrawable):
        actions.withdraw(record=record, by=filer)


def test_a_record_is_not_withdrawn_after_the_minutes(record, filer):
    filed(record, filer)
    later = time_machine.travel(timezone.now() + timedelta(minutes=11), tick=False)
    with later, pytest.raises(actions.NotWithdrawable):
        actions.withdraw(record=record, by=filer)


def test_a_filer_opening_it_does_not_bar_withdrawal(record, filer):
    filed(record, filer)
    actions.open_for_review(record=record, by=filer)
    actions.withdraw(record=record, by=filer)


def test_who_filed_a_record_does_not_accept_it(record, filer):
    filed(record, filer)
    with pytest.raises(actions.OwnRecord):
        actions.accept(record=record, seen=record.version, by=filer)


def test_the_street_passes_first_where_the_policy_says_so(station, filer, street_officer, reviewer):
    record = MonthlyRecordFactory(station=station, street_first=True)
    filed(record, filer)
    with pytest.raises(actions.StreetFirst):
        actions.accept(record=record, seen=record.version, by=reviewer)
    actions.accept_by_street(record=record, seen=record.version, by=street_officer)
    assert stored(record).state == State.STREET_ACCEPTED
    actions.accept(record=record, seen=record.version, by=reviewer)
    assert stored(record).state == State.ACCEPTED


def test_a_returned_record_lies_with_its_filer_who_is_told(record, filer, reviewer):
    filed(record, filer)
    actions.return_record(record=record, seen=record.version, back=back(), by=reviewer)
    row = stored(record)
    assert (row.state, row.marked) == (State.RETURNED, ["closed"])
    assert row.figures["closed"] == 1
    assert Message.objects.get(recipient=filer).kind == "record_returned"
    filed(record, filer, closed="2")
    assert stored(record).receipt == "YB202610-440105001-01-2"


def test_a_return_moves_the_lock_to_the_day_it_is_to_be_mended(record, filer, reviewer):
    filed(record, filer)
    later = record.locks_on + timedelta(days=2)
    actions.return_record(record=record, seen=record.version, back=back(mend_by=later), by=reviewer)
    assert stored(record).locks_on == later


def test_an_accepted_record_is_not_returned(record, filer, reviewer):
    accepted(record, filer, reviewer)
    with pytest.raises(actions.NotAwaitingReview):
        actions.return_record(record=record, seen=record.version, back=back(), by=reviewer)


def test_past_the_lock_a_draft_is_neither_saved_nor_filed(record, filer):
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        with pytest.raises(actions.NotFillable):
            save(record, filer, opened="1")
        with pytest.raises(actions.NotFillable):
            filed(record, filer)


def test_past_the_lock_a_filed_record_is_accepted_into_the_archive(record, filer, reviewer):
    filed(record, filer)
    with time_machine.travel(timezone.now() + timedelta(days=30), tick=False):
        with pytest.raises(PastTheLock):
            actions.return_record(record=record, seen=record.version, back=back(), by=reviewer)
        actions.accept(record=record, seen=record.version, by=reviewer)
    assert stored(record).state == State.LOCKED


def test_locking_archives_the_accepted_closes_the_unfiled_and_leaves_the_rest(
    street, filer, reviewer, official
):
    one, two, three = (MonthlyRecordFactory(station__street=street) for _ in range(3))
    accepted(one, filer, reviewer)
    filed(two, filer)
    day_after = one.locks_on + timedelta(days=1)
    assert actions.lock_due(today=one.locks_on, by=official) == 0
    assert actions.lock_due(today=day_after, by=official) == 2
    assert [stored(each).state for each in (one, two, three)] == [
        State.LOCKED,
        State.SUBMITTED,
        State.MISSED,
    ]


def test_a_reopened_record_that_is_not_filed_again_is_as_it_was(record, filer, reviewer, official):
    accepted(record, filer, reviewer)
    actions.lock_due(today=record.locks_on + timedelta(days=1), by=official)
    record = stored(record)
    until = timezone.localdate() + timedelta(days=5)
    actions.reopen(record=record, seen=record.version, reason="补报", until=until, by=reviewer)
    assert stored(record).state == State.REOPENED
    save(record, filer, opened="9")
    actions.lock_due(today=record.locks_on + timedelta(days=1), by=official)
    row = stored(record)
    assert (row.state, row.figures["opened"]) == (State.LOCKED, 2)
    assert row.submitted_by == filer


def test_only_accepted_or_locked_records_are_reopened(record, filer, reviewer):
    filed(record, filer)
    until = timezone.localdate() + timedelta(days=5)
    with pytest.raises(actions.NotReopenable):
        actions.reopen(record=record, seen=record.version, reason="补报", until=until, by=reviewer)


def test_an_extension_moves_both_clocks_and_is_kept(record, filer, reviewer):
    until = record.locks_on + timedelta(days=1)
    actions.extend(record=record, until=until, reason="站点搬迁", by=reviewer)
    row = stored(record)
    assert (row.due_on, row.locks_on) == (until, until)
    assert row.extensions.get().reason == "站点搬迁"


def test_every_step_stands_in_the_history_and_in_the_audit(record, filer, reviewer):
    from tenancy.audit import append_pending

    filed(record, filer)
    actions.return_record(record=record, seen=record.version, back=back(), by=reviewer)
    accepted(record, filer, reviewer)
    append_pending()
    steps = ["submit", "return", "submit", "accept"]
    assert [*record.events.order_by("pk").values_list("step", flat=True)] == steps
    verbs = AuditEvent.objects.filter(target="filings.monthlyrecord").order_by("seq")
    assert [*verbs.values_list("verb", flat=True)] == [f"{step}-record" for step in steps]
