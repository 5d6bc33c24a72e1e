from datetime import date, datetime
from smtplib import SMTPServerDisconnected
from zoneinfo import ZoneInfo

import pytest
from django.core import mail

from tenancy import digest, todos
from tenancy.actions import messages as actions
from tenancy.models import Message, User
from tenancy.todos import Todo
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 2)


def at(hour, minute=0, day=2):
    return datetime(2026, 11, day, hour, minute, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(autouse=True)
def server(settings):
    settings.EMAIL_URL, settings.PUBLIC_URL = "smtp://mail.example", "https://stations.example"


@pytest.fixture
def person():
    return UserFactory(email="li@stations.example")


@pytest.fixture
def waiting(monkeypatch):
    """What a source of this test finds, whoever asks."""
    found = [
        Todo("签合同", "/b/", date(2026, 11, 1)),
        Todo("核验证书", "/a/"),
        Todo("确认导入", "/c/", date(2026, 11, 9)),
    ]
    monkeypatch.setattr(todos, "_sources", [lambda user, today: found])
    return found


def test_what_waits_is_told_by_its_day(person, waiting):
    assert digest.send_due(at(8, 30)) == 1

    [sent] = mail.outbox
    assert (sent.to, sent.subject) == ([person.email], "站点：3 件待办，0 条未读消息")
    lines = sent.body.splitlines()
    assert lines[:3] == [
        "· 签合同（已过期 2026-11-01）",
        "· 确认导入（截止 2026-11-09）",
        "· 核验证书",
    ]
    assert "https://stations.example" in lines


def test_it_goes_out_once_a_day_and_not_before_its_time(person, waiting):
    sent = [digest.send_due(now) for now in (at(8, 29), at(9), at(23), at(8, 30, day=3))]

    assert sent == [0, 1, 0, 1]


def test_who_has_no_address_or_nothing_waiting_gets_none(person, monkeypatch):
    UserFactory(email="")
    monkeypatch.setattr(todos, "_sources", [])

    assert digest.send_due(at(9)) == 0


def test_unread_messages_are_counted_and_not_told(person, tenant, monkeypatch):
    monkeypatch.setattr(todos, "_sources", [])
    message = Message(key="k", kind="job_done", params={"job": "核验", "area": "海珠区"})
    actions.send(message=message, to=[person], by=User.objects.system(tenant))

    digest.send_due(at(9))

    assert mail.outbox[0].subject == "站点：0 件待办，1 条未读消息"
    assert "海珠区" not in mail.outbox[0].body


def test_a_mail_that_cannot_be_handed_over_is_tried_again(person, waiting, monkeypatch):
    def refuse(*_args, **_options):
        raise SMTPServerDisconnected

    with monkeypatch.context() as broken:
        broken.setattr(digest, "send_mail", refuse)
        assert digest.send_due(at(9)) == 0

    assert digest.send_due(at(10)) == 1


def test_without_a_server_nothing_is_sent(person, waiting, settings):
    settings.EMAIL_URL = ""

    assert digest.send_due(at(9)) == 0
    assert User.objects.get(pk=person.pk).digest_on is None
