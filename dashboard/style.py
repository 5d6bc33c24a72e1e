"""The page that shows every piece of the look in every state, with made-up numbers."""

from fractions import Fraction
from types import SimpleNamespace

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from tenancy.columns import Column
from tenancy.templatetags.look import STATUSES

DISTRICTS = [
    ("440103", "荔湾区", 22, 402, 410, 238),
    ("440104", "越秀区", 18, 331, 331, 220),
    ("440105", "海珠区", 18, 352, 360, 176),
    ("440106", "天河区", 21, 0, 0, 0),
]


class SampleForm(forms.Form):
    """One field of each kind."""

    name = forms.CharField(label=gettext_lazy("社工站名称"), help_text=gettext_lazy("与牌匾一致"))
    kind = forms.ChoiceField(
        label=gettext_lazy("岗位类别"),
        choices=[("admin", gettext_lazy("事务性")), ("service", gettext_lazy("服务性"))],
        widget=forms.RadioSelect,
    )
    heads = forms.IntegerField(label=gettext_lazy("约定人数（名）"), min_value=1)
    starts_on = forms.DateField(
        label=gettext_lazy("项目开始日期"), help_text=gettext_lazy("如 2026-10-05 或 2026年10月5日")
    )
    note = forms.CharField(label=gettext_lazy("备注"), widget=forms.Textarea, required=False)


@require_safe
def style_page(request: HttpRequest) -> HttpResponse:
    """Every component once in every state; the browser tests walk it."""
    return render(request, "dashboard/style.html", _pieces())


def _pieces() -> dict[str, object]:
    return {
        "places": [{"name": name, "url": "#"} for name in ("广州市", "海珠区", "赤岗街")],
        "statuses": list(STATUSES),
        "columns": _columns(),
        "districts": DISTRICTS,
        "half": Fraction(1, 2),
        "findings": [_finding("not_met"), _finding("met"), _finding("no_data", inferred=True)],
        "jobs": [_job("running", 12), _job("done", 18), _job("failed", 7)],
        "form": SampleForm({"name": "", "heads": "0", "starts_on": "2024.2.30"}),
        "page": _middle_page(),
    }


def _columns() -> list[Column]:
    return [
        Column(_("区划"), url="?sort=-code", sorted="ascending"),
        Column(_("代码"), wide=True),
        Column(_("社工站"), unit=_("个"), number=True),
        Column(_("在岗/约定"), unit=_("人"), number=True),
        Column(_("持证比例"), number=True),
        Column(_("核验结果")),
        Column(_("操作"), number=True),
    ]


def _finding(status: str, *, inferred: bool = False) -> SimpleNamespace:
    return SimpleNamespace(
        status=status,
        rule="CERT-01",
        title=_("持证社工比例达到年度下限"),
        sentence=_("在岗 20 人，持证 9 人，占 45.0%；第 1 年应不低于二分之一。"),
        shortfall=_("还差 1 名持证社工。") if status == "not_met" else "",
        inferred=inferred,
        clause=_("项目第一年，持证人员不低于二分之一。"),
        formula="2 × 9 = 18 < 20",
        rows=[{"label": _("在岗"), "value": "20"}, {"label": _("持证"), "value": "9"}],
        pack="guangzhou-2023",
    )


def _job(status: str, done: int) -> SimpleNamespace:
    error = _("第 8 个社工站的数据在生成时被改动，请重试。") if status == "failed" else ""
    return SimpleNamespace(status=status, name=_("生成合规报告"), done=done, total=18, error=error)


def _middle_page() -> Page[int]:
    return Paginator(range(203), 50).page(2)
