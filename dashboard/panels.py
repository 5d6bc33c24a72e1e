"""Parts of a page that fail alone: a broken one says so, and the rest of the page stands."""

import logging
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


Contents = Callable[[], Mapping[str, Any] | None]


def panel(template: str, contents: Contents) -> str:
    """What the template makes of the contents; nothing where there is nothing to show.

    The savepoint keeps the page's transaction usable when the database refuses.
    """
    try:
        with transaction.atomic():
            return _rendered(template, contents)
    except Exception:
        log.exception("%s could not be shown", template)
        return render_to_string("_components/panel_failed.html")


def panels(template: str, parts: Sequence[Contents]) -> list[str]:
    """Several at once: in one savepoint, and in one each only where a part is broken."""
    try:
        with transaction.atomic():
            return [_rendered(template, contents) for contents in parts]
    except Exception:
        return [panel(template, contents) for contents in parts]


def _rendered(template: str, contents: Contents) -> str:
    found = contents()
    return render_to_string(template, dict(found)) if found is not None else ""
