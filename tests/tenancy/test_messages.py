import pytest
from django.utils import timezone, translation

from tenancy import messages
from tenancy.actions import messages as actions
from tenancy.models import Message, User
from tests.conftest import TenantlessClient
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
SAID = {"job": "核验", "area": "海珠区"}


@pytest.fixture
def person():
    return UserFactory()


@pytest.fixture
def client(person):
    client = TenantlessClient()
    client.force_login(person)
    return client


def send(person, tenant, *, key="job 1", url="/account/", by=None):
    message = Message(key=key, kind="job_done", params=SAID, url=url)
    actions.send(message=message, to=[person], by=by or User.objects.system(tenant))


def test_a_message_is_read_in_the_language_of_the_reader(person, tenant):
    send(person, tenant)
    [message] = Message.objects.visible_to(person)

    assert messages.sentence(message) == "任务“核验”已完成：海珠区"
    with translation.override("en"):
        assert "Evaluation" in messages.sentence(message)


def test_what_happened_once_is_told_once(person, tenant):
    send(person, tenant)
    send(person, tenant)
    send(person, tenant, key="job 2")

    assert Message.objects.visible_to(person).count() == 2


def test_who_did_it_who_is_gone_and_the_system_are_not_told(person, tenant):
    gone, system = UserFactory(ended_at=timezone.now()), User.objects.system(tenant)
    message = Message(key="k", kind="job_done", params=SAID)

    actions.send(message=message, to=[person, gone, system], by=person)

    assert not Message.objects.exists()


def test_opening_a_message_reads_it_and_leads_on(client, person, tenant):
    send(person, tenant)
    message = Message.objects.get()

    response = client.post(f"/messages/{message.pk}/")

    assert response.url == "/account/"
    message.refresh_from_db()
    assert message.read_at


def test_another_persons_message_does_not_exist(client, tenant, root):
    send(UserFactory(role="city_authority", area=root), tenant)
    message = Message.objects.get()

    assert client.post(f"/messages/{message.pk}/").status_code == 404
    assert "海珠区" not in client.get("/messages/").content.decode()
    client.post("/messages/read/")
    message.refresh_from_db()
    assert message.read_at is None


def test_all_are_marked_read_at_once(client, person, tenant):
    for key in "ab":
        send(person, tenant, key=key)
    assert "2 条未读消息" in client.get("/").content.decode()

    client.post("/messages/read/")

    assert not Message.objects.visible_to(person).unread().exists()
    assert "条未读消息" not in client.get("/").content.decode()


def test_a_kind_that_is_no_more_is_told_plainly(person):
    assert messages.sentence(Message(kind="of-old")) == "这条消息的内容，现在的版本已不能显示。"


def test_the_inbox_costs_the_same_however_much_is_in_it(
    client, person, tenant, django_assert_num_queries
):
    client.get("/messages/")  # notes in the session that it was seen
    send(person, tenant)
    with django_assert_num_queries(11):
        client.get("/messages/")
    for key in range(40):
        send(person, tenant, key=f"k{key}")
    with django_assert_num_queries(11):
        client.get("/messages/")
