"""Totals equal the accepted records at every level, whatever happens to records and places."""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.management import call_command

from filings import actions, totals
from filings.models import AreaMonth, MonthlyRecord
from filings.template.reading import read_template
from filings.totals.reading import Total, by_month, over
from stations.models import Station
from stations.seating import resettle
from tenancy.actions.areas import Renewal, replace_area
from tenancy.context import current_tenant_id
from tenancy.models import Tenant
from tenancy.periods import parse_period
from tests.factories import AreaFactory, StationFactory
from tests.filings.factories import (
    OCTOBER,
    TEMPLATE,
    MonthlyRecordFactory,
    accepted,
    back,
    filed,
)


def total(area, month=OCTOBER):
    return AreaMonth.objects.get(area=area, month=month)


def nothing_differs():
    return [*totals.differences(OCTOBER)] == []


def test_accepting_reaches_every_level_at_once(record, filer, reviewer, street, district, root):
    totals.rebuild(OCTOBER)
    accepted(record, filer, reviewer)
    for area in (street, district, root):
        assert total(area).figures == {
            "opening": 3,
            "opened": 2,
            "closed": 1,
            "hours": Decimal("160.5"),
        }
        assert (total(area).due, total(area).filed, total(area).accepted) == (1, 1, 1)
    assert nothing_differs()


def test_what_is_computed_is_not_added_up(record, filer, reviewer, root):
    totals.rebuild(OCTOBER)
    accepted(record, filer, reviewer)
    assert "closing" not in total(root).figures


def test_filing_counts_without_numbers(record, filer, root):
    totals.rebuild(OCTOBER)
    filed(record, filer)
    assert (total(root).filed, total(root).on_time, total(root).figures) == (1, 1, {})


def test_a_quarter_adds_flows_up_and_keeps_the_last_state(station, filer, reviewer, root):
    for month, opened in ((7, "1"), (8, "2"), (9, "4")):
        record = MonthlyRecordFactory(station=station, month=date(2026, month, 1))
        totals.rebuild(record.month)
        accepted(record, filer, reviewer, opening=str(month), opened=opened, closed="0")
    quarter = parse_period("2026-Q3")
    months = by_month(root, quarter.first, quarter.last)
    found = over(months, read_template(TEMPLATE), quarter)
    assert (found.figures["opened"], found.figures["opening"]) == (7, 9)
    assert found.figures["closing"] == 9 + 4 - 0
    assert (found.due, found.accepted) == (3, 3)


def test_a_computed_state_is_that_of_the_last_month_with_numbers():
    """Ten cases and two more in each of three months are sixteen, however many months are seen."""
    months = {
        date(2026, month, 1): Total(
            due=1, accepted=1, figures={"opening": opening, "opened": 2, "closed": 0, "hours": 100}
        )
        for month, opening in ((7, Decimal(10)), (8, Decimal(12)), (9, Decimal(14)))
    } | {date(2026, 10, 1): Total(due=1)}
    form = read_template(TEMPLATE)
    for period in ("2026-Q3", "2026-H2", "2026"):
        found = over(months, form, parse_period(period))
        assert (found.figures["closing"], found.figures["opened"]) == (16, 6)


def test_each_month_stays_with_the_tree_of_its_time(
    station, street, district, root, filer, reviewer, official
):
    """The station moves to another district on 1 November: October stays, November goes along."""
    november = date(2026, 11, 1)
    for month in (OCTOBER, november):
        accepted(MonthlyRecordFactory(station=station, month=month), filer, reviewer)
    elsewhere = AreaFactory(level="district", parent=root)
    station.street = AreaFactory(level="street", parent=elsewhere)
    resettle([station], november, official)
    assert total(district).accepted == 1
    assert not AreaMonth.objects.filter(area=district, month=november).exists()
    assert total(elsewhere, november).accepted == total(root, november).accepted == 1


def test_the_command_names_each_difference(record, filer, reviewer, root, capsys):
    totals.rebuild(OCTOBER)
    accepted(record, filer, reviewer)
    slug = Tenant.objects.get(pk=current_tenant_id()).slug
    call_command("rebuild_totals", tenant=slug, check=True)
    row = total(root)
    AreaMonth.objects.filter(pk=row.pk).update(figures={**row.figures, "opened": Decimal(7)}, due=2)
    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_totals", tenant=slug, check=True)
    told = capsys.readouterr().out
    assert ended.value.code == 1
    assert f"{slug} {root.code} 2026-10 due：存 2，应为 1" in told
    assert f"{slug} {root.code} 2026-10 opened：存 7，应为 2" in told
    call_command("rebuild_totals", tenant=slug)
    assert nothing_differs()


STEPS = (
    "file",
    "file",
    "withdraw",
    "return_",
    "accept",
    "accept",
    "reopen",
    "lock",
    "close",
    "move",
    "district",
)


class City:
    """Two districts, three streets, four stations, and what may happen to their records."""

    def __init__(self, root, filer, reviewer):
        self.filer, self.reviewer, self.day = filer, reviewer, date(2026, 10, 10)
        self.districts = [AreaFactory(level="district", parent=root) for _ in range(2)]
        self.streets = [
            AreaFactory(level="street", parent=self.districts[number]) for number in (0, 0, 1)
        ]
        self.stations = [StationFactory(street=self.streets[number]) for number in (0, 1, 1, 2)]
        for station in self.stations:
            MonthlyRecordFactory(station=station)
        totals.rebuild(OCTOBER)

    def step(self, name, number, value):
        station = self.stations[number]
        record = MonthlyRecord.objects.get(station=station)
        getattr(self, name)(record, station, value)

    def file(self, record, station, value):
        if record.is_fillable:
            filed(record, self.filer, opened=str(value), closed="0")

    def withdraw(self, record, station, value):
        if record.submitted_at and not record.accepted_at and not record.opened_at:
            actions.withdraw(record=record, by=self.filer)

    def return_(self, record, station, value):
        if record.submitted_at and not record.accepted_at:
            actions.return_record(record=record, seen=record.version, back=back(), by=self.reviewer)

    def accept(self, record, station, value):
        if record.submitted_at and not record.accepted_at:
            actions.accept(record=record, seen=record.version, by=self.reviewer)

    def reopen(self, record, station, value):
        if record.accepted_at or record.locked_at:
            until = record.due_on + timedelta(days=value % 5)
            actions.reopen(
                record=record, seen=record.version, reason="补报", until=until, by=self.reviewer
            )

    def lock(self, record, station, value):
        actions.lock_due(today=record.locks_on + timedelta(days=1), by=self.reviewer)

    def close(self, record, station, value):
        Station.objects.filter(pk=station.pk).update(closed_on=date(2026, 11, 1))

    def move(self, record, station, value):
        """To another street, before or after the month's end."""
        fresh = Station.objects.select_related("area__parent").get(pk=station.pk)
        fresh.street = self.streets[value % 3]
        if fresh.moves:
            resettle([fresh], self.next_day(), self.reviewer)

    def district(self, record, station, value):
        """A street comes under another district."""
        street, parent = self.streets[value % 3], self.districts[value % 2]
        if street.parent_id != parent.pk:
            renewal = Renewal(name=street.name, code=street.code, parent=parent)
            self.streets[value % 3] = replace_area(
                area=street, renewal=renewal, on=self.next_day(), by=self.reviewer
            )

    def next_day(self):
        self.day += timedelta(days=2)
        return self.day


@pytest.mark.parametrize("seed", range(12))
def test_totals_always_equal_the_accepted_records(root, filer, reviewer, seed):
    chance, city = random.Random(seed), City(root, filer, reviewer)
    for _ in range(20):
        city.step(chance.choice(STEPS), chance.randrange(4), chance.randrange(10))
        assert nothing_differs()
    assert total(root).figures.get("opened", 0) == sum(
        record.figures["opened"]
        for record in MonthlyRecord.objects.filter(accepted_at__isnull=False)
    )
