"""The acts of a list as a workbook."""

from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from dashboard.acts.form import ActFilter
from dashboard.acts.lines import Line
from dashboard.acts.listing import Wanted
from dashboard.acts.words import WHOLES, verb_words
from jobs.desk.cells import Cell
from jobs.desk.workbook import as_workbook
from tenancy import formats
from tenancy.models import User

COLUMNS: tuple[tuple[Any, Callable[[Line], str | int]], ...] = (
    (gettext_lazy("序号"), lambda line: line.event.seq),
    (gettext_lazy("时间"), lambda line: line.at),
    (gettext_lazy("账号"), lambda line: line.event.actor.username),
    (gettext_lazy("行为人"), lambda line: line.who),
    (gettext_lazy("行为"), lambda line: line.verb),
    (gettext_lazy("对象类别"), lambda line: line.thing),
    (gettext_lazy("对象编码"), lambda line: line.code),
    (gettext_lazy("区划"), lambda line: line.place),
    (gettext_lazy("内容"), lambda line: line.summary),
    (gettext_lazy("来源地址"), lambda line: line.event.address),
)


def workbook(user: User, form: ActFilter, wanted: Wanted, lines: list[Line]) -> bytes:
    """A row an act, and on a second sheet what was asked for."""
    heads = [str(label) for label, _value in COLUMNS]
    about = _about(user, form, wanted, len(lines))
    return as_workbook(_("审计记录"), heads, map(_cells, lines), about)


def _cells(line: Line) -> list[Cell]:
    values = [(str(label), value(line)) for label, value in COLUMNS]
    return [Cell(label, str(value), plain=value or None) for label, value in values]


def _about(user: User, form: ActFilter, wanted: Wanted, count: int) -> Iterable[tuple[str, str]]:
    yield _("清单"), _("审计记录")
    for field in form:
        yield str(field.label), _said(form, field.name, wanted)
    yield _("行数"), formats.num(count)
    yield _("数据时间"), formats.dtime(timezone.localtime())
    yield _("导出人"), user.name


def _said(form: ActFilter, name: str, wanted: Wanted) -> str:
    """A filter as its form shows it."""
    value = form.cleaned_data[name]
    if name == "area":
        area = wanted.area
        return f"{area.name} {area.code}" if area else _("您负责的全部范围")
    if name == "kind":
        return wanted.thing.name if wanted.thing else formats.NO_DATA
    if name == "act":
        return str((WHOLES | verb_words()).get(value, formats.NO_DATA))
    return str(value or formats.NO_DATA)
