"""The language in which the present reader reads."""

from django.utils.translation import get_language


def is_english() -> bool:
    return (get_language() or "").startswith("en")
