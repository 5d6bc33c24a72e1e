"""The forms that change a parameter, end the change, and attest an opening figure."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from compliance.actions import openings, overrides
from compliance.packs import Pack
from compliance.refused_entries import in_words
from compliance.standards import changeable_at
from procurement.models import Project
from tenancy.documents import DocumentField
from tenancy.forms.fields import DayField
from tenancy.models import Area
from tenancy.periods import project_year_period

TEXT = 200
# Where a refusal is shown that is not about which parameter, or which year, it is.
FIELDS = {
    overrides.UnreadableValue: "value",
    overrides.WrongDirection: "value",
    overrides.EndsBeforeItBegins: "valid_to",
    overrides.AlreadyOverridden: "valid_from",
    overrides.OutsideItsTerm: "last_day",
    openings.ImpossibleFigure: "certified",
}


class OverrideForm(forms.Form):
    """Another value for a parameter, at an area that is chosen already."""

    parameter = forms.ChoiceField(label=_("参数"))
    value = forms.CharField(
        label=_("新的值"),
        max_length=TEXT,
        help_text=_("比例写成 3/5，天数和金额只写数字，是或否写 true 或 false。"),
    )
    valid_from = DayField(label=_("施行日期"), initial=timezone.localdate)
    valid_to = DayField(
        label=_("最后有效日"), required=False, help_text=_("不填表示直到另行调整。")
    )
    instrument = forms.CharField(
        label=_("依据文件"), max_length=TEXT, help_text=_("文件名称和文号，核验结果会引用它。")
    )
    document = DocumentField(label=_("文件原件"))

    def __init__(self, area: Area, pack: Pack, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["parameter"].choices = changeable_at(area, pack)  # type: ignore[attr-defined]

    def stated(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        rule, parameter = data.pop("parameter").split()
        return {"rule": rule, "parameter": parameter, **data}

    def refuse(self, refusal: Exception) -> None:
        """Show at its field why the action refused."""
        self.add_error(FIELDS.get(type(refusal), "parameter"), in_words(refusal))


class EndForm(forms.Form):
    """The last day on which an override holds."""

    last_day = DayField(label=_("最后有效日"), initial=timezone.localdate)

    def refuse(self, refusal: Exception) -> None:
        self.add_error("last_day", in_words(refusal))


class OpeningForm(forms.Form):
    """A certified share as it was on the last day of a project year."""

    year = forms.TypedChoiceField(
        label=_("项目年度"), coerce=int, help_text=_("填写该年度最后一天的人数。")
    )
    workers = forms.IntegerField(label=_("在岗社工人数"), min_value=1, max_value=10_000)
    certified = forms.IntegerField(label=_("其中持证人数"), min_value=0, max_value=10_000)
    document = DocumentField(label=_("证明文件"))

    def __init__(self, project: Project, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [*_years_over(project)]  # type: ignore[attr-defined]

    def refuse(self, refusal: Exception) -> None:
        """Show at its field why the action refused."""
        self.add_error(FIELDS.get(type(refusal), "year"), in_words(refusal))


def _years_over(project: Project) -> Iterator[tuple[int, str]]:
    """The years that have ended and that another year of the project follows."""
    for year in range(1, project.years):
        last = project_year_period(project.starts_on, year).last
        if last < timezone.localdate():
            yield year, _now("第 %(year)s 年（到 %(day)s）") % {"year": year, "day": last}
