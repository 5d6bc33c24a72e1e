"""Parts of a page that fail alone: a broken one says so, and the rest of the page stands."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

log = logging.getLogger(__name__)


def panel(template: str, contents: Callable[[], Mapping[str, Any] | None]) -> str:
    """What the template makes of the contents; nothing where there is nothing to show.

    The savepoint keeps the page's transaction usable when the database refuses.
    """
    try:
        with transaction.atomic():
            found = contents()
            return render_to_string(template, dict(found)) if found is not None else ""
    except Exception:
        log.exception("%s could not be shown", template)
        return render_to_string("_components/panel_failed.html")
