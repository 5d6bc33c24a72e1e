"""Each row against the grant of whoever writes: what lies outside is refused, existing or not."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from jobs.imports.book import Book, Draft
from jobs.imports.references import References
from jobs.imports.rights import Rights
from jobs.ledgers import Ledger
from tenancy.models import Area


def check_places(book: Book, ledger: Ledger, references: References, rights: Rights) -> None:
    """A stored row must lie where the user may write, and so must where the file puts it."""
    drafts = book.drafts(ledger.sheet)
    stored = [draft.instance for draft in drafts if not draft.is_new]
    visible = references.visible(ledger, stored)
    paths = rights.paths
    everywhere = rights.seats or (_covers_root(paths) if drafts else False)
    for draft in drafts:
        known = draft.is_new or draft.instance.pk in visible
        places = list(ledger.places(draft, book))
        if not known or not _inside(places, paths, bare=everywhere or not draft.is_new):
            _refuse(book, ledger, draft)


def _inside(places: Iterable[str], paths: tuple[str, ...], *, bare: bool) -> bool:
    """`bare` says whether a row without any place is the user's to write."""
    listed = list(places)
    return any(place.startswith(paths) for place in listed) if listed else bare


def _covers_root(paths: tuple[str, ...]) -> bool:
    roots = Area.objects.filter(parent=None).values_list("path", flat=True)
    return any(root.startswith(paths) for root in roots)


def _refuse(book: Book, ledger: Ledger, draft: Draft) -> None:
    message = _("这一行不在您可以写入的范围内。")
    remedy = _("请核对编码和区划；其他地区的数据由当地或上级写入。")
    book.error(draft, ledger.key[0], message, remedy)
