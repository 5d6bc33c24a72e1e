"""Tokens as rows and as commands: whom they let in, and how they come and go."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from tenancy.actions.public_keys import end_tokens, issue_token
from tenancy.audit import append_pending
from tenancy.context import tenant_context
from tenancy.models import AuditEvent, PublicKey, Tenant, User
from tenancy.models.public_key import digest
from tests.conftest import suspended
from tests.factories import TenantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return UserFactory(username="li.lei")


@pytest.fixture
def system(tenant):
    return User.objects.system(tenant)


@pytest.fixture
def token(person, system):
    return issue_token(user=person, days=90, by=system)


def acts():
    """(verb, what is told of it) of each act so far."""
    append_pending()
    return [(event.verb, event.detail) for event in AuditEvent.objects.order_by("seq")]


def test_a_token_lets_its_user_in(token, person, tenant, django_assert_num_queries):
    with django_assert_num_queries(1):
        bearer = PublicKey.objects.bearer_of(token)

        assert (bearer, bearer.tenant) == (person, tenant)


def test_nothing_keeps_the_text_of_a_token(token, person):
    key = PublicKey.objects.get()

    assert token.startswith("zd_")
    assert len(token) > 40
    assert key.hash == digest(token)
    assert token not in str(vars(key))
    assert acts() == [("issue-token", {"user": person.pk, "days": 90})]


def test_tokens_never_repeat(person, system):
    texts = {issue_token(user=person, days=1, by=system) for _ in range(3)}

    assert len(texts) == PublicKey.objects.count() == 3


def unknown():
    PublicKey.objects.update(hash=digest("another"))


def expired():
    PublicKey.objects.update(expires_at=timezone.now())


def ended():
    PublicKey.objects.update(ended_at=timezone.now())


def ended_user():
    User.objects.filter(username="li.lei").update(ended_at=timezone.now())


def ended_tenant():
    Tenant.objects.update(ended_at=timezone.now())


def system_user():
    User.objects.filter(is_system=True).update(is_system=False)
    User.objects.filter(username="li.lei").update(is_system=True)


@pytest.mark.parametrize("change", [unknown, expired, ended, ended_user, ended_tenant, system_user])
def test_what_opens_nothing_answers_alike_after_the_same_work(
    token, change, django_assert_num_queries
):
    change()

    with django_assert_num_queries(1):
        assert PublicKey.objects.bearer_of(token) is None


@pytest.mark.parametrize("text", ["", "zd_", "令牌", "x" * 100_000])
def test_what_is_no_token_lets_nobody_in(token, text):
    assert PublicKey.objects.bearer_of(text) is None


def test_a_token_ends_at_its_very_instant(token, person):
    end = PublicKey.objects.get().expires_at

    with time_machine.travel(end - timedelta(microseconds=1), tick=False):
        assert PublicKey.objects.bearer_of(token) == person
    with time_machine.travel(end, tick=False):
        assert PublicKey.objects.bearer_of(token) is None


def refuses(constraint):
    return pytest.raises(IntegrityError, match=constraint)


@pytest.mark.parametrize("days", [-1, 0, 367])
def test_the_database_refuses_an_unusual_life(person, system, days):
    with refuses("a_token_has_a_user_and_a_year_at_most"), transaction.atomic():
        issue_token(user=person, days=days, by=system)


def test_a_life_of_a_leap_year_is_possible(person, system):
    token = issue_token(user=person, days=366, by=system)

    assert PublicKey.objects.bearer_of(token) == person


def test_a_key_never_points_at_another_tenants_user(system):
    with suspended(), tenant_context(TenantFactory().pk):
        stranger = UserFactory()
    absent = User(pk=2**40)

    for user in (stranger, absent, UserFactory(tenant_id=None)):
        with refuses("tenancy_publickey_user_id_in_tenant"), transaction.atomic():
            issue_token(user=user, days=1, by=system)


def test_one_secret_is_one_key(token):
    again = PublicKey.objects.get()
    again.pk = None

    with refuses("hash"), transaction.atomic():
        again.save()


def test_all_tokens_of_a_user_end_at_once_and_nobody_elses(token, person, system):
    other = issue_token(user=UserFactory(), days=1, by=system)
    issue_token(user=person, days=1, by=system)
    acts()

    assert end_tokens(user=person, by=system) == 2

    assert PublicKey.objects.bearer_of(token) is None
    assert PublicKey.objects.bearer_of(other)
    assert acts()[-1] == ("end-tokens", {"tokens": 2})


def test_what_has_ended_does_not_end_again(token, person, system):
    end_tokens(user=person, by=system)
    before = PublicKey.objects.get().ended_at, acts()

    assert end_tokens(user=person, by=system) == 0
    assert (PublicKey.objects.get().ended_at, acts()) == before


def run(name, *options):
    """Standard output and standard error of a command, which stands outside every tenant."""
    out, err = StringIO(), StringIO()
    with suspended():
        call_command(name, *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_the_command_prints_a_token_once_and_alone(tenant, person):
    out, err = run("create_token", f"--tenant={tenant.slug}", "--user=li.lei")

    key = PublicKey.objects.get()
    assert PublicKey.objects.bearer_of(out.removesuffix("\n")) == person
    assert key.expires_at - key.created_at == timedelta(days=90)
    assert "90" in err
    assert "zd_" not in err


def test_the_command_takes_the_days(tenant, person):
    run("create_token", f"--tenant={tenant.slug}", "--user=li.lei", "--days=366")

    key = PublicKey.objects.get()
    assert key.expires_at - key.created_at == timedelta(days=366)


@pytest.mark.parametrize("days", ["0", "-1", "367", "1.5", "abc", ""])
def test_the_command_refuses_other_days_with_a_sentence(tenant, person, days):
    with pytest.raises(CommandError, match="天数是 1 至 366 的整数"):
        run("create_token", f"--tenant={tenant.slug}", "--user=li.lei", f"--days={days}")
    assert not PublicKey.objects.exists()


@pytest.fixture
def foreign():
    with suspended(), tenant_context(TenantFactory().pk):
        return UserFactory(username="foreign")


@pytest.mark.usefixtures("person", "foreign")
@pytest.mark.parametrize("command", ["create_token", "end_tokens"])
def test_the_commands_refuse_who_is_not_there(tenant, command):
    UserFactory(username="gone", ended_at=timezone.now())
    wrong = [
        ("atlantis", "li.lei", "没有租户 atlantis"),
        *(
            (tenant.slug, name, f"没有可用的账号 {name}")
            for name in ("nobody", "gone", "foreign", f"system@{tenant.slug}")
        ),
    ]

    for slug, name, sentence in wrong:
        with pytest.raises(CommandError, match=sentence) as refusal:
            run(command, f"--tenant={slug}", f"--user={name}")
        assert refusal.value.returncode == 2
    assert not PublicKey.objects.exists()


def test_a_command_ends_what_went_astray(tenant, token):
    out, _ = run("end_tokens", f"--tenant={tenant.slug}", "--user=li.lei")

    assert "已停用 1 枚令牌" in out
    assert PublicKey.objects.bearer_of(token) is None
