from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.actions import areas
from tenancy.areas.lookup import find_area
from tenancy.forms.fields import DayField
from tenancy.models import Area, User
from tenancy.models.area import CODE
from tenancy.permissions import Permission
from tenancy.versions import VersionedForm


class AliasesField(forms.CharField):
    """Other names, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        lines = [line.strip() for line in super().clean(value).splitlines()]
        aliases = list(dict.fromkeys(filter(None, lines)))
        if any(len(alias) > 100 for alias in aliases):
            raise forms.ValidationError(_("每个别名不超过 100 字，请改短。"))
        return aliases


class AreaForm(VersionedForm):
    """What may be corrected of an area without replacing it."""

    name = forms.CharField(label=_("名称"), max_length=100)
    aliases = AliasesField(
        label=_("别名"), required=False, max_length=2000, help_text=_("每行一个，导入和搜索都认。")
    )
    counts_for_coverage = forms.BooleanField(label=_("计入覆盖"), required=False)

    def __init__(self, area: Area, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"version": area.version, **stored(area)}
        super().__init__(*args, **kwargs)
        if area.level != Area.Level.STREET:
            del self.fields["counts_for_coverage"]

    def changes(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}


def stored(area: Area) -> dict[str, Any]:
    """The values of an area that its form shows."""
    values: dict[str, Any] = {"name": area.name, "aliases": area.aliases}
    if area.level == Area.Level.STREET:
        values["counts_for_coverage"] = area.counts_for_coverage
    return values


class SuccessionForm(forms.Form):
    """The day of a change of the tree, and the other area that it involves."""

    on = DayField(
        label=_("生效日期"),
        initial=timezone.localdate,
        help_text=_("新区划的第一天；原区划到前一天为止。"),
    )
    place = forms.CharField(label=_("另一区划的代码"), max_length=40)

    def __init__(self, by: User, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.area = by, area

    def clean_place(self) -> Area:
        """Told alike whether the code is unknown, elsewhere, or beyond the person's verbs."""
        area = find_area(self.by, self.cleaned_data["place"], self.level_of_place())
        paths = self.by.paths_where(Permission.CHANGE_AREA)
        if area is None or not any(area.path.startswith(path) for path in paths):
            raise forms.ValidationError(_("你可以维护的范围内没有这个代码，请核对。"))
        return area

    def level_of_place(self) -> str:
        """The level on which the code is looked up; any, the highest first."""
        return ""


class ReplaceForm(SuccessionForm):
    """Another name, code or parent from a day on."""

    name = forms.CharField(label=_("新名称"), max_length=100)
    code = forms.CharField(label=_("新代码"), validators=[CODE], max_length=12)
    field_order = ("on", "name", "code", "place")

    def __init__(self, by: User, area: Area, *args: Any, **kwargs: Any) -> None:
        parent = area.parent.code if area.parent else ""
        kwargs["initial"] = {"name": area.name, "code": area.code, "place": parent}
        super().__init__(by, area, *args, **kwargs)
        self.fields["place"].label = _("上级区划代码")

    def save(self) -> Area:
        """Raises a kind of `Refused`."""
        data = self.cleaned_data
        renewal = areas.Renewal(data["name"], data["code"], data["place"])
        return areas.replace_area(area=self.area, renewal=renewal, on=data["on"], by=self.by)


class MergeForm(SuccessionForm):
    """The area into which another goes from a day on."""

    def __init__(self, by: User, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(by, area, *args, **kwargs)
        self.fields["place"].label = _("并入区划的代码")

    def save(self) -> Area:
        """Raises a kind of `Refused`."""
        data = self.cleaned_data
        return areas.merge_area(area=self.area, into=data["place"], on=data["on"], by=self.by)

    def level_of_place(self) -> str:
        return self.area.level
