from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from tenancy import audit
from tenancy.context import tenant_context
from tenancy.models import Appointment, AreaGrant, AuditEvent, User
from tests.conftest import TenantlessClient, suspended
from tests.factories import (
    AreaFactory,
    OrganisationFactory,
    TenantFactory,
    UserFactory,
    appointed,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def districts(root):
    return [AreaFactory(level="district", parent=root) for _ in range(2)]


@pytest.fixture
def boss(districts):
    """Somebody who appoints in the first district."""
    return UserFactory(role="district_authority", area=districts[0])


@pytest.fixture
def street(districts):
    return AreaFactory(parent=districts[0])


@pytest.fixture
def elsewhere(districts):
    return AreaFactory(parent=districts[1])


def form(**given):
    return {
        "submission": str(uuid4()),
        "person": "new",
        "username": "han.mei",
        "name": "韩梅",
        "role": "street_office",
        "starts_on": timezone.localdate(),
        **given,
    }


def appoint(client, area, /, **given):
    return client.post(f"/appointments/new/?area={area.code}&level={area.level}", form(**given))


def test_a_new_person_gets_account_office_and_a_password_shown_once(client_of, boss, street):
    client = client_of(boss)
    response = appoint(client, street)

    person = User.objects.get(username="han.mei")
    password = response.context["password"]
    assert response.status_code == 200
    assert person.must_change_password
    assert person.check_password(password)
    assert password not in client.get(response.headers["Content-Location"]).content.decode()
    assert password not in str(dict(client.session))
    assert response.headers["Cache-Control"] == "no-store"
    office = Appointment.objects.get(user=person)
    assert (office.role, office.area, office.appointed_by) == ("street_office", street, boss)
    assert AreaGrant.objects.filter(appointment=office, content_object=street).exists()


def test_an_existing_person_gets_one_more_office_and_keeps_the_password(
    client_of, boss, street, districts
):
    person = UserFactory(role="street_office", area=street)
    other = AreaFactory(parent=districts[0])

    response = appoint(client_of(boss), other, person="existing", username=person.username)

    assert response.status_code == 302
    assert person.appointments.count() == 2
    assert User.objects.get(pk=person.pk).password == person.password


def test_people_elsewhere_and_nobody_are_told_alike(client_of, boss, street, elsewhere):
    hidden = UserFactory(role="street_office", area=elsewhere)
    with suspended(), tenant_context(TenantFactory().pk):
        foreign = UserFactory(role="city_authority", area=AreaFactory(level="city"))
    client = client_of(boss)

    answers = [
        appoint(client, street, person="existing", username=name)
        for name in (hidden.username, foreign.username, "nobody")
    ]

    assert {answer.status_code for answer in answers} == {422}
    assert len({str(answer.context["form"].errors["username"]) for answer in answers}) == 1
    assert not hidden.appointments.filter(area=street).exists()


def test_a_taken_name_is_told_alike_wherever_it_is(client_of, boss, street, elsewhere):
    hidden = UserFactory(role="street_office", area=elsewhere)
    with suspended(), tenant_context(TenantFactory().pk):
        foreign = UserFactory()
    client = client_of(boss)

    answers = [appoint(client, street, username=user.username) for user in (hidden, foreign)]

    assert {answer.status_code for answer in answers} == {422}
    assert len({str(answer.context["form"].errors) for answer in answers}) == 1


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"role": "city_authority"}, "role"),
        ({"role": "audit_admin"}, "role"),
        ({"role": "emperor"}, "role"),
        ({"starts_on": timezone.localdate() - timedelta(days=1)}, "starts_on"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"ends_on": timezone.localdate() - timedelta(days=1)}, "starts_on"),
        ({"name": ""}, "name"),
        ({"username": "韩梅"}, "username"),
        ({"username": ""}, "username"),
        ({"organisation": "999999"}, "organisation"),
        ({"username": "han\0mei"}, "username"),
    ],
)
def test_what_may_not_be_is_refused_at_its_field_and_nothing_written(
    client_of, boss, street, given, field
):
    before = User.objects.count()
    response = appoint(client_of(boss), street, **given)

    assert response.status_code == 422
    assert [*response.context["form"].errors] == [field]
    assert User.objects.count() == before


def test_a_refused_form_keeps_what_was_typed(client_of, boss, street):
    page = appoint(client_of(boss), street, starts_on="2026-02-30").content.decode()

    assert all(f'value="{typed}"' in page for typed in ("han.mei", "韩梅", "2026-02-30"))
    assert '<option value="street_office" selected>' in page


def test_an_organisation_out_of_reach_cannot_be_named(client_of, boss, street, elsewhere):
    theirs, ours = OrganisationFactory(area=elsewhere), OrganisationFactory(area=street)
    client = client_of(boss)

    assert appoint(client, street, organisation=theirs.pk).status_code == 422
    appoint(client, street, organisation=ours.pk)
    assert Appointment.objects.get(user__username="han.mei").organisation == ours


def test_extra_fields_of_the_server_are_ignored(client_of, boss, street, root):
    appoint(
        client_of(boss),
        street,
        area=root.pk,
        appointed_by="1",
        ended_at="2026-01-01",
        is_system="on",
        tenant="1",
    )

    office = Appointment.objects.get(user__username="han.mei")
    assert (office.area, office.appointed_by, office.ended_at) == (street, boss, None)
    assert not office.user.is_system


def test_places_out_of_reach_do_not_exist_and_places_without_the_verb_are_refused(
    client_of, boss, elsewhere, root, districts
):
    reader = UserFactory(role="worker", area=districts[0])

    assert appoint(client_of(boss), elsewhere).status_code == 404
    assert appoint(client_of(boss), root).status_code == 404
    assert appoint(client_of(reader), districts[0]).status_code == 403


def test_nobody_may_hold_an_office_twice_at_once(client_of, boss, street):
    person = UserFactory(role="street_office", area=street)

    response = appoint(client_of(boss), street, person="existing", username=person.username)

    assert response.status_code == 422
    assert "已经担任" in response.content.decode()


def test_a_form_sent_twice_writes_once_and_leads_to_the_result(client_of, boss, street):
    client, fields = client_of(boss), form()
    url = f"/appointments/new/?area={street.code}"

    first, second = client.post(url, fields), client.post(url, fields)

    assert second.status_code == 302
    assert second.url == first.headers["Content-Location"]
    assert User.objects.filter(username="han.mei").count() == 1


def test_the_list_shows_what_lies_within_reach(client_of, boss, street, elsewhere):
    near = UserFactory(role="street_office", area=street)
    far = UserFactory(role="street_office", area=elsewhere)

    page = client_of(boss).get("/appointments/").content.decode()

    assert near.name in page
    assert far.name not in page


def test_the_list_is_narrowed_by_area_role_and_state(client_of, boss, street, districts):
    officer = UserFactory(role="street_office", area=street)
    worker = UserFactory(role="worker", area=street)
    gone = UserFactory(role="worker", area=districts[0])
    client = client_of(boss)
    client.post(f"/appointments/{gone.appointments.get().pk}/end/")

    def names(query):
        return {row.user.name for row in client.get(f"/appointments/?{query}").context["page"]}

    assert names(f"area={street.code}") == {officer.name, worker.name}
    assert names("role=worker") == {worker.name}
    assert names("state=ended") == {gone.name}
    assert client.get("/appointments/?area=999999999999").status_code == 404
    assert names("role=emperor&page=-1&state=gone") == names("")
    assert client.get("/appointments/?state=%00").status_code == 400


def test_an_office_is_ended_at_once(client_of, boss, street):
    person = UserFactory(role="street_office", area=street)
    office, officer = person.appointments.get(), client_of(person)
    assert officer.get(f"/appointments/{office.pk}/").status_code == 200

    client_of(boss).post(f"/appointments/{office.pk}/end/")

    assert officer.get(f"/appointments/{office.pk}/").status_code == 404
    assert not AreaGrant.objects.filter(appointment=office).exists()
    audit.append_pending()
    assert AuditEvent.objects.filter(verb="end-appointment", target_id=office.pk).exists()


def test_an_office_beyond_oneself_cannot_be_ended(client_of, root, districts):
    guard = UserFactory(role="security_admin", area=root)
    chief = UserFactory(role="city_authority", area=root)

    response = client_of(guard).post(f"/appointments/{chief.appointments.get().pk}/end/")

    assert response.status_code == 403
    assert chief.appointments.get().ended_at is None


def test_foreign_and_absent_offices_answer_in_the_same_bytes(client_of, boss, elsewhere):
    hidden = UserFactory(role="street_office", area=elsewhere).appointments.get()
    with suspended(), tenant_context(TenantFactory().pk):
        theirs = UserFactory(role="city_authority", area=AreaFactory(level="city"))
        foreign = theirs.appointments.get()
    client = client_of(boss)

    answers = [
        ask(f"/appointments/{pk}/{tail}")
        for pk in (hidden.pk, foreign.pk, 999_999_999)
        for ask, tail in ((client.get, ""), (client.post, "end/"))
    ]

    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_an_area_is_chosen_among_those_one_may_appoint_at(client_of, boss, street, elsewhere):
    client = client_of(boss)

    first = client.get("/appointments/new/").content.decode()
    found = client.get(f"/appointments/new/?q={street.name}").content.decode()
    hidden = client.get(f"/appointments/new/?q={elsewhere.name}").content.decode()

    assert f"area={boss.appointments.get().area.code}" in first
    assert f"area={street.code}" in found
    assert elsewhere.code not in hidden


def test_an_appointment_to_come_gives_nothing_yet(client_of, street):
    person = UserFactory()
    appointed(person, "street_office", street, timezone.localdate() + timedelta(days=1))

    assert client_of(person).get("/appointments/").context["page"].paginator.count == 0


def test_an_office_past_its_last_day_gives_nothing_any_more(client_of, street):
    person = UserFactory(role="street_office", area=street)
    client = client_of(person)
    Appointment.objects.filter(user=person).update(
        starts_on=date(2026, 1, 1), ends_on=timezone.localdate() - timedelta(days=1)
    )

    assert client.get(f"/areas/{street.code}/edit/").status_code == 404
    assert TenantlessClient().get("/appointments/").status_code == 302
