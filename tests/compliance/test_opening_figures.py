"""Opening figures: attested shares of years that the ledgers do not know."""

from datetime import date

import pytest
import time_machine
from django.core.files.base import ContentFile

from compliance.actions import openings
from compliance.actions.openings import attest_opening_figure, withdraw_opening_figure
from compliance.assessment import assess
from compliance.facts import load
from compliance.models import OpeningFigure
from compliance.packs import load_pack
from compliance.shares import Share
from compliance.wording import sentence
from procurement.models import Project
from tenancy import audit
from tenancy.models import AuditEvent, User
from tests.compliance.ledgers import YEAR_2, fengyang
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _today(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(date(2024, 12, 1), tick=False):
        yield


@pytest.fixture
def by(tenant):
    return User.objects.system(tenant)


@pytest.fixture
def project(root):
    fengyang(root)
    return Project.objects.get()


def attested(project, by, year=1, certified=11, workers=20):
    return attest_opening_figure(
        project=project,
        year=year,
        certified=certified,
        workers=workers,
        document=ContentFile(b"%PDF-", "证明.pdf"),
        by=by,
    )


def rising(root, on=YEAR_2):
    findings = assess(root, on, load_pack("guangzhou-2023")).findings
    return next(one for one in findings if one.rule == "CERT-02")


def test_an_attested_figure_is_the_baseline(root, project, by):
    assert (rising(root).status, rising(root).required) == ("watch", Share(10, 20))
    before = load(root, YEAR_2).inputs_hash

    attested(project, by)

    assert (rising(root).status, rising(root).required) == ("not_met", Share(11, 20))
    assert "期初持证数为 11/20" in sentence(rising(root))
    assert load(root, YEAR_2).inputs_hash != before


def test_it_is_written_down_and_can_be_taken_back(root, project, by):
    figure = attested(project, by)
    withdraw_opening_figure(figure=figure, by=by)
    audit.append_pending()

    verbs = AuditEvent.objects.filter(target_id=figure.pk, target__endswith="openingfigure")
    assert [event.verb for event in verbs.order_by("seq")] == [
        "attest-opening-figure",
        "withdraw-opening-figure",
    ]
    assert verbs.first().detail["certified"] == 11
    assert not OpeningFigure.objects.exists()


@pytest.mark.parametrize(
    ("figure", "refused"),
    [
        ({"year": 0}, openings.NoYearFollows),
        ({"year": 3}, openings.NoYearFollows),
        ({"year": 2}, openings.YearNotOver),
        ({"certified": 21}, openings.ImpossibleFigure),
        ({"certified": -1}, openings.ImpossibleFigure),
        ({"certified": 0, "workers": 0}, openings.ImpossibleFigure),
    ],
)
def test_what_cannot_be_is_refused(project, by, figure, refused):
    with pytest.raises(refused):
        attested(project, by, **figure)
    assert not OpeningFigure.objects.exists()


def test_a_year_has_one_figure(project, by):
    attested(project, by)

    with pytest.raises(openings.AlreadyAttested):
        attested(project, by, certified=12)
    assert OpeningFigure.objects.get().certified == 11


def test_it_is_seen_where_its_project_is(root, project, by):
    figure = attested(project, by)
    finance = UserFactory(role="city_finance", area=root)

    assert list(OpeningFigure.objects.visible_to(finance)) == [figure]
    assert not OpeningFigure.objects.visible_to(UserFactory(role="audit_admin", area=root)).exists()
