"""The commands of the monthly record, as strangers type them."""

from datetime import date

import pytest
import time_machine
from django.core.management import CommandError, call_command

from filings.models import MonthlyRecord, RecordTemplate
from filings.tasks import lock_records, open_periods
from tenancy.context import current_tenant_id
from tenancy.models import Tenant
from tests.factories import StationFactory
from tests.filings.factories import TEMPLATE, MonthlyRecordFactory, RecordTemplateFactory


@pytest.fixture
def slug(root):
    return Tenant.objects.get(pk=current_tenant_id()).slug


@pytest.fixture
def file(tmp_path):
    written = tmp_path / "small.toml"
    written.write_text(TEMPLATE)
    return written


@pytest.fixture(autouse=True)
def november():
    with time_machine.travel(date(2026, 11, 2), tick=False):
        yield


def test_a_month_is_opened_and_opened_again(slug, street, capsys):
    StationFactory(street=street)
    RecordTemplateFactory()
    call_command("open_period", "2026-10", tenant=slug)
    call_command("open_period", "2026-10", tenant=slug)
    told = capsys.readouterr().out.splitlines()
    assert told == ["2026-10：新建 1 份，已有 0 份。", "2026-10：新建 0 份，已有 1 份。"]


@pytest.mark.parametrize(
    ("period", "said"),
    [
        ("2026-12", "还没有开始"),
        ("2025-10", "没有可用的月报模板"),
        ("2026-Q3", "不是月份"),
        ("2026", "不是月份"),
        ("2026-H1", "不是月份"),
        ("2026-13", "不是月份"),
        ("十月", "不是月份"),
    ],
)
def test_a_month_that_cannot_be_opened_is_refused_in_words(slug, street, period, said):
    RecordTemplateFactory()
    with pytest.raises(CommandError, match=said) as refused:
        call_command("open_period", period, tenant=slug)
    assert refused.value.returncode in (1, 2)


def test_a_template_is_loaded_once_and_never_changed(slug, file, capsys):
    call_command("load_template", str(file), tenant=slug)
    call_command("load_template", str(file), tenant=slug)
    assert capsys.readouterr().out.splitlines() == [
        "已载入 小月报 1，自 2026-01 起用。",
        "小月报 1 已经载入过，没有变化。",
    ]
    file.write_text(TEMPLATE.replace("新开个案", "新接个案"))
    with pytest.raises(CommandError, match="版本 1 已载入过另一内容"):
        call_command("load_template", str(file), tenant=slug)
    assert RecordTemplate.objects.get().text == TEMPLATE


def test_every_mistake_of_a_template_is_told_with_its_line(slug, file, capsys):
    broken = TEMPLATE.replace('kind = "decimal"', 'kind = "half"').replace(
        "closed <= opening + opened", "closed <= unheard"
    )
    file.write_text(broken)
    with pytest.raises(SystemExit) as ended:
        call_command("load_template", str(file), tenant=slug)
    told = capsys.readouterr().err.splitlines()
    assert ended.value.code == 1
    assert [line[:2] for line in told] == ["第 ", "第 "]
    assert not RecordTemplate.objects.exists()


def test_the_shipped_template_is_checked_and_loaded_by_name(slug, capsys):
    call_command("load_template", "guangzhou", check=True)
    call_command("load_template", "guangzhou", tenant=slug)
    captured = capsys.readouterr()
    assert "没有错误" in captured.out
    assert "数据来源 casework.visits 尚未接入" in captured.err
    form = RecordTemplate.objects.get().form
    named = [one for one in form.numbers.values() if one.source or one.formula]
    assert len(named) >= 0.6 * len(form.numbers)


def test_beat_opens_the_month_that_begins_and_what_came_late(street):
    StationFactory(street=street)
    RecordTemplateFactory()
    open_periods()
    months = MonthlyRecord.objects.order_by("month").values_list("month", flat=True)
    assert [*months] == [date(2026, 10, 1), date(2026, 11, 1)]


def test_beat_leaves_a_tenant_without_template_alone(street):
    StationFactory(street=street)
    open_periods()
    assert not MonthlyRecord.objects.exists()


def test_beat_locks_what_is_past_its_day(record):
    MonthlyRecord.objects.update(due_on=date(2026, 10, 30), locks_on=date(2026, 11, 1))
    other = MonthlyRecordFactory(
        station=record.station,
        month=date(2026, 9, 1),
        due_on=date(2026, 11, 1),
        locks_on=date(2026, 11, 2),
    )
    lock_records()
    assert MonthlyRecord.objects.get(pk=record.pk).locked_at is not None
    assert MonthlyRecord.objects.get(pk=other.pk).locked_at is None
