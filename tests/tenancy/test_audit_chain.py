import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO

import psycopg2
import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.utils.translation import gettext_lazy

from tenancy import audit, audit_anchors, tasks
from tenancy.audit_verification import verify
from tenancy.context import tenant_context
from tenancy.models import Area, AuditEvent, User
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory

pytestmark = [pytest.mark.no_tenant, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def anchors(settings, tmp_path):
    settings.AUDIT_ANCHOR_DIR = tmp_path / "anchors"
    return settings.AUDIT_ANCHOR_DIR


def write(tenant, verb="open", times=1, **detail):
    with tenant_context(tenant.pk):
        for _ in range(times):
            audit.record(verb=verb, by=User.objects.system(tenant), detail=detail)


def faults(tenant):
    with tenant_context(tenant.pk):
        return [*verify(tenant)]


def meddle(*statements):
    """Change rows past all guards, as only a superuser can."""
    database = os.environ["DATABASE_URL"].rsplit("/", 1)[1].split("?")[0]
    with closing(psycopg2.connect(os.environ["ZHANDIAN_TEST_ADMIN"], dbname=database)) as admin:
        with admin.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            for statement in statements:
                cursor.execute(statement)
        admin.commit()


def test_a_chain_of_any_detail_reads_back_whole(tenant):
    write(
        tenant,
        text='汉字 ‘’ \\ " \n é 𠮷',
        big=2**70,
        share=0.1,
        tiny=1e-7,
        huge=1e22,
        none=None,
        yes=True,
        day=date(2026, 3, 1),
        money=Decimal("1.10"),
        lazy=gettext_lazy("镇街"),
        keys={10: 1, 9: 2, "a": {"b": [1, [2]]}},
        nan=float("nan"),
    )

    assert faults(tenant) == []


@pytest.mark.parametrize(
    ("statements", "position"),
    [
        (["UPDATE tenancy_auditevent SET verb = 'shut' WHERE seq = 4"], 4),
        (["UPDATE tenancy_auditevent SET detail = '{\"a\": 2}' WHERE seq = 4"], 4),
        (["UPDATE tenancy_auditevent SET at = at + interval '1 microsecond' WHERE seq = 4"], 4),
        (["DELETE FROM tenancy_auditevent WHERE seq = 4"], 4),
        (["DELETE FROM tenancy_auditevent WHERE seq > 8"], 10),
        (["DELETE FROM tenancy_auditevent"], 10),
        (
            [
                "UPDATE tenancy_auditevent SET seq = seq + 1000 WHERE seq >= 4",
                "UPDATE tenancy_auditevent SET seq = seq - 999 WHERE seq > 1000",
                "INSERT INTO tenancy_auditevent (tenant_id, seq, at, actor_id, verb, target, place,"
                " detail, request_id, address, key_id, former, mac) SELECT tenant_id, 4, at,"
                " actor_id, verb, target, place, detail, request_id, address, key_id,"
                " sha256('a'), sha256('b') FROM tenancy_auditevent WHERE seq = 3",
            ],
            4,
        ),
        (
            [
                "UPDATE tenancy_auditevent SET seq = 1000 WHERE seq = 4",
                "UPDATE tenancy_auditevent SET seq = 4 WHERE seq = 5",
                "UPDATE tenancy_auditevent SET seq = 5 WHERE seq = 1000",
            ],
            4,
        ),
        (["UPDATE tenancy_auditevent SET key_id = 'other' WHERE seq = 4"], 4),
    ],
    ids=[
        "edited",
        "detail edited",
        "date edited",
        "deleted",
        "tail cut",
        "all deleted",
        "inserted",
        "reordered",
        "key changed",
    ],
)
def test_what_a_superuser_changes_is_found_with_its_position(tenant, statements, position):
    write(tenant, times=10, a=1)
    tasks.anchor_audit()
    assert faults(tenant) == []

    meddle(*statements)

    assert position in {fault.seq for fault in faults(tenant)}
    with pytest.raises(CommandError, match=tenant.slug):
        call_command("verify_audit", stdout=StringIO())


def test_a_chain_rewritten_with_the_key_is_found_by_its_anchor(tenant):
    write(tenant, times=3)
    tasks.anchor_audit()
    meddle("DELETE FROM tenancy_auditevent")
    write(tenant, verb="innocent", times=3)

    assert [fault.seq for fault in faults(tenant)] == [3]


def test_the_command_says_how_much_it_read(tenant):
    write(tenant, times=3)
    tasks.anchor_audit()
    out = StringIO()

    call_command("verify_audit", tenant=tenant.slug, stdout=out)

    assert "3 条，库外存证 1 条" in out.getvalue()


def test_a_broken_chain_does_not_hide_behind_a_sound_one(tenant):
    other = TenantFactory()
    write(tenant, times=3)
    write(other, times=3)
    meddle(f"UPDATE tenancy_auditevent SET verb = 'x' WHERE seq = 2 AND tenant_id = {tenant.pk}")

    assert faults(other) == []
    with pytest.raises(CommandError):
        call_command("verify_audit", stdout=StringIO())
    call_command("verify_audit", tenant=other.slug, stdout=StringIO())


def test_anchors_only_grow_and_are_private(tenant, anchors):
    write(tenant)
    tasks.anchor_audit()
    tasks.anchor_audit()
    write(tenant)
    tasks.anchor_audit()

    file = anchors / f"{tenant.slug}.tsv"
    assert [anchor.seq for anchor in audit_anchors.read(tenant.slug)] == [1, 2]
    assert file.stat().st_mode & 0o777 == 0o600
    with file.open("a") as stream:
        stream.write("2026-0")
    assert len(audit_anchors.read(tenant.slug)) == 2


def test_eight_writers_make_one_chain(tenant):
    def work(_):
        try:
            for _ in range(100):
                write(tenant)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        [*pool.map(work, range(8))]

    with tenant_context(tenant.pk):
        assert AuditEvent.objects.count() == 800
    assert faults(tenant) == []


@pytest.mark.parametrize(
    "verb",
    [
        "UPDATE tenancy_auditevent SET verb='x'",
        "DELETE FROM tenancy_auditevent",
        "TRUNCATE tenancy_auditevent",
    ],
)
def test_the_runtime_role_can_only_add_and_read(tenant, verb):
    write(tenant)

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        tenant_context(tenant.pk),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


def test_an_act_that_is_rolled_back_leaves_no_row(tenant):
    with tenant_context(tenant.pk):
        try:
            with transaction.atomic():
                audit.record(verb="fail", by=User.objects.system(tenant))
                raise LookupError
        except LookupError:
            pass
        audit.record(verb="work", by=User.objects.system(tenant))

    with tenant_context(tenant.pk):
        assert AuditEvent.objects.get().verb == "work"


def test_without_its_row_a_change_is_not_saved(tenant, monkeypatch):
    def fail(*_):
        raise DatabaseError

    monkeypatch.setattr(audit, "_append", fail)

    def change():
        with tenant_context(tenant.pk):
            AreaFactory(level="city")
            audit.record(verb="make", by=User.objects.system(tenant))

    with pytest.raises(DatabaseError):
        change()

    with tenant_context(tenant.pk):
        assert not Area.objects.exists()


def test_acts_of_a_suspended_tenant_do_not_enter_anothers_chain(tenant):
    other = TenantFactory()
    with tenant_context(tenant.pk):
        audit.record(verb="first", by=User.objects.system(tenant))
        with suspended():
            write(other, verb="second")

    with tenant_context(other.pk):
        assert AuditEvent.objects.get().verb == "second"
    with tenant_context(tenant.pk):
        assert AuditEvent.objects.get().verb == "first"


def test_the_day_of_an_anchor_is_the_day_here(tenant):
    write(tenant)
    with time_machine.travel("2026-03-01T16:30:00Z"):
        tasks.anchor_audit()

    assert audit_anchors.read(tenant.slug)[0].day == str(date(2026, 3, 1) + timedelta(days=1))
