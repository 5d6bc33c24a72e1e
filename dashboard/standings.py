"""How the places of a table stand, and the filter that leaves those with one answer."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from django.http import HttpRequest
from django.utils.translation import gettext as _

from compliance.models.run import URGENCY
from compliance.summary import Summary
from dashboard.words import PLACE_WORDS
from tenancy.templatetags.look import STATUSES

# The three answers that are always offered; the others only where a place has them.
ALWAYS = ("met", "not_met", "no_data")
PARAMETER = "standing"
Row = TypeVar("Row")


class Choice(NamedTuple):
    """An answer of a filter, its first page, and how many rows have it."""

    url: str
    word: str
    number: int
    current: bool


def status_of(figures: Summary | None) -> str:
    """How a place stands; where nobody has judged there is no data, which is no pass."""
    return (figures.status if figures else "") or "no_data"


def word_of(status: str) -> str:
    """The word of a status where no tag writes it."""
    return str(PLACE_WORDS.get(status) or STATUSES[status].word)


def wanted(request: HttpRequest) -> str:
    """The answer that the address asks for; what is none narrows nothing."""
    asked = request.GET.get(PARAMETER, "")
    return asked if asked in URGENCY else ""


def narrowed(rows: Iterable[Row], status: Callable[[Row], str], asked: str) -> list[Row]:
    """The rows with the answer, in their order."""
    return [row for row in rows if not asked or status(row) == asked]


def choices(request: HttpRequest, statuses: Iterable[str], asked: str) -> list[Choice]:
    """All, then each answer with how many places have it."""
    numbers = Counter(statuses)
    offered = [one for one in URGENCY if one in ALWAYS or numbers[one] or one == asked]
    answers = {one: (word_of(one), numbers[one]) for one in offered}
    return offer(request, PARAMETER, answers, asked)


def offer(
    request: HttpRequest, parameter: str, answers: dict[str, tuple[str, int]], asked: str
) -> list[Choice]:
    """The choices of a filter, all of them first; the rest of the address stays."""
    total = sum(number for _word, number in answers.values())
    offered = {"": (_("全部"), total)} | answers
    return [
        Choice(_address(request, parameter, one), word, number, current=one == asked)
        for one, (word, number) in offered.items()
    ]


def _address(request: HttpRequest, parameter: str, answer: str) -> str:
    """The same page with another answer, from its first page on."""
    query = request.GET.copy()
    query.pop("page", None)
    query.pop(parameter, None)
    if answer:
        query[parameter] = answer
    return f"?{query.urlencode()}"
