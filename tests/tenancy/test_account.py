import pytest
from django.contrib.auth.hashers import make_password

from tenancy.models import AuditEvent, User
from tests.conftest import TenantlessClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD, BETTER = "correct horse battery", "staple of the old mill"


@pytest.fixture
def person(root):
    return UserFactory(
        username="li.lei.haizhu",
        name="李雷",
        password=make_password(PASSWORD),
        role="city_authority",
        area=root,
    )


@pytest.fixture
def client(person):
    client = TenantlessClient()
    client.force_login(person)
    return client


def change_password(client, present=PASSWORD, new=BETTER, again=None):
    return client.post("/password/", {"present": present, "new": new, "again": again or new})


def test_the_account_shows_the_own_offices(client, root):
    page = client.get("/account/").content.decode()

    assert "市民政局" in page
    assert root.name in page


def test_name_language_and_type_are_kept_and_shown_at_once(client, person):
    response = client.post("/account/", {"name": "李蕾", "language": "en", "large_text": "on"})

    person.refresh_from_db()
    assert (person.name, person.language, person.large_text) == ("李蕾", "en", True)
    assert response.cookies["text_size"].value == "large"
    assert 'lang="en"' in client.get("/account/").content.decode()


def test_fields_of_the_server_cannot_be_set(client, person):
    before = User.objects.values().get(pk=person.pk)

    client.post(
        "/account/",
        {
            "name": "李雷",
            "username": "root",
            "tenant": "1",
            "is_system": "on",
            "must_change_password": "on",
            "ended_at": "2026-01-01",
            "password": "x",
        },
    )

    assert User.objects.values().get(pk=person.pk) == before


def test_a_name_left_empty_is_told_and_the_rest_kept(client, person):
    response = client.post("/account/", {"name": " ", "language": "en"})

    person.refresh_from_db()
    assert response.status_code == 422
    assert person.name == "李雷"
    assert "error-summary" in response.content.decode()
    assert '<option value="en" selected>' in response.content.decode()


def test_a_new_password_ends_the_other_sessions_and_not_this_one(client, person):
    other = TenantlessClient()
    other.force_login(person)

    assert change_password(client).status_code == 302

    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302
    assert AuditEvent.objects.filter(verb="change-password", actor=person).exists()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"present": "not it at all"}, "present"),
        ({"new": "short"}, "new"),
        ({"new": "password1234"}, "new"),
        ({"new": "li.lei.haizhu1"}, "new"),
        ({"new": PASSWORD}, "new"),
        ({"again": "staple of the new mill"}, "again"),
        ({"new": "x" * 129, "again": BETTER}, "new"),
    ],
)
def test_a_poor_password_is_refused_at_its_field(client, person, given, field):
    response = change_password(client, **given)

    person.refresh_from_db()
    assert response.status_code == 422
    assert [*response.context["form"].errors] == [field]
    assert person.check_password(PASSWORD)
    assert all(word not in response.content.decode() for word in (PASSWORD, BETTER))


def test_128_characters_are_accepted_whole(client, person):
    long = "段" * 128
    change_password(client, new=long)

    person.refresh_from_db()
    assert person.check_password(long)
    assert not person.check_password(long[:-1])


def test_a_temporary_password_opens_one_page_only(client, person):
    User.objects.filter(pk=person.pk).update(must_change_password=True)

    assert client.get("/account/").url == "/password/"
    assert "临时密码" in client.get("/password/").content.decode()

    change_password(client)
    assert client.get("/account/").status_code == 200


def test_a_person_without_office_reads_what_to_do():
    client = TenantlessClient()
    client.force_login(UserFactory())

    assert "联系单位管理员" in client.get("/account/").content.decode()
