from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone

from tenancy.areas.lookup import area_or_404, places
from tenancy.context import tenant_context
from tenancy.models import Area
from tenancy.permissions import Permission
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture
def street(root):
    return AreaFactory(parent=root, name="丛台东街道")


@pytest.fixture
def client(client_of, official):
    return client_of(official)


def edited(client, street, **given):
    fields = {"version": 1, "name": "丛台街道", "aliases": "", "counts_for_coverage": "on"}
    return client.post(f"/areas/{street.code}/edit/", fields | given)


def test_a_double_code_means_the_higher_level_unless_told(root, official):
    lower = AreaFactory(level="district", parent=root, code=root.code)

    assert area_or_404(official, root.code) == root
    assert area_or_404(official, root.code, "district") == lower
    assert lower.get_absolute_url() == f"/areas/{root.code}/?level=district"
    assert root.get_absolute_url() == f"/areas/{root.code}/"


def test_the_area_in_force_comes_before_a_closed_one(root, official):
    closed = AreaFactory(parent=root, code="440105001000", valid_to=TODAY - timedelta(days=1))
    current = AreaFactory(parent=root, code="440105001000", path=f"{root.path}new/")

    assert area_or_404(official, "440105001000") == current
    current.delete()
    assert area_or_404(official, "440105001000") == closed


def test_outside_it_does_not_exist_inside_the_verb_decides(root, street):
    officer = UserFactory(role="street_office", area=street)

    with pytest.raises(Http404):
        area_or_404(officer, root.code)
    with pytest.raises(PermissionDenied):
        area_or_404(officer, street.code, permission=Permission.CHANGE_AREA)


def test_the_scope_path_starts_at_the_own_top(root, street):
    community = AreaFactory(level="community", parent=street)
    officer = UserFactory(role="street_office", area=street)

    assert [place.name for place in places(officer, community)] == [street.name, community.name]


def test_an_edit_is_saved(client, street):
    response = edited(client, street, aliases="丛东街道\n\n 丛东街道 \n丛东")

    street.refresh_from_db()
    assert response.url == f"/areas/{street.code}/"
    assert (street.name, street.aliases) == ("丛台街道", ["丛东街道", "丛东"])


def test_a_stale_edit_shows_both_and_keeps_the_input(client, street):
    edited(client, street, name="甲街道")
    response = edited(client, street, name="乙街道")

    page = response.content.decode()
    assert response.status_code == 409
    assert 'value="乙街道"' in page
    assert [(d.label, d.yours, d.stored) for d in response.context["differences"]] == [
        ("名称", "乙街道", "甲街道")
    ]
    assert '<input type="hidden" name="version" value="2"' in page

    assert edited(client, street, name="乙街道", version=2).status_code == 302
    street.refresh_from_db()
    assert street.name == "乙街道"


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
def test_a_made_up_version_overwrites_nothing(client, street, version):
    assert edited(client, street, version=version).status_code in (409, 422)
    street.refresh_from_db()
    assert street.name == "丛台东街道"


def test_fields_of_the_server_cannot_be_set(client, street):
    edited(client, street, code="1", path="x/", level="city", parent="", valid_to="2020-01-01")

    fresh = Area.objects.get(pk=street.pk)
    assert [getattr(fresh, name) for name in ("code", "path", "level", "parent_id")] == [
        getattr(street, name) for name in ("code", "path", "level", "parent_id")
    ]
    assert fresh.valid_to is None


def test_only_streets_can_count(client, root):
    edited(client, root)

    root.refresh_from_db()
    assert (root.name, root.counts_for_coverage) == ("丛台街道", False)


def replaced(client, area, **given):
    fields = {"on": TODAY, "name": area.name, "code": area.code, "place": area.parent.code}
    return client.post(f"/areas/{area.code}/replace/", fields | given)


def test_a_street_is_moved_by_its_page(client, root, street):
    district = AreaFactory(level="district", parent=root)

    response = replaced(client, street, place=district.code)

    assert response.url == f"/areas/{street.code}/"
    assert Area.objects.get(code=street.code, valid_to=None).parent == district


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"place": "999999999999"}, "place"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"code": "44"}, "code"),
        ({"name": ""}, "name"),
    ],
)
def test_a_refused_move_says_why_at_its_field(client, street, given, field):
    response = replaced(client, street, **given)

    assert response.status_code == 422
    assert [*response.context["form"].errors] == [field]
    assert Area.objects.filter(code=street.code).count() == 1


def test_a_street_is_merged_by_its_page(client, root, street):
    into = AreaFactory(parent=root)

    response = client.post(f"/areas/{street.code}/merge/", {"on": TODAY, "place": into.code})

    assert response.url == f"/areas/{into.code}/"
    street.refresh_from_db()
    assert street.successor == into


def test_foreign_and_absent_places_are_told_alike(client, root, street):
    with suspended(), tenant_context(TenantFactory().pk):
        foreign = AreaFactory(level="district", code="520100000000")

    answers = [replaced(client, street, place=code) for code in (foreign.code, "520199000000")]
    pages = [
        client.get(f"/areas/{code}/{page}/")
        for code in (foreign.code, "520199000000")
        for page in ("edit", "replace", "merge")
    ]

    assert len({str(answer.context["form"].errors) for answer in answers}) == 1
    assert {page.status_code for page in pages} == {404}
    assert len({page.content for page in pages}) == 1
