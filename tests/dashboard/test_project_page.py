from datetime import date

import pytest

from tests.compliance.ledgers import fengyang
from tests.dashboard.test_area_page import text_of
from tests.factories import ContractFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]
MOST = 13


@pytest.fixture
def project(root):
    *_, station = fengyang(root)
    found = station.projects.get()
    found.contracts.all().delete()
    for year in range(3):
        starts_on = date(2023 + year, 6, 1)
        ContractFactory(
            project=found, year_no=year + 1, starts_on=starts_on, signed_on=date(2023 + year, 5, 20)
        )
    return found


def page_of(client, project, status=200):
    return text_of(client, f"/projects/{project.pk}/", status)


def test_terms_contract_years_and_verdicts(root, client_of, official, project, judged):
    judged(root)

    html = page_of(client_of(official), project)

    assert "第 3/3 年" in html
    assert "2,400,000.00" in html
    assert "2025-05-20" in html
    assert "3 × 10 &lt; 2 × 20" in html


def test_the_page_asks_a_fixed_number_of_times(
    root, client_of, official, project, judged, most_reads
):
    judged(root)
    client = client_of(official)

    with most_reads(MOST):
        page_of(client, project)


def test_finance_sees_the_project_and_another_operator_nothing(root, client_of, project):
    page_of(client_of(UserFactory(role="city_finance", area=root)), project)
    community = client_of(UserFactory(role="community_committee", area=project.station.area.parent))

    assert page_of(community, project, 404) == text_of(community, "/projects/999999/", 404)
