"""Edits carry the version that the person saw; a stale one is shown beside what stands now."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import F, Model
from django.utils.translation import gettext as _


class Stale(Exception):
    """Somebody else has saved the row since it was read."""


def save(row: Model, *, seen: int, changes: Mapping[str, object]) -> None:
    """Write the changes unless the row's version has moved on; raises `Stale`."""
    seen_row = type(row)._default_manager.filter(pk=row.pk, version=seen)
    if not seen_row.update(**changes, version=F("version") + 1):
        raise Stale


class VersionedForm(forms.Form):
    """A form of a row with `version`; the page gives it back as it was read."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def take_up(self, version: int) -> None:
        """Sent again, the form overwrites the version that its reader has now seen."""
        self.data = self.data.copy()  # type: ignore[attr-defined]
        self.data[self.add_prefix("version")] = str(version)  # type: ignore[index]


@dataclass(frozen=True)
class Difference:
    """One field: what the person wants to write, and what somebody else has written."""

    label: str
    yours: str
    stored: str


def differences(form: forms.Form, stored: Mapping[str, object]) -> list[Difference]:
    """The fields in which a valid form differs from the stored values."""
    return [
        Difference(str(form[name].label), _shown(form, name, yours), _shown(form, name, value))
        for name, value in stored.items()
        if (yours := form.cleaned_data[name]) != value
    ]


def _shown(form: forms.Form, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if isinstance(value, list):
        return "、".join(map(str, value)) or "—"
    choices = dict(getattr(form.fields[name], "choices", None) or ())
    return str(choices.get(value, value) or "—")
