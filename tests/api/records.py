"""Requests about a record."""

from filings.models import MonthlyRecord
from tests.api.conftest import V1

FIGURES = {"opening": 3, "opened": 2, "closed": 1, "hours": "160.5"}
BACK = {
    "reasons": ["inconsistent"],
    "comment": "请核对结案数与档案后重新报送",
    "cells": ["closed"],
    "workdays": 3,
}


def address(record, act=""):
    return f"{V1}monthly-records/{record.pk}/" + (f"{act}/" if act else "")


def tag_of(client, record):
    return client.get(address(record)).headers["ETag"]


def patch(client, record, *, tag=None, **body):
    headers = {"if-match": tag or tag_of(client, record)}
    return client.patch(address(record), body, "application/json", headers=headers)


def post(client, record, act, *, key="key-1", tag=None, **body):
    """With the version as it stands unless a tag is named."""
    headers = {"if-match": tag or tag_of(client, record), "idempotency-key": key}
    return client.post(address(record, act), body, "application/json", headers=headers)


def stored(record):
    return MonthlyRecord.objects.get(pk=record.pk)


def refused(response, status, name):
    """The problem, whose type ends in its name."""
    told = response.json()
    assert (response.status_code, told["type"]) == (status, f"/api/docs/#{name}"), told
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.headers["Cache-Control"] == "no-store"
    assert told["detail"]
    return told


def pointers(response):
    assert response.status_code == 400, response.json()
    return {one["pointer"]: one["code"] for one in response.json()["errors"]}
