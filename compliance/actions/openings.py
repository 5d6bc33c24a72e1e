"""Opening figures: certified shares of project years that the ledgers do not know."""

from typing import TypedDict, Unpack

from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.actions.documents import put
from compliance.models import OpeningFigure
from procurement.models import Project
from tenancy import audit
from tenancy.models import User
from tenancy.periods import project_year_period


class NoYearFollows(Exception):
    """The project has no such year, or it is the last: nothing is compared with it."""


class YearNotOver(Exception):
    """The last day of the project year lies ahead."""


class ImpossibleFigure(Exception):
    """Nobody on post, or more certified than there are people."""


class AlreadyAttested(Exception):
    """The project year has its figure."""


class Attested(TypedDict):
    """The last day of which year, and how many of how many."""

    year: int
    certified: int
    workers: int


@transaction.atomic
def attest_opening_figure(
    *, project: Project, document: "File[bytes]", by: User, **attested: Unpack[Attested]
) -> OpeningFigure:
    """Enter a share as it was on the last day of a project year."""
    figure = OpeningFigure(project=project, attested_by=by, attested_at=timezone.now(), **attested)
    _check(figure)
    put(figure.document, document)
    try:
        with transaction.atomic():
            figure.save()
    except IntegrityError as error:
        if "a_project_year_opens_once" not in str(error):
            raise
        raise AlreadyAttested(project.number, figure.year) from error
    _record("attest-opening-figure", figure, by)
    return figure


def _check(figure: OpeningFigure) -> None:
    project = figure.project
    if not 1 <= figure.year < project.years:
        raise NoYearFollows(figure.year)
    if project_year_period(project.starts_on, figure.year).last >= timezone.localdate():
        raise YearNotOver(figure.year)
    if figure.workers < 1 or not 0 <= figure.certified <= figure.workers:
        raise ImpossibleFigure(figure.certified, figure.workers)


@transaction.atomic
def withdraw_opening_figure(*, figure: OpeningFigure, by: User) -> None:
    """Take back a figure that was entered wrongly; its document stays."""
    _record("withdraw-opening-figure", figure, by)
    OpeningFigure.objects.filter(pk=figure.pk).delete()


def _record(verb: str, figure: OpeningFigure, by: User) -> None:
    detail = {
        "project": figure.project.number,
        "year": figure.year,
        "certified": figure.certified,
        "workers": figure.workers,
    }
    place = figure.project.station.area.path
    audit.record(verb=verb, by=by, target=figure, place=place, detail=detail)
