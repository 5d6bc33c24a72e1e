"""Verdicts and states as the pages of places put them."""

from datetime import date
from typing import NamedTuple

from django.utils.translation import gettext_lazy

from stations.models import Station

# A place keeps its rules or it does not; the other words are those of the verdicts.
PLACE_WORDS = {"met": gettext_lazy("达标"), "not_met": gettext_lazy("未达标")}

STATION_STATES = {
    "preparing": gettext_lazy("筹建中"),
    "operating": gettext_lazy("运营中"),
    "suspended": gettext_lazy("暂停"),
    "closed": gettext_lazy("已关闭"),
}


class Standing(NamedTuple):
    """How a place stands: a status and the word shown for it (empty: the usual one)."""

    status: str
    word: str


def standing(status: str) -> Standing | None:
    """A status of a place; None where nothing was judged."""
    return Standing(status, str(PLACE_WORDS.get(status, ""))) if status else None


def state_of(station: Station, on: date) -> str:
    """A key of STATION_STATES."""
    if station.closed_on and station.closed_on <= on:
        return "closed"
    if station.opened_on > on:
        return "preparing"
    begun = station.suspended_from is not None and station.suspended_from <= on
    over = station.suspended_to is not None and station.suspended_to < on
    return "suspended" if begun and not over else "operating"
