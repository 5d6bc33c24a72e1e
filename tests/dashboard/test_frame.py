from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
from django import forms
from django.contrib.auth.models import AnonymousUser
from django.template.loader import render_to_string
from django.test import RequestFactory

NAV = [
    {"url": f"/{number}/", "label": f"项目{number}", "icon": "home", "current": number == 0}
    for number in range(6)
]
PERSON = SimpleNamespace(
    is_authenticated=True,
    name="陈丽华",
    verbs=frozenset(),
)


@pytest.fixture
def request_of(rf: RequestFactory):
    def build(user, path="/areas/?q=1", **cookies):
        request = rf.get(path)
        request.COOKIES.update(cookies)
        request.user = user
        return request

    return build


def frame(request, **context):
    return render_to_string("base.html", {"user": request.user, **context}, request)


def test_a_signed_out_page_has_no_menu_but_language_and_type_size(request_of):
    html = frame(request_of(AnonymousUser()))

    assert "<nav" not in html
    assert "退出登录" not in html
    assert 'value="en"' in html
    assert 'value="large"' in html


def test_the_menu_stands_at_the_side_and_at_the_foot_of_a_phone(request_of):
    html = frame(request_of(PERSON), nav=NAV)
    side, bar = html.split('<nav class="bar"')

    assert side.count("项目") == 6
    assert bar.split("<details")[0].count("项目") == 4
    assert bar.split("<details")[1].count("项目") == 2
    assert html.count('aria-current="page"') == 2
    assert "陈丽华" in html


def test_switches_return_to_the_same_page(request_of):
    assert 'name="next" value="/areas/?q=1"' in frame(request_of(PERSON))


def test_large_type_is_the_cookie_s(request_of):
    html = frame(request_of(PERSON, text_size="large"))

    assert 'class="large"' in html
    assert "标准字号" in html


@pytest.mark.parametrize("demo", [True, False])
def test_the_demo_says_so(request_of, demo):
    html = frame(request_of(PERSON), demo=demo)

    assert ("演示数据，请勿录入真实信息" in html) is demo


def test_the_foot_tells_whose_page_and_how_fresh(request_of):
    moment = datetime(2026, 11, 5, 18, 10, tzinfo=UTC)
    html = frame(request_of(PERSON), tenant_name="广州市民政局", version="0.1.0", data_time=moment)

    assert "广州市民政局" in html
    assert "站点 0.1.0" in html
    assert "数据截至 2026-11-06 02:10" in html


def test_a_page_with_errors_says_so_in_its_title(request_of):
    class Name(forms.Form):
        name = forms.CharField()

    assert "<title>错误：" in frame(request_of(PERSON), form=Name({}))
    assert "<title>错误：" not in frame(request_of(PERSON), form=Name())


def test_htmx_may_neither_evaluate_nor_ask_elsewhere(request_of):
    html = frame(request_of(PERSON))

    assert '"allowEval":false' in html
    assert '"selfRequestsOnly":true' in html
