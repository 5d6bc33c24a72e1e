"""The page that shows every piece of the look in every state, with made-up numbers."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from types import SimpleNamespace

from django import forms
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from dashboard import standings
from dashboard.cartogram import Tile
from dashboard.days import Day
from dashboard.first_steps import Step
from dashboard.forms import DayForm
from dashboard.pictures import Picture
from tenancy import charts, formats
from tenancy.columns import Column
from tenancy.periods import twelve_months
from tenancy.templatetags.look import STATUSES
from tenancy.todos import Todo
from tenancy.versions import Difference

TODAY = date(2026, 11, 6)
BEFORE = date(2026, 10, 31)
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
    """Every component in every state."""
    return render(request, "dashboard/style.html", {**_pieces(), **_pieces_of_places(request)})


def _pieces() -> dict[str, object]:
    return {
        "notices": _notices(),
        "places": [{"name": name, "url": "#"} for name in ("广州市", "海珠区", "赤岗街")],
        "statuses": list(STATUSES),
        "columns": _columns(),
        "districts": DISTRICTS,
        "half": Fraction(1, 2),
        "findings": [_finding("not_met"), _finding("met"), _finding("no_data", inferred=True)],
        "jobs": [_job("running", 12), _job("done", 18), _job("failed", 7)],
        "form": SampleForm({"name": "", "heads": "0", "starts_on": "2024.2.30"}),
        "differences": [Difference(_("约定人数（名）"), "20", "22")],
        "page": _middle_page(),
    }


def _pieces_of_places(request: HttpRequest) -> dict[str, object]:
    """The pieces that pages of places and the workbench are made of."""
    todos = _todos()
    return {
        "area": SimpleNamespace(code="000000000000", level="district"),
        "choices": standings.choices(request, ["met", "met", "not_met", "no_data"], "not_met"),
        "days": _days(),
        "own": SimpleNamespace(on=BEFORE, data_time=datetime(2026, 11, 1, 2, 0, tzinfo=UTC)),
        "pack": SimpleNamespace(title="guangzhou-2023"),
        "steps": _steps(),
        "tiles": _tiles(),
        "pictures": [*_lines(), *_bars()],
        "today": TODAY,
        "todos": todos,
        "todos_total": len(todos),
    }


def _notices() -> list[Message]:
    return [
        Message(constants.SUCCESS, _("已保存。")),
        Message(constants.INFO, _("已排队。")),
        Message(constants.WARNING, _("已保存，有 1 处不符合规则。")),
        Message(constants.ERROR, _("没有保存：这一条已被删除。")),
    ]


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


def _todos() -> list[Todo]:
    return [
        Todo(_("待核验证书 3 份"), "#", BEFORE),
        Todo(_("待确认的导入 1 个"), "#", date(2026, 11, 20)),
        Todo(_("待签年度合同 2 份"), "#"),
    ]


def _steps() -> list[Step]:
    return [
        Step(_("载入行政区划"), _("已完成的一步。"), done=True),
        Step(
            _("导入台账"),
            _("现在要办的一步。"),
            done=False,
            action=_("导入台账"),
            url="#",
            is_next=True,
        ),
        Step(
            _("发起首次核验"),
            _("由系统管理员运行的一步。"),
            done=False,
            command="manage.py evaluate",
        ),
    ]


def _days() -> list[tuple[Day, DayForm]]:
    """Today, a past day, and one that cannot be."""
    asked = {"today": "", "past": BEFORE.isoformat(), "wrong": "2026-13"}
    return [
        (Day(BEFORE, is_past=name == "past"), DayForm({"on": on}, auto_id=f"{name}-%s"))
        for name, on in asked.items()
    ]


def _tiles() -> list[Tile | None]:
    """A tile of each answer, a gap, and a district that nobody has judged."""
    answers = ["met", "not_met", "", "no_data"]
    names = [name for _code, name, *_numbers in DISTRICTS]
    return [
        Tile(
            name=name,
            url="#",
            tone=STATUSES[one].tone,
            word=standings.word_of(one),
            problems=None if one == "no_data" else 12,
        )
        if one
        else None
        for name, one in zip(names, answers, strict=True)
    ]


def _lines() -> list[Picture]:
    """With limits, without and with a gap, of one step, and of nothing."""
    grown = [Fraction(40 + 2 * step, 100) for step in range(12)]
    floors = [
        charts.Limit(Fraction(1, 2), _("第一年") + " 1/2"),
        charts.Limit(Fraction(2, 3), _("第三年起") + " 2/3"),
    ]
    nothing: list[Fraction | None] = [None] * 12
    return [
        _line(_("折线：有下限"), grown, floors),
        _line(_("折线：没有下限，缺两个月"), [*grown[:6], None, None, *grown[8:]]),
        _line(_("折线：只有一个月"), [*nothing[1:], Fraction(9, 20)]),
        _line(_("折线：没有数据"), nothing),
    ]


def _line(
    title: str, shares: Sequence[Fraction | None], limits: Sequence[charts.Limit] = ()
) -> Picture:
    months = [f"{month:%Y-%m}" for month in twelve_months(TODAY)]
    known = zip(months, shares, strict=True)
    rows = [(month, formats.pct(share)) for month, share in known if share is not None]
    svg = charts.share_line(shares, limits, (months[0], months[-1]), title)
    return Picture(title, _note(rows), svg, (_("核验日"), _("比例")), rows)


def _bars() -> list[Picture]:
    """Of several places, of one, and of none."""
    found = [
        charts.Bar(name, Fraction(present), agreed, f"{present}/{agreed}")
        for _code, name, _stations, present, agreed, _certified in DISTRICTS
    ]
    return [
        _bar_chart(_("条形：几个区划"), found),
        _bar_chart(_("条形：一个区划"), found[:1]),
        _bar_chart(_("条形：没有数据"), []),
    ]


def _bar_chart(title: str, found: Sequence[charts.Bar]) -> Picture:
    rows = [(bar.name, bar.words) for bar in found]
    heads = (_("区划"), _("在岗/约定（人）"))
    return Picture(title, _note(rows), charts.bars(found, _("约定"), title), heads, rows)


def _note(rows: Sequence[object]) -> str:
    if not rows:
        return _("没有数据的图，页面上略去不画。")
    return _("虚线是下限或约定的人数。")
