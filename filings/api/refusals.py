"""What stands in the way of a record's steps, as programs are told it."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from filings import actions
from filings.actions.reviewing import PastTheLock
from filings.models import MonthlyRecord
from filings.reaching import why_not_fillable
from filings.template.shapes import Problem
from tenancy.problems import Refused, explain
from tenancy.versions import Stale

explain(
    record_locked=gettext_lazy("月报在审核人手中，或已过锁定日，现在不能修改。"),
    wrong_state=gettext_lazy("月报现在的状态不能做这一步；state 是它的状态。"),
    rule_blocked=gettext_lazy("有必须改正的问题，没有报送；problems 逐条列出。"),
    explanation_required=gettext_lazy("有需要说明的校验，没有报送；problems 逐条列出。"),
    own_record=gettext_lazy("不能审核自己报送的月报，请由其他人审核。"),
)


REFUSED = (
    actions.Blocked,
    actions.NotFillable,
    actions.AlreadyFiled,
    actions.NotWithdrawable,
    actions.NotAwaitingReview,
    actions.NotReopenable,
    actions.OwnRecord,
    PastTheLock,
)


@contextmanager
def told(seen: int, now: Callable[[], MonthlyRecord]) -> Iterator[None]:
    """Refusals of actions as problems; `now` reads the record that was seen at a version."""
    try:
        yield
    except REFUSED as refused:
        raise _problem(refused, seen, now()) from refused


def _problem(refused: Exception, seen: int, record: MonthlyRecord) -> Exception:
    match refused:
        case actions.Blocked():
            return _blocked(refused)
        case actions.OwnRecord():
            return Refused("own-record", 403)
        case actions.NotFillable() | actions.AlreadyFiled():
            return _conflict("record-locked", record, why_not_fillable(record))
        case PastTheLock():
            return _conflict("record-locked", record, _past_the_lock())
        case actions.NotAwaitingReview() if record.submitted_at and not record.accepted_at:
            return _moved_on(record, seen)
        case actions.NotReopenable() if record.accepted_at or record.locked_at:
            return _moved_on(record, seen)
    return _conflict("wrong-state", record)


def _moved_on(record: MonthlyRecord, seen: int) -> Exception:
    """Its state allows the step: somebody has changed it, or the step comes before its turn."""
    return Stale() if record.version != seen else _conflict("wrong-state", record)


def _conflict(name: str, record: MonthlyRecord, detail: str = "") -> Refused:
    return Refused(name, 409, detail, state=record.state, version=record.version)


def _blocked(refused: actions.Blocked) -> Refused:
    sheet = refused.sheet
    if sheet.hard:
        return Refused("rule-blocked", 422, problems=listed([*sheet.hard, *sheet.unexplained]))
    return Refused("explanation-required", 422, problems=listed(sheet.unexplained))


def listed(problems: Iterable[Problem]) -> list[dict[str, Any]]:
    """Codes are for programs, sentences for people."""
    return [
        {
            "code": one.code,
            "cell": one.cell,
            "cells": [*one.cells],
            "severity": one.severity.value,
            "rule": one.rule,
            "message": one.message,
        }
        for one in problems
    ]


def _past_the_lock() -> str:
    return _("已过锁定日，不能退回。请先接收，再用“重开”并写明理由和期限。")
