"""The form that takes a workbook."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from jobs.imports.refusals import refusal
from jobs.workbook.guard import check_content
from jobs.workbook.refusal import Refused


class UploadForm(forms.Form):
    """A workbook; what is none is told before anything reads it."""

    plain = False
    file = forms.FileField(
        label=_("工作簿"),
        help_text=_("Excel 或 WPS 的 .xlsx、.xls 文件，不超过 10 MB。"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls"}),
        error_messages={"required": _("请选择一个文件。"), "empty": _("文件是空的。")},
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            check_content(file, file.size, plain=self.plain)
        except Refused as refused:
            fault = refusal(refused.reason)
            raise ValidationError(fault.message + fault.remedy) from refused
        file.seek(0)
        return file
