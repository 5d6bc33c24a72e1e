from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from config import doctor
from jobs.models import WorkerHeartbeat
from jobs.registry import QUEUES
from tests.conftest import suspended

pytestmark = [pytest.mark.django_db, pytest.mark.no_tenant]


def test_everything_is_said_in_one_line_a_check():
    results = list(doctor.examine())

    assert len(results) == 8
    assert all(result.remedy for result in results if result.level == doctor.FAIL)
    assert all("\n" not in str(result) for result in results)


def test_a_missing_heartbeat_is_a_warning_and_a_recent_one_is_fine():
    assert doctor.heartbeat().level == doctor.WARN

    for queue in QUEUES:
        WorkerHeartbeat.objects.create(queue=queue, at=timezone.now())

    assert doctor.heartbeat().level == doctor.OK


def test_an_old_heartbeat_names_its_queue():
    WorkerHeartbeat.objects.create(queue="default", at=timezone.now())
    WorkerHeartbeat.objects.create(queue="reports", at=timezone.now() - timedelta(minutes=6))

    assert "reports" in str(doctor.heartbeat())


def test_a_broker_that_does_not_answer_fails_with_the_remedy(settings):
    settings.REDIS_URL = "redis://127.0.0.1:9/0"

    result = doctor.broker()

    assert result.level == doctor.FAIL
    assert "REDIS_URL" in result.remedy


def test_missing_libraries_name_the_command(monkeypatch):
    monkeypatch.setattr(doctor, "find_library", lambda name: None)

    result = doctor.pdf_libraries()

    assert result.level == doctor.FAIL
    assert "libharfbuzz-subset0" in result.remedy


def test_a_failure_exits_with_1(monkeypatch):
    failing = doctor.Result(doctor.FAIL, "磁盘", "满", "请清理。")
    monkeypatch.setattr("config.management.commands.doctor.examine", lambda: [failing])
    out = StringIO()

    with pytest.raises(SystemExit) as exit_info, suspended():
        call_command("doctor", stdout=out)

    assert exit_info.value.code == 1
    assert "FAIL 磁盘：满  → 请清理。" in out.getvalue()


def test_an_unforced_table_is_found(monkeypatch):
    monkeypatch.setattr("tenancy.forced.tenant_tables", lambda: ["unbound"])
    monkeypatch.setattr(doctor, "_row", lambda *_: (1,))

    assert doctor.row_level_security().level == doctor.FAIL
