"""Which findings go into one notice, and from where it may be issued."""

from collections.abc import Iterable
from dataclasses import dataclass
from os.path import commonprefix

from django.core.exceptions import PermissionDenied
from django.http import Http404

from compliance.findings import Status
from compliance.models import Run, RunFinding
from compliance.offices import office_of, offices_below
from tenancy.models import Area, User
from tenancy.permissions import Permission

ASKING = (Status.NOT_MET.value, Status.NO_DATA.value, Status.WATCH.value)
MOST = 300  # more rows are no reading matter
MOST_NAMED = 5


class NothingChosen(Exception):
    """Nobody has said which findings."""


class TooMany(Exception):
    """More findings than a notice may name."""


class NothingAsked(Exception):
    """A chosen finding asks for nothing."""


class SeveralRuns(Exception):
    """The findings are of different evaluations."""


class NoCommonPlace(Exception):
    """No one place of the person's holds all of the findings."""


@dataclass(frozen=True)
class Choice:
    """Findings of one run in their order, the issuing area, and the place where all of them lie."""

    findings: list[RunFinding]
    run: Run
    area: Area
    place: Area

    def issuer(self) -> str:
        """Who probably issues the notice."""
        return office_of(self.area)

    def addressee(self) -> str:
        """To whom it probably goes: operators and offices, if they are few; else the place's."""
        offices, issuer = offices_below(self.place, self.run.on), self.issuer()
        told = [offices.get(one.place.path, one.place.name) for one in self.findings]
        others = [name for name in dict.fromkeys(told) if name != issuer]
        if len(others) <= MOST_NAMED:
            return "、".join(others)
        return "" if self.place == self.area else office_of(self.place)


def chosen(user: User, keys: Iterable[str]) -> Choice:
    """What somebody has chosen: 404 for what they do not see, 403 where they may issue nothing."""
    wanted = {*keys}
    if not wanted:
        if not user.paths_where(Permission.ISSUE_NOTICE):
            raise PermissionDenied
        raise NothingChosen
    if len(wanted) > MOST:
        raise TooMany(len(wanted))
    return _choice(user, _findings(user, wanted))


def _findings(user: User, keys: set[str]) -> list[RunFinding]:
    if not all(key.isascii() and key.isdecimal() and len(key) < 19 for key in keys):
        raise Http404
    rows = RunFinding.objects.visible_to(user).filter(pk__in=keys)
    found = list(rows.select_related("run", "place").defer("evidence").most_urgent_first())
    if len(found) < len({int(key) for key in keys}):
        raise Http404
    may = RunFinding.objects.visible_to(user, Permission.ISSUE_NOTICE).filter(pk__in=keys)
    if may.count() < len(found):
        raise PermissionDenied
    return found


def _choice(user: User, findings: list[RunFinding]) -> Choice:
    if any(one.status not in ASKING for one in findings):
        raise NothingAsked
    if len({one.run_id for one in findings}) > 1:
        raise SeveralRuns
    place = _common([one.place.path for one in findings])
    own = user.paths_where(Permission.ISSUE_NOTICE)
    seat = next((path for path in own if place.startswith(path)), None)
    if seat is None:
        raise NoCommonPlace
    areas = {area.path: area for area in Area.objects.filter(path__in=(seat, place))}
    return Choice(findings, findings[0].run, areas[seat], areas[place])


def _common(paths: list[str]) -> str:
    """The path of the lowest area that holds all of them; paths end in a slash."""
    shared = commonprefix(paths)
    return shared[: shared.rfind("/") + 1]
