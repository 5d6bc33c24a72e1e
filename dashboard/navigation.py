"""What the frame of every page shows: the menu of the user's verbs, and the demo banner."""

from django.http import HttpRequest


def navigation(request: HttpRequest) -> dict[str, object]:
    return {}
