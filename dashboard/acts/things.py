"""What acts are done to: the kinds of rows, and what people call one of them.

A person is called by the code of the roster; names are not read.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.apps import apps
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.models import Notice, OpeningFigure, Override, Report, Run
from filings.models import FilingPolicy, MonthlyRecord, RecordTemplate, RecordWorkbook
from jobs.ledgers import Ledger, registered, translated
from jobs.models import CityImport, Job
from tenancy.models import Appointment, Area, AuditEvent, PublicKey, User
from tenancy.permissions import Permission

NUMBER = "#"
MOST_MEANT = 100


@dataclass(frozen=True)
class Thing:
    """One kind of row; `code` is the look-up of what people call it by, else its number does."""

    slug: str
    model: Any
    code: str = ""
    ledger: Ledger | None = None

    @property
    def label(self) -> str:
        return str(self.model._meta.label_lower)

    @property
    def name(self) -> str:
        sheet = self.ledger and translated(self.ledger.sheet)
        return sheet or str(self.model._meta.verbose_name)

    @property
    def is_shared_code(self) -> bool:
        """Whether several rows may go by the code: the certificates of one person."""
        return "__" in self.code

    def rows(self, user: User) -> Any:
        """Those that lie where the user reads the audit."""
        return self.model._default_manager.visible_to(user, Permission.VIEW_AUDIT)


OTHERS = (
    Thing("areas", Area, "code"),
    Thing("accounts", User, "username"),
    Thing("appointments", Appointment),
    Thing("keys", PublicKey),
    Thing("overrides", Override),
    Thing("opening-figures", OpeningFigure),
    Thing("runs", Run),
    Thing("reports", Report),
    Thing("notices", Notice, "number"),
    Thing("records", MonthlyRecord),
    Thing("record-templates", RecordTemplate),
    Thing("filing-policies", FilingPolicy),
    Thing("imports", CityImport),
    Thing("record-workbooks", RecordWorkbook),
    Thing("jobs", Job),
)


def things() -> list[Thing]:
    """The ledgers' rows first."""
    kept = [
        Thing(ledger.slug, ledger.model, _code(ledger), ledger) for ledger in registered().values()
    ]
    return [*kept, *OTHERS]


def _code(ledger: Ledger) -> str:
    """The first part of its key; where that is a reference, the code of what it means."""
    first = ledger.key[0]
    sheets = ledger.column_of(first).sheets
    return f"{first}__{registered()[sheets[0]].key[0]}" if sheets else first


def thing_named(slug: str) -> Thing | None:
    """The kind of an address."""
    return next((thing for thing in things() if thing.slug == slug), None)


def name_of(label: str) -> str:
    """A kind in words, whether it can be searched for or not."""
    known = next((thing for thing in things() if thing.label == label), None)
    return known.name if known else str(apps.get_model(label)._meta.verbose_name)


def meant(user: User, thing: Thing, text: str) -> list[int]:
    """The keys of the rows that go by a code, or of the one with a number (`#12`)."""
    if text.startswith(NUMBER):
        return [int(text[1:])] if text[1:].isdecimal() and len(text) < MOST_DIGITS else []
    if not thing.code:
        return []
    found = thing.rows(user).filter(**{thing.code: text})
    return list(found.values_list("pk", flat=True)[:MOST_MEANT])


MOST_DIGITS = 19  # what a key of the database can hold


def about(user: User, thing: Thing, keys: list[int]) -> Q:
    """Acts on these rows; of a person also those on what ledgers say of them."""
    found = Q(target=thing.label, target_id__in=keys)
    if thing.ledger and thing.ledger.personal:
        for row in thing.rows(user).filter(pk__in=keys).only("pk"):
            found |= _said_of(user, thing.ledger, row)
    return found


def _said_of(user: User, ledger: Ledger, row: Any) -> Q:
    found = Q(pk__in=[])
    for thing in things():
        if thing.ledger and ledger.sheet in thing.ledger.refers_to():
            rows = thing.rows(user).filter(thing.ledger.pointing_at(ledger.sheet, row))
            found |= Q(target=thing.label, target_id__in=rows.values("pk"))
    return found


Called = dict[tuple[str, int], str]
ACCOUNT, ACCOUNTS = "user", "tenancy.user"  # whom an appointment or a token is for


def codes(user: User, events: Iterable[AuditEvent]) -> Called:
    """What targets, and the accounts in details, are called: a query a kind."""
    keys = defaultdict(set)
    for event in events:
        if event.target_id is not None:
            keys[event.target].add(event.target_id)
        if isinstance(event.detail.get(ACCOUNT), int):
            keys[ACCOUNTS].add(event.detail[ACCOUNT])
    return {
        (thing.label, key): f"{code} {NUMBER}{key}" if thing.is_shared_code else code
        for thing in things()
        if thing.code and thing.label in keys
        for key, code in thing.rows(user)
        .filter(pk__in=keys[thing.label])
        .values_list("pk", thing.code)
    }


def acts_url(slug: str, key: int) -> str:
    """The page of all acts on one row."""
    query = urlencode({"kind": slug, "code": f"{NUMBER}{key}"})
    return f"{reverse('dashboard:act-list')}?{query}"


def acts_on_row(ledger: Ledger, row: Any) -> tuple[Permission, Any, str]:
    """What a row of any ledger offers to whoever reads the audit at its place."""
    return Permission.VIEW_AUDIT, _("谁看过、谁改过"), acts_url(ledger.slug, row.pk)
