"""Parts of a page that fail alone: a broken one says so, and the rest of the page stands."""

import logging
from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction
from django.template.loader import render_to_string

log = logging.getLogger(__name__)
Contents = Callable[[], Mapping[str, Any] | None]
Part = tuple[str, Contents]


def panels(*parts: Part) -> list[str]:
    """What each template makes of what is to fill it; nothing where that is None.

    A savepoint keeps the page's transaction usable when the database refuses: one for all parts,
    and one each only where one of them is broken.
    """
    try:
        with transaction.atomic():
            return [_rendered(*part) for part in parts]
    except Exception:
        return [_alone(*part) for part in parts]


def _alone(template: str, contents: Contents) -> str:
    try:
        with transaction.atomic():
            return _rendered(template, contents)
    except Exception:
        log.exception("%s could not be shown", template)
        return render_to_string("_components/panel_failed.html")


def _rendered(template: str, contents: Contents) -> str:
    found = contents()
    return render_to_string(template, dict(found)) if found is not None else ""
