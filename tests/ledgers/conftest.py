"""The small city of `tests.city_workbook`, stored, and the people who keep its ledgers."""

from types import SimpleNamespace

import pytest

from jobs.desk.forms.row import stored
from jobs.ledgers import named
from stations.models import Station
from tests.city_workbook import STREET
from tests.factories import UserFactory


@pytest.fixture
def kept(city_book, city):
    """The stored city."""
    assert city_book.apply().applied
    return SimpleNamespace(
        **{station.code: station for station in Station.objects.all()},
        street=city[STREET],
        city=city,
    )


@pytest.fixture
def officer(kept):
    return UserFactory(role="street_office", area=kept.street)


@pytest.fixture
def head(kept):
    """The head of station S1."""
    return UserFactory(role="station_head", area=kept.S1.area)


@pytest.fixture
def centre(kept, root):
    return UserFactory(role="supervision_centre", area=root)


@pytest.fixture
def edited(client_of):
    """`edited(user, slug, row, **cells)`: the answer to a form with some cells changed."""

    def post(user, slug, row, **cells):
        data = {"version": row.version, **stored(named(slug), row), **cells}
        return client_of(user).post(f"/ledgers/{slug}/{row.pk}/edit/", data)

    return post


@pytest.fixture
def entered(client_of):
    """`entered(user, slug, **cells)`: the answer to the form of a new row."""

    def post(user, slug, submission="k" * 32, **cells):
        return client_of(user).post(f"/ledgers/{slug}/new/", {"submission": submission, **cells})

    return post


@pytest.fixture
def faults():
    """`faults(response)`: what a refused form says, by field."""

    def of(response):
        assert response.status_code == 422
        return {field: " ".join(told) for field, told in response.context["form"].errors.items()}

    return of
