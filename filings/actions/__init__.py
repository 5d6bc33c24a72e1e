"""What is done with monthly records: opened, filled, filed, reviewed, locked, reopened."""

from filings.actions.calendar import confirm_year, forget_day, set_day, set_policy
from filings.actions.filling import save
from filings.actions.locking import lock_due
from filings.actions.opening import Opened, open_period
from filings.actions.reminding import remind
from filings.actions.reopening import NotReopenable, extend, reopen
from filings.actions.reviewing import (
    NotAwaitingReview,
    OwnRecord,
    StreetFirst,
    accept,
    accept_by_street,
    open_for_review,
    return_record,
)
from filings.actions.submitting import (
    AlreadyFiled,
    Blocked,
    NotWithdrawable,
    submit,
    withdraw,
)
from filings.actions.templates import VersionTaken, load_template
from filings.drafts import NotFillable

__all__ = [
    "AlreadyFiled",
    "Blocked",
    "NotAwaitingReview",
    "NotFillable",
    "NotReopenable",
    "NotWithdrawable",
    "Opened",
    "OwnRecord",
    "StreetFirst",
    "VersionTaken",
    "accept",
    "accept_by_street",
    "confirm_year",
    "extend",
    "forget_day",
    "load_template",
    "lock_due",
    "open_for_review",
    "open_period",
    "remind",
    "reopen",
    "return_record",
    "save",
    "set_day",
    "set_policy",
    "submit",
    "withdraw",
]
