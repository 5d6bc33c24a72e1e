"""Facts of monthly records: as far as they had come on the day."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from compliance.facts import load
from compliance.rules.shapes import RecordFacts
from filings.models import AreaMonth, RecordTemplate
from tests.compliance.ledgers import YEAR_1, fengyang, staffed
from tests.compliance.records import add_up, due_after, keep, months_from
from tests.factories import AreaFactory
from tests.filings.factories import TEMPLATE, RecordTemplateFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MONTH, FILED, ACCEPTED = date(2023, 10, 1), date(2023, 11, 4), date(2023, 11, 7)


def records(area, on=YEAR_1):
    (station,) = load(area, on).facts.stations
    return station.records


@pytest.mark.parametrize(
    ("on", "filed_on", "accepted", "hours"),
    [
        (FILED - DAY, None, False, None),
        (FILED, FILED, False, Decimal("160.5")),
        (ACCEPTED - DAY, FILED, False, Decimal("160.5")),
        (ACCEPTED, FILED, True, Decimal("160.5")),
    ],
)
def test_a_past_day_sees_the_steps_taken_by_then(root, on, filed_on, accepted, hours):
    *_, station = fengyang(root)
    keep(station, MONTH, filed_on=FILED, accepted_on=ACCEPTED, hours=Decimal("160.5"))

    assert records(root, on) == (RecordFacts(MONTH, due_after(MONTH), filed_on, accepted, hours),)
    assert load(root, on).facts.projects[0].records == records(root, on)


def test_two_years_are_read_and_no_month_ahead(root):
    *_, station = fengyang(root)
    for month in (date(2021, 12, 1), date(2022, 1, 1), date(2023, 12, 1), date(2024, 1, 1)):
        keep(station, month)

    assert [one.month for one in records(root)] == [date(2022, 1, 1), date(2023, 12, 1)]


def test_a_template_that_names_no_hours_tells_none(root):
    *_, station = fengyang(root)
    text = TEMPLATE.replace('hours = "hours"\n', "").replace('"small"', '"bare"')
    bare = RecordTemplateFactory(text=text)
    keep(station, MONTH, filed_on=FILED, hours=Decimal(8), template=bare)
    keep(station, date(2023, 9, 1), filed_on=FILED)

    assert [one.hours for one in records(root)] == [None, None]


def test_totals_are_compared_at_the_scope(root):
    district, _street, station = fengyang(root)
    for month in months_from(date(2023, 9, 1), 2):
        keep(station, month, filed_on=FILED, accepted_on=ACCEPTED, hours=Decimal(8))
    add_up()
    AreaMonth.objects.filter(area=root, month=MONTH).update(figures={"hours": 9})
    AreaMonth.objects.filter(area=district, month=date(2023, 9, 1)).update(accepted=0, filed=0)

    def agree(area):
        return [one.agrees for one in load(area, YEAR_1).facts.totals]

    assert (agree(root), agree(district)) == ([True, False], [False, True])
    assert load(station.area, YEAR_1).facts.totals == ()


def test_a_tenant_without_templates_is_not_asked(root):
    fengyang(root)

    assert not RecordTemplate.objects.exists()
    facts = load(root, YEAR_1).facts
    assert (facts.totals, facts.stations[0].records) == ((), ())


def test_records_cost_four_queries_however_many(root, django_assert_num_queries):
    for size in (1, 9):
        for index in range(size):
            station = staffed(AreaFactory(parent=root), certified=1, number=f"P-{size}-{index}")
            keep(station, MONTH, filed_on=FILED, hours=Decimal(8))
        with django_assert_num_queries(21):
            loaded = load(root, YEAR_1)

    assert sum(len(one.records) for one in loaded.facts.stations) == 10
