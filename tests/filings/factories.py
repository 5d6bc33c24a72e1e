"""Rows of the monthly record for tests; they belong to the tenant in force."""

from datetime import date, datetime, time, timedelta

import factory
from django.core.files.base import ContentFile
from django.utils import timezone
from factory.django import DjangoModelFactory

from filings import actions
from filings.actions.reviewing import Return
from filings.cells import Given
from filings.models import (
    AreaMonth,
    CalendarDay,
    CalendarYear,
    Extension,
    FilingPolicy,
    MonthlyRecord,
    RecordEvent,
    RecordTemplate,
    RecordWorkbook,
    Reminder,
)
from stations.models import StationSeat
from tenancy.context import current_tenant_id
from tenancy.models import User
from tests.factories import AreaFactory, StationFactory, UserFactory

# Small enough to be read here: counts, a state at the month's end, a sum, hours, a text.
TEMPLATE = """
id = "small"
version = "1"
title = "小月报"
since = "2026-01"
source = "测试"
hours = "hours"

[[sections]]
code = "service"
title = "专业服务"

[[sections.indicators]]
code = "opening"
name = "期初在办"
unit = "个"
note = "上月末在办个案；首月按实填。"
kind = "whole"
source = "last_month:closing"
over_time = "last"

[[sections.indicators]]
code = "opened"
name = "新开个案"
unit = "个"
note = "本月接案并建档的个案，不含咨询。"
kind = "whole"

[[sections.indicators]]
code = "closed"
name = "结案"
unit = "个"
note = "本月结案的个案，含转介结案。"
kind = "whole"

[[sections.indicators]]
code = "closing"
name = "期末在办"
unit = "个"
note = "期初加新开减结案，自动计算。"
kind = "whole"
formula = "opening + opened - closed"
over_time = "last"

[[sections.indicators]]
code = "hours"
name = "直接服务工时"
unit = "小时"
note = "面谈、小组、活动、探访的工时，不含文书。"
kind = "decimal"

[[sections.indicators]]
code = "highlights"
name = "工作亮点"
unit = ""
note = "不写服务对象姓名和住址。"
kind = "text"

[[checks]]
code = "closed-within"
rule = "REP-02"
severity = "hard"
must = "closed <= opening + opened"
message = "结案数不能大于期初在办与新开之和。"

[[checks]]
code = "hours-jump"
severity = "soft"
when = "prev(hours) > 0"
must = "abs(hours - prev(hours)) * 2 <= prev(hours)"
message = "工时与上月相差超过一半，请核对或说明。"
"""
SOUND = {"opening": "3", "opened": "2", "closed": "1", "hours": "160.5"}
OCTOBER = date(2026, 10, 1)


class RecordTemplateFactory(DjangoModelFactory):
    """Loaded as the command loads it; the same text again is the same row."""

    class Meta:
        model = RecordTemplate

    text = TEMPLATE

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        system = User.objects.system(current_tenant_id())
        return actions.load_template(text=kwargs["text"], by=system)[0]


class MonthlyRecordFactory(DjangoModelFactory):
    """An open record of October 2026 that can be filled today."""

    class Meta:
        model = MonthlyRecord

    station = factory.SubFactory(StationFactory)
    month = OCTOBER
    template = factory.SubFactory(RecordTemplateFactory)
    street = factory.LazyAttribute(
        lambda record: StationSeat.objects.get(station=record.station, valid_to=None).street
    )
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))
    locks_on = factory.LazyAttribute(lambda record: record.due_on + timedelta(days=10))
    street_first = False


class RecordWorkbookFactory(DjangoModelFactory):
    """Sent in and found to change nothing."""

    class Meta:
        model = RecordWorkbook

    area = factory.SubFactory(AreaFactory)
    file_name = "月报.xlsx"
    file = factory.LazyFunction(lambda: ContentFile(b"PK", "workbook"))
    sha256 = "0" * 64
    size = 2
    uploaded_by = factory.SubFactory(UserFactory)
    checked_at = factory.LazyFunction(timezone.now)
    outcome = factory.LazyFunction(dict)


def filed(record, by, **cells):
    """The record as its filer sends it, everything in it sound unless said otherwise."""
    given = Given(cells=SOUND | cells)
    return actions.submit(record=record, seen=record.version, given=given, by=by)


def accepted(record, filer, by, **cells):
    """The record filed by one and accepted by another."""
    filed(record, filer, **cells)
    return actions.accept(record=record, seen=record.version, by=by)


def back(**changes):
    """Why a record goes back."""
    said = {
        "reasons": ["inconsistent"],
        "comment": "结案数与档案不一致，请核对后重报。",
        "mend_by": timezone.localdate() + timedelta(days=3),
        "cells": ["closed"],
    }
    return Return(**said | changes)


def at_noon(day):
    return timezone.make_aware(datetime.combine(day, time(12)))


def policy(**changes):
    return FilingPolicy.objects.create(**changes)


def people(station):
    """Who files for a station, and who accepts: (filer, reviewer)."""
    street = station.area.parent
    return (
        UserFactory(role="station_head", area=station.area),
        UserFactory(role="district_authority", area=street.parent or street),
    )


class FilingPolicyFactory(DjangoModelFactory):
    class Meta:
        model = FilingPolicy


class CalendarDayFactory(DjangoModelFactory):
    class Meta:
        model = CalendarDay

    day = date(2026, 10, 1)
    is_workday = False


class CalendarYearFactory(DjangoModelFactory):
    class Meta:
        model = CalendarYear

    year = 2026


class RecordEventFactory(DjangoModelFactory):
    class Meta:
        model = RecordEvent

    record = factory.SubFactory(MonthlyRecordFactory)
    step = RecordEvent.Step.SUBMIT
    by = factory.SubFactory(UserFactory)
    round = 1


class ReminderFactory(DjangoModelFactory):
    class Meta:
        model = Reminder

    record = factory.SubFactory(MonthlyRecordFactory)
    on = date(2026, 11, 6)
    by = factory.SubFactory(UserFactory)


class ExtensionFactory(DjangoModelFactory):
    class Meta:
        model = Extension

    record = factory.SubFactory(MonthlyRecordFactory)
    until = date(2026, 11, 20)
    reason = "站点搬迁，资料未齐，延期报送。"
    granted_by = factory.SubFactory(UserFactory)


class AreaMonthFactory(DjangoModelFactory):
    class Meta:
        model = AreaMonth

    area = factory.SubFactory(AreaFactory)
    month = OCTOBER
