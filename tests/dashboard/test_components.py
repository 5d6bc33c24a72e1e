import re
from types import SimpleNamespace

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from tenancy.templatetags.look import STATUSES

FINDING = SimpleNamespace(
    status="not_met",
    rule="CERT-01",
    title="持证比例",
    sentence="在岗 20 人，持证 9 人。",
    shortfall="还差 1 名。",
    inferred=False,
    clause="第一年不低于二分之一。",
    formula="2 × 9 < 20",
    rows=[{"label": "在岗", "value": "20"}],
    pack="guangzhou-2023",
)


class Roster(forms.Form):
    name = forms.CharField(label="姓名", help_text="与身份证一致")
    note = forms.CharField(label="备注", required=False)
    kind = forms.ChoiceField(
        label="岗位", choices=[("a", "事务性"), ("b", "服务性")], widget=forms.RadioSelect
    )
    token = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        raise forms.ValidationError("整张表单有误。")


def component(name, context):
    return render_to_string(f"_components/{name}.html", context)


def text(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html)).strip()


def job(**changes):
    values = {"status": "running", "name": "生成报告", "done": 1200, "total": 3000, "error": ""}
    return SimpleNamespace(**{**values, **changes})


@pytest.mark.parametrize("status", STATUSES)
def test_a_status_is_a_word_with_an_icon(status):
    html = engines["django"].from_string("{% load look %}{% status_word s %}").render({"s": status})

    assert text(html) == str(STATUSES[status].word)
    assert f"#{STATUSES[status].icon}" in html


def test_a_status_may_bring_its_own_word():
    page = engines["django"].from_string("{% load look %}{% status_word 'not_met' '未达标' %}")

    assert text(page.render()) == "未达标"


def test_a_tile_shows_the_fraction_before_its_share():
    html = component(
        "number_tile",
        {
            "label": "持证比例",
            "part": 1001,
            "whole": 2003,
            "status": "not_met",
            "detail": "差 1 人",
            "url": "/x/",
        },
    )

    assert text(html) == "持证比例 1,001/2,003 49.9% 不符合 差 1 人 ›"
    assert 'href="/x/"' in html


def test_a_tile_of_nobody_shows_no_share():
    html = component(
        "number_tile", {"label": "持证比例", "part": 0, "whole": 0, "status": "no_data"}
    )

    assert text(html) == "持证比例 0/0 数据不足"


def test_a_tile_of_one_number_has_its_unit():
    assert (
        text(component("number_tile", {"label": "问题", "value": 17, "unit": "个"})) == "问题 17 个"
    )


def test_a_finding_opens_its_grounds():
    html = component("finding_line", {"finding": FINDING})

    for words in (
        "不符合",
        "CERT-01",
        "还差 1 名。",
        "第一年不低于二分之一。",
        "2 × 9 &lt; 20",
        "guangzhou-2023",
    ):
        assert words in html
    assert "推定" not in html


def test_an_inferred_finding_says_so():
    inferred = SimpleNamespace(**{**vars(FINDING), "inferred": True})

    assert "推定" in component("finding_line", {"finding": inferred})


def test_a_running_job_asks_again_and_speaks():
    html = component("job_progress", {"job": job(), "poll_url": "/jobs/1/", "cancel_url": "/c/"})

    assert 'hx-get="/jobs/1/"' in html
    assert '<progress value="1200" max="3000"' in html
    assert "已完成 1,200/3,000" in html
    assert "取消任务" in html


def test_a_finished_job_is_quiet_and_hands_over_its_result():
    context = {"job": job(status="done"), "result_url": "/r/", "result_label": "下载报告"}
    html = component("job_progress", context)

    assert "hx-get" not in html
    assert "<progress" not in html
    assert 'href="/r/"' in html
    assert "1,200/3,000" not in html  # the last figures of a job may never have been written


def test_a_failed_job_says_why_and_can_be_tried_again():
    html = component(
        "job_progress", {"job": job(status="failed", error="数据已变。"), "retry_url": "/t/"}
    )

    assert "数据已变。" in html
    assert 'action="/t/"' in html


def test_a_ledger_head_names_units_and_order():
    columns = [
        {"label": "区划", "url": "?sort=-code", "sorted": "ascending"},
        {"label": "在岗", "unit": "人", "number": True},
    ]
    html = component("ledger_head", {"caption": "各区情况", "columns": columns})

    assert 'aria-sort="ascending"' in html
    assert text(html) == "各区情况 区划 在岗（人）"
    assert html.count('scope="col"') == 2


def test_pages_keep_the_rest_of_the_query():
    request = RequestFactory().get("/stations/?district=440105&page=2")
    page = Paginator(range(203), 50).page(2)

    html = render_to_string("_components/pagination.html", {"page": page}, request)

    assert "district=440105&amp;page=3" in html
    assert "第 2/5 页，共 203 行" in html


def test_one_page_needs_no_pages():
    assert text(component("pagination", {"page": Paginator(range(3), 50).page(1)})) == ""


def test_the_last_place_of_the_path_is_here():
    places = [{"name": "广州市", "url": "/a/"}, {"name": "海珠区", "url": "/b/"}]
    html = component("scope_path", {"places": places})

    assert '<a href="/b/" aria-current="page">海珠区' in html
    assert html.count("aria-current") == 1


def test_an_empty_place_offers_its_one_action():
    html = component(
        "empty_state", {"sentence": "还没有社工站。", "url": "/i/", "action": "导入台账"}
    )

    assert text(html) == "还没有社工站。 导入台账"


def test_a_form_lists_all_errors_and_ties_them_to_their_fields():
    html = str(Roster({"note": "x"}))

    assert "有 4 处需要更正" in html
    assert "整张表单有误。" in html
    assert '<a href="#id_name">姓名：' in html
    assert '<a href="#id_kind">岗位：' in html
    assert 'id="id_kind"' in html
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'aria-invalid="true"' in html
    assert html.count("field-error") == 2


def test_a_clean_form_has_no_summary_and_marks_what_is_optional():
    html = str(Roster())

    assert "error-summary" not in html
    assert html.count("（选填）") == 1


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("code", [400, 403, 404, 409, 500, 503])
def test_an_error_page_stands_without_request_or_database(code, language):
    with translation.override(language):
        html = render_to_string(f"{code}.html")

    assert f'<html lang="{language}">' in html
    assert re.search(r"<h1>[^<]+</h1>", html)
    assert 'href="/"' in html
