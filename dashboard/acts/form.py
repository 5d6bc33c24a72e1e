"""What narrows the audit."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.acts.listing import Wanted
from dashboard.acts.things import meant, thing_named, things
from dashboard.acts.words import choices
from tenancy.forms.fields import DayField
from tenancy.models import Area, User

MOST_YEAR = 9998  # the day after the last one must be a day too


class ActFilter(forms.Form):
    """Who, what, to what, where, when; each alone or together."""

    who = forms.CharField(label=_("行为人"), required=False, max_length=60)
    act = forms.ChoiceField(label=_("行为"), required=False, choices=choices)
    kind = forms.ChoiceField(label=_("对象类别"), required=False)
    code = forms.CharField(label=_("对象编码"), required=False, max_length=60)
    area = forms.CharField(label=_("区划代码"), required=False, max_length=40)
    since = DayField(label=_("开始日期"), required=False)
    until = DayField(label=_("结束日期"), required=False)

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.keys: list[int] | None = None
        kinds = [(thing.slug, thing.name) for thing in things()]
        self.fields["kind"].choices = [("", _("全部对象")), *kinds]  # type: ignore[attr-defined]
        self.fields["who"].widget.attrs["placeholder"] = _("账号或姓名")
        self.fields["code"].widget.attrs["placeholder"] = _("编码或 #编号")

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self._refuse_days(given)
        if given.get("code") and "kind" in given:
            self._find(given["kind"], given["code"])
        return given

    def _refuse_days(self, given: dict[str, Any]) -> None:
        since, until = given.get("since"), given.get("until")
        if since and until and until < since:
            self.add_error("until", _("结束日期不能早于开始日期。"))
        if until and until.year > MOST_YEAR:
            self.add_error("until", _("请填写 9998 年以前的日期。"))

    def _find(self, kind: str, code: str) -> None:
        thing = thing_named(kind)
        if thing is None:
            self.add_error("kind", _("按编码查找时，请选择对象类别。"))
            return
        self.keys = meant(self.user, thing, code)
        if not self.keys:
            self.add_error("code", _("您负责的范围内没有这个编码。请核对编码与对象类别。"))

    def wanted(self, area: Area | None) -> Wanted:
        """What a valid form asks for."""
        given = self.cleaned_data
        return Wanted(
            who=given["who"],
            act=given["act"],
            thing=thing_named(given["kind"]),
            keys=self.keys,
            area=area,
            since=given["since"],
            until=given["until"],
        )
