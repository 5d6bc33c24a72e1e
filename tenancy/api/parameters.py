"""What an address of the API may be asked; whatever else it is asked is refused."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tenancy.areas.lookup import area_or_404
from tenancy.models import Area, User
from tenancy.permissions import Permission
from tenancy.problems import Fault, Unreadable

DEFAULT_ROWS, MOST_ROWS = 50, 200
GREATEST_KEY = 2**63 - 1
PAGING = ("limit", "cursor")
EMPTY = (None, "")


class Text(forms.CharField):
    def __init__(self, label: Any, *, max_length: int = 100) -> None:
        super().__init__(label=label, required=False, max_length=max_length)


class Day(forms.DateField):
    """Written as ISO 8601 only: programs have no habits."""

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, required=False, input_formats=["%Y-%m-%d"])


class Number(forms.IntegerField):
    def __init__(self, label: Any, *, most: int = GREATEST_KEY) -> None:
        super().__init__(label=label, required=False, min_value=1, max_value=most)


class Choice(forms.ChoiceField):
    def __init__(self, label: Any, choices: Any) -> None:
        super().__init__(label=label, required=False, choices=choices)


class Parameters(forms.Form):
    """None at all: what one row is asked with."""

    def __init__(self, user: User, verb: Permission, given: QueryDict) -> None:
        super().__init__(given)
        self.user, self.verb = user, verb

    @classmethod
    def read(cls, user: User, verb: Permission, given: QueryDict) -> Mapping[str, Any]:
        """The values given; raises `Unreadable` with everything that is wrong."""
        form = cls(user, verb, given)
        faults = [*form.strange(given), *form.malformed()]
        if faults:
            raise Unreadable(faults)
        return form.values()

    def values(self) -> dict[str, Any]:
        """What was given, the empty left out."""
        return {name: value for name, value in self.cleaned_data.items() if value not in EMPTY}

    @classmethod
    def known(cls) -> dict[str, forms.Field]:
        """The parameters by name, the paging last."""
        fields: dict[str, forms.Field] = cls.base_fields
        return {name: fields[name] for name in sorted(fields, key=PAGING.__contains__)}

    def strange(self, given: QueryDict) -> list[Fault]:
        """Parameters that are not known here, or come more than once."""
        found = [Fault(name, self._unknown(name)) for name in given if name not in self.fields]
        often = [name for name in self.fields if len(given.getlist(name)) > 1]
        return found + [Fault(name, _("参数“%s”只能给一次。") % name) for name in often]

    def _unknown(self, name: str) -> str:
        if not self.fields:
            return _("不认识参数“%s”。此地址不带参数。") % name
        words = {"name": name, "known": "、".join(self.known())}
        return _("不认识参数“%(name)s”。可用的参数：%(known)s。") % words

    def malformed(self) -> list[Fault]:
        """Values that cannot be read."""
        return [
            Fault(name, _("参数“%(name)s”：%(reason)s") % {"name": name, "reason": reason})
            for name, reasons in self.errors.items()
            for reason in reasons
        ]


class Page(Parameters):
    """A list in pages."""

    # How a value narrows the rows: lookups by parameter.
    lookups: ClassVar[Mapping[str, str]] = {}

    limit = Number(gettext_lazy("每页行数，默认 50"), most=MOST_ROWS)
    cursor = Text(gettext_lazy("页的位置，照抄 next 或 previous 中的值"), max_length=200)


class AtPlace(Page):
    """A list that is narrowed by place; what lies outside one's areas is not found."""

    area = Text(gettext_lazy("区划代码，含其下所有区划"), max_length=40)
    station = Text(gettext_lazy("社工站编码"), max_length=40)

    def values(self) -> dict[str, Any]:
        """With the areas that the codes mean, the station's own node for a station."""
        given = super().values()
        levels = {"area": "", "station": Area.Level.STATION}
        meant = {
            name: area_or_404(self.user, given[name], level, self.verb)
            for name, level in levels.items()
            if name in given
        }
        return given | meant


def places(wanted: Mapping[str, Any]) -> list[Area]:
    """The places that a list is asked for, the wider first."""
    return [wanted[name] for name in ("area", "station") if name in wanted]
