"""Writing the drafts: set-wise, in order of dependency, inside the caller's transaction."""

from typing import Any

from django.db import connection

from jobs.imports.assemble import stored_links
from jobs.imports.book import Book, Draft
from jobs.imports.fit import model_field
from jobs.imports.rights import Rights
from jobs.ledgers import BATCH, Ledger
from tenancy.context import current_tenant_id
from tenancy.locks import LOCK
from tenancy.models import Organisation

LOCK_CLASS = 7403
PATIENCE_MS = 120_000


def lock_imports(*, patient: bool = False) -> None:
    """One import a tenant at a time, until the transaction ends; the patient await a long one."""
    with connection.cursor() as cursor:
        if patient:
            cursor.execute("SELECT set_config('lock_timeout', %s, true)", [str(PATIENCE_MS)])
        cursor.execute(LOCK, [LOCK_CLASS, current_tenant_id()])


def found_organisations(organisations: list[Organisation], rights: Rights) -> None:
    """Enter the organisations that the file named, seated at the top of the user's area."""
    if organisations:
        seat = rights.seat()
        for organisation in organisations:
            organisation.area = seat
        Organisation.objects.bulk_create(organisations, batch_size=BATCH)


def store(book: Book, order: list[Ledger], rights: Rights) -> None:
    """Create and update the rows of all sheets."""
    for ledger in order:
        drafts = book.drafts(ledger.sheet)
        new = [draft for draft in drafts if draft.is_new]
        changed = [draft for draft in drafts if draft.is_changed]
        for draft in changed:
            _bump(draft.instance)
        if new or changed:
            ledger.write(new, changed, rights)
            _store_links(ledger, [*new, *changed])


def _bump(instance: Any) -> None:
    if hasattr(instance, "version"):
        instance.version += 1


def _store_links(ledger: Ledger, drafts: list[Draft]) -> None:
    for field in {name for draft in drafts for name in draft.links}:
        linked = [draft for draft in drafts if field in draft.links]
        _replace_links(ledger, field, linked)


def _replace_links(ledger: Ledger, field: str, drafts: list[Draft]) -> None:
    many: Any = model_field(ledger, field)
    through, source = many.remote_field.through, many.m2m_field_name()
    target = many.m2m_reverse_field_name()
    stored = stored_links(ledger, field, [draft.instance.pk for draft in drafts])
    added = []
    for draft in drafts:
        wanted = {area.pk: area for area in draft.links[field]}
        present = stored.get(draft.instance.pk, set())
        gone = present - wanted.keys()
        if gone:
            rows = through._default_manager.filter(**{source: draft.instance})
            rows.filter(**{f"{target}__in": gone}).delete()
        added += [
            through(**{source: draft.instance, target: area})
            for key, area in wanted.items()
            if key not in present
        ]
    through._default_manager.bulk_create(added, batch_size=BATCH)
