"""The work of the two jobs, and how a refusal is told."""

from datetime import date

import pytest
from django.urls import reverse

from compliance.models import Report, Run
from jobs import registry
from jobs.models import Job
from jobs.running import CannotBeDone, RunningJob
from tenancy.permissions import Permission
from tests.compliance.ledgers import fengyang

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today")]


class Steps:
    def __init__(self):
        self.shown = []

    def show(self, done, total, step):
        self.shown.append((done, total))

    def check(self):
        """Nobody cancels."""


def done(kind, area, by, **params):
    steps = Steps()
    return registry.find(kind).run(RunningJob(params, area, by, watch=steps)), steps.shown


def ended(kind, area, by, result):
    return Job(kind=kind, area=area, requested_by=by, result=result, ended_at=date(2026, 2, 1))


def test_an_evaluation_keeps_a_run(root, official):
    fengyang(root)

    result, shown = done("evaluate", root, official, on="2025-12-01")

    run = Run.objects.get(pk=result["run"])
    assert (run.area, run.on, run.requested_by) == (root, date(2025, 12, 1), official)
    assert shown == [(0, 2), (1, 2), (2, 2)]
    url = ended("evaluate", root, official, result).result_url
    assert url == f"/findings/?area={root.code}&level=city"


def test_a_report_is_kept_and_found(root, official):
    fengyang(root)

    result, _shown = done("compliance-report", root, official, period="2025-Q4")

    report = Report.objects.get()
    assert (result, report.requested_by) == ({"report": report.pk}, official)
    url = ended("compliance-report", root, official, result).result_url
    assert url == reverse("compliance:report-detail", args=[report.pk])


@pytest.mark.parametrize(
    ("kind", "params", "words"),
    [
        ("evaluate", {"on": "2023-04-06"}, "2023-04-07"),
        ("compliance-report", {"period": "2022"}, "2023-04-07"),
        ("compliance-report", {"period": "2026-Q3"}, "还没有开始"),
    ],
)
def test_a_refusal_is_told_in_words(root, official, kind, params, words):
    with pytest.raises(CannotBeDone, match=words):
        done(kind, root, official, **params)


def test_reports_have_a_queue_and_a_limit_of_their_own():
    report, evaluation = registry.find("compliance-report"), registry.find("evaluate")

    assert (report.queue, report.verb, report.time_limit) == (
        "reports",
        Permission.BUILD_REPORT,
        120,
    )
    assert (evaluation.queue, evaluation.verb) == ("default", Permission.EVALUATE)
