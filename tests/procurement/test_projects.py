"""Purchased projects: the figures they may bear, and where they are visible."""

import pytest
from django.db import IntegrityError, transaction

from procurement.models import Project
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    ProjectFactory,
    StationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def project(root):
    street = AreaFactory(parent=root)
    operator = OrganisationFactory(area=root)
    return ProjectFactory(station=StationFactory(street=street), operator=operator)


def test_a_project_is_visible_where_its_station_is(project, root):
    own = UserFactory(role="street_office", area=project.station.street)
    other = UserFactory(role="street_office", area=AreaFactory(parent=root))

    assert [*Project.objects.visible_to(own)] == [project]
    assert not Project.objects.visible_to(other).exists()


@pytest.mark.parametrize(
    "figures",
    [
        {"years": 0},
        {"years": 21},
        {"agreed_heads": 0},
        {"annual_budget": -1},
        {"total": -1},
        {"price_claimed": -1},
        {"min_hours": -1},
    ],
    ids=str,
)
def test_the_database_refuses_figures_that_cannot_be(project, figures):
    with pytest.raises(IntegrityError), transaction.atomic():
        Project.objects.update(**figures)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        ("服务年限", 0),
        ("服务年限", 2.5),
        ("约定人数", 0),
        ("年度预算", -1),
        ("年度预算", "240万"),
        ("年度最低工时", -1),
        ("承接机构", None),
        ("社工站编码", "S9"),
    ],
)
def test_the_import_refuses_them_first(city_book, head, value):
    city_book.only("社工站", "项目").put("项目", 1, **{head: value})

    column = "经费标准(元/名·年)" if head == "经费标准" else head
    assert city_book.errors() == [("项目", 2, column)]


def test_what_is_unknown_stays_empty(city_book):
    city_book.only("社工站", "项目").put("项目", 1, 经费标准=None, 总额=None, 年度最低工时=None)

    assert city_book.apply().applied
    project = Project.objects.get()
    assert (project.price_claimed, project.total, project.min_hours) == (None, None, None)
