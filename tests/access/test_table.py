import re

import pytest
from django.http import HttpResponse
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST

from tests.access.kinds import Kind
from tests.access.routes import Undeclared, methods_of, routes
from tests.access.table import TABLE, rows

SITE = {(route.name, method): route for route in routes() for method in route.methods}
FOREIGN_NAMES = {"set_language"}
REFUSED_WORDS = re.compile(r"rank|point-balance|points$|check-?in|clock|online|leaderboard")


def test_every_route_and_method_has_its_row():
    missing = [f'    ("{name}", "{method}"): …,' for name, method in sorted({*SITE} - {*TABLE})]

    assert not missing, "add to tests/access/table.py:\n" + "\n".join(missing)


def test_every_row_has_its_route():
    assert {*TABLE} - {*SITE} == set()


@pytest.mark.parametrize(
    ("name", "method", "access"), [row for row in rows() if row.values[:2] in SITE]
)
def test_only_what_the_table_calls_public_is_open_to_strangers(name, method, access):
    assert SITE[name, method].is_public is (access.kind is Kind.PUBLIC)


@pytest.mark.parametrize("route", routes(), ids=lambda route: route.name)
def test_names_are_kebab_case(route):
    if route.name not in FOREIGN_NAMES:
        assert re.fullmatch(r"([a-z]+:)*[a-z]+(-[a-z0-9]+)*", route.name)


def test_no_route_is_for_what_the_platform_refuses_to_do():
    assert [name for name, _ in SITE if REFUSED_WORDS.search(name)] == []


def view(request):
    return HttpResponse()


def test_methods_are_read_from_the_view():
    assert methods_of(require_POST(view)) == {"POST"}
    assert methods_of(require_http_methods(["GET", "PUT"])(view)) == {"GET", "PUT"}


def test_a_view_that_answers_any_method_is_refused():
    with pytest.raises(Undeclared):
        methods_of(view)


def test_a_new_route_is_seen():
    class Resolver:
        url_patterns = [path("new/", require_POST(view), name="new-one")]

    assert [(route.name, route.methods) for route in routes(Resolver)] == [("new-one", {"POST"})]
