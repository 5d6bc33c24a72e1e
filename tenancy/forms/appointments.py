from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tenancy.actions.appointments import InThePast, Office, Refused, appointable_roles
from tenancy.forms.fields import DayField, UserNameField
from tenancy.models import Area, Organisation, User
from tenancy.models.user import USERNAME
from tenancy.permissions import Permission, Role

NEW, EXISTING = "new", "existing"
CURRENT, ENDED = "current", "ended"


class AppointmentFilter(forms.Form):
    """What narrows the list; an unreadable value narrows nothing."""

    area = forms.CharField(label=_("区划代码"), required=False, max_length=40)
    role = forms.ChoiceField(label=_("角色"), required=False)
    state = forms.ChoiceField(
        label=_("状态"),
        choices=[(CURRENT, _("在任与未开始")), (ENDED, _("已结束"))],
        required=False,
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        labels = [(role.value, user.tenant.role_label(role)) for role in Role]  # type: ignore[union-attr]
        self.fields["role"].choices = [("", _("全部角色")), *labels]  # type: ignore[attr-defined]


class AppointmentForm(forms.Form):
    """Who is put into which office, at an area that is chosen already."""

    person = forms.ChoiceField(
        label=_("人员"),
        choices=[(NEW, _("新建账号")), (EXISTING, _("已有账号"))],
        widget=forms.RadioSelect,
        initial=NEW,
    )
    username = UserNameField(help_text=_("小写字母、数字和 . _ - @；已有账号请填完整账号。"))
    name = forms.CharField(
        label=_("姓名"), max_length=60, required=False, help_text=_("新建账号时填写。")
    )
    role = forms.ChoiceField(label=_("角色"))
    organisation: Any = forms.ModelChoiceField(
        label=_("所属机构"), queryset=None, required=False, empty_label=_("不填")
    )
    starts_on = DayField(label=_("开始日期"), initial=timezone.localdate)
    ends_on = DayField(label=_("结束日期"), required=False, help_text=_("不填表示长期。"))

    def __init__(self, by: User, area: Area, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by, self.area = by, area
        self.existing: User | None = None
        self.fields["role"].choices = [  # type: ignore[attr-defined]
            (role.value, by.tenant.role_label(role, area.level))  # type: ignore[union-attr]
            for role in appointable_roles(by, area)
        ]
        organisations = Organisation.objects.visible_to(by).order_by("name")
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("username") and data.get("person") == NEW:
            self._check_new(data["username"], data.get("name", ""))
        elif data.get("username"):
            self._find(data["username"])
        return data

    def _check_new(self, username: str, name: str) -> None:
        if not name:
            self.add_error("name", _("新建账号要填姓名。"))
        try:
            USERNAME(username)
        except forms.ValidationError as error:
            self.add_error("username", error)

    def _find(self, username: str) -> None:
        """Told alike whether the name is unknown or somebody's elsewhere."""
        reach = User.objects.visible_to(self.by, Permission.APPOINT)
        self.existing = reach.filter(username=username, ended_at=None).first()
        if self.existing is None:
            message = _("你负责的区划内没有这个在用账号。请核对账号，或改为新建账号。")
            self.add_error("username", message)

    def refuse(self, refusal: Refused) -> None:
        """Show why the action refused, where there is a field at that field."""
        self.add_error("starts_on" if isinstance(refusal, InThePast) else None, str(refusal))

    def office(self) -> Office:
        """What the form asks for."""
        data = self.cleaned_data
        return Office(
            role=Role(data["role"]),
            area=self.area,
            starts_on=data["starts_on"],
            ends_on=data["ends_on"],
            organisation=data["organisation"],
        )
