"""The form of one row, built from the columns of its ledger. What is wrong, the import says."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from jobs.desk.cells import head_of, label_of
from jobs.desk.listing import visible
from jobs.desk.suggestions import Suggestions, suggestions
from jobs.imports.faults import Fault
from jobs.imports.template import how_to_fill
from jobs.imports.written import as_text, written
from jobs.ledgers import Column, Kind, Ledger, translated
from jobs.workbook.cells.texts import YES
from tenancy.models import User
from tenancy.permissions import Permission
from tenancy.versions import VersionedForm

BOXES = 60
YES_NO = {"是": gettext_lazy("是"), "否": gettext_lazy("否")}
SELF_EVIDENT = (Kind.TEXT, Kind.CHOICE, Kind.YES_NO, Kind.DATE, Kind.AREAS)
NUMERIC = (Kind.MONEY, Kind.DECIMAL, Kind.SHARE)


class CellField(forms.CharField):
    """The text of a cell. Whether it may be empty is told by the import, like all else."""

    def validate(self, value: Any) -> None:
        """Nothing is refused here."""


class CodesField(CellField):
    """Several codes; chosen from a list, they come one by one."""

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        several = isinstance(self.widget, forms.CheckboxSelectMultiple)
        return value.split(";") if several else value.replace(";", "\n")

    def to_python(self, value: Any) -> str:
        codes = value if isinstance(value, list) else (value or "").split("\n")
        return ";".join(code.strip() for code in codes if code.strip())


class SuggestingInput(forms.TextInput):
    """A text with a list to choose from."""

    template_name = "ledgers/_suggesting_input.html"

    def __init__(self, offered: Suggestions, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.offered = offered

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        widget = context["widget"]
        widget["attrs"]["list"] = f"{widget['attrs'].get('id', name)}_list"
        return {**context, "offered": self.offered}


class RowForm(VersionedForm):
    """A new row, or a stored one whose key is fixed."""

    use_required_attribute = False

    def __init__(self, ledger: Ledger, user: User, row: Any = None, data: Any = None) -> None:
        self.ledger, self.user, self.row = ledger, user, row
        initial = {"version": row.version, **stored(ledger, row)} if row else {}
        super().__init__(data, initial=initial)
        if row is None:
            del self.fields["version"]
        for column in self._columns():
            self.fields[column.field] = self._field(column)

    def cells(self) -> dict[str, str]:
        """The texts by field; an identity number left empty stays what it is."""
        texts = {name: text for name, text in self.cleaned_data.items() if name != "version"}
        kept = [column.field for column in self._columns() if self._stays_if_empty(column)]
        return {name: text for name, text in texts.items() if text or name not in kept}

    def tell(self, faults: Iterable[Fault]) -> None:
        """Put each fault at its field, and above the form where it has none."""
        fields = {column.head: column.field for column in self.ledger.columns}
        for fault in faults:
            field = fields.get(fault.column, "")
            self.add_error(field if field in self.fields else None, fault.message + fault.remedy)

    def stored_now(self, row: Any) -> dict[str, Any]:
        """What stands in the form's fields by now."""
        return {
            name: text for name, text in stored(self.ledger, row).items() if name in self.fields
        }

    def _columns(self) -> list[Column]:
        """Without a stored row's key, and without what only holders of another verb may say."""
        left_out = set(self.ledger.key) if self.row else set()
        for field, reserved in self.ledger.reserved.items():
            if not self._holds(reserved.verb):
                left_out.add(field)
        return [column for column in self.ledger.columns if column.field not in left_out]

    def _holds(self, verb: Permission) -> bool:
        if self.row is None:
            return bool(self.user.paths_where(verb))
        return visible(self.ledger, self.user, verb).filter(pk=self.row.pk).exists()  # type: ignore[no-any-return]

    def _stays_if_empty(self, column: Column) -> bool:
        return self.row is not None and column.kind is Kind.IDENTITY

    def _field(self, column: Column) -> CellField:
        widget, hint = self._widget(column), self._hint(column)
        if self._stays_if_empty(column):
            hint += _("已登记的不显示；不改请留空。")
        if isinstance(widget, forms.CheckboxSelectMultiple):
            hint = ""
        kind = CodesField if column.kind is Kind.AREAS else CellField
        return kind(label=head_of(column), required=column.required, help_text=hint, widget=widget)

    def _hint(self, column: Column) -> str:
        """As in the workbook, less what the field itself says."""
        if column.kind in SELF_EVIDENT and not column.sheets:
            return "" if column.default is not None else translated(column.note)
        if column.kind is Kind.ORGANISATION:
            return _("机构全称，须已登记。")
        return how_to_fill(column)

    def _widget(self, column: Column) -> forms.Widget:
        if column.kind is Kind.CHOICE or column.kind is Kind.YES_NO:
            return forms.Select(choices=_words(column))
        if column.kind is Kind.DATE:
            return forms.DateInput(attrs={"type": "date"})
        if column.kind is Kind.AREAS:
            return self._areas(column)
        mode = "numeric" if column.kind is Kind.INTEGER else "decimal"
        if column.kind in NUMERIC or column.kind is Kind.INTEGER:
            return forms.TextInput(attrs={"inputmode": mode})
        offered = suggestions(self.ledger, column, self.user)
        attrs = {"autocomplete": "off"}
        return SuggestingInput(offered, attrs) if offered else forms.TextInput(attrs=attrs)

    def _areas(self, column: Column) -> forms.Widget:
        """Boxes for a street's communities; where there are more, codes are typed."""
        offered = dict(suggestions(self.ledger, column, self.user))
        if self.row:
            offered |= {area.code: area.name for area in getattr(self.row, column.field).all()}
        if not 0 < len(offered) <= BOXES:
            return forms.Textarea(attrs={"rows": 3})
        choices = [(code, f"{name} {code}") for code, name in sorted(offered.items())]
        return forms.CheckboxSelectMultiple(choices=choices)


def _words(column: Column) -> list[tuple[str, str]]:
    """The words of the workbook as they are called in the language of the page."""
    if column.kind is Kind.YES_NO:
        words = [(word, str(YES_NO[word])) for word in YES]
    else:
        words = [(word, label_of(column, value)) for word, value in column.choices.items()]
    return words if column.default is not None else [("", "—"), *words]


def stored(ledger: Ledger, row: Any) -> dict[str, Any]:
    """The texts of a row's fields, without its key and without identity numbers."""
    columns = [column for column in ledger.columns if column.field not in ledger.key]
    return {
        column.field: as_text(written(ledger, column, row))
        for column in columns
        if column.kind is not Kind.IDENTITY
    }
