"""Papers that people hand in with what they enter: what they may be, and how they are given out."""

from typing import Any, NamedTuple

from django import forms
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _

from tenancy.http import attachment

MOST_BYTES = 10 * 2**20


class Kind(NamedTuple):
    """How a kind of file begins, ends in its name, and is called on the wire."""

    magic: bytes
    suffix: str
    content_type: str


KINDS = (
    Kind(b"%PDF-", ".pdf", "application/pdf"),
    Kind(b"\x89PNG\r\n\x1a\n", ".png", "image/png"),
    Kind(b"\xff\xd8\xff", ".jpg", "image/jpeg"),
)


class DocumentField(forms.FileField):
    """A scanned paper. What it is, its first bytes tell; its name is not believed."""

    default_error_messages = {
        "too_big": _("文件超过 10 MB。请压缩或只上传有关的页。"),
        "unknown": _("只接受 PDF、PNG、JPG 文件，这个文件不是。请另存为 PDF 后再上传。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("PDF、PNG 或 JPG，不超过 10 MB。"))
        super().__init__(**kwargs)
        self.widget.attrs["accept"] = ",".join(kind.suffix for kind in KINDS)

    def clean(self, data: Any, initial: Any = None) -> Any:
        document = super().clean(data, initial)
        if document.size > MOST_BYTES:
            raise forms.ValidationError(self.error_messages["too_big"], "too_big")
        kind = _kind_of(document)
        if kind is None:
            raise forms.ValidationError(self.error_messages["unknown"], "unknown")
        document.name = f"document{kind.suffix}"
        return document


def _kind_of(document: "File[bytes]") -> Kind | None:
    document.seek(0)
    head = document.read(max(len(kind.magic) for kind in KINDS))
    document.seek(0)
    return next((kind for kind in KINDS if head.startswith(kind.magic)), None)


def stored(document: FieldFile) -> bytes:
    """The content; 404 where there is no file or it is lost."""
    if not document:
        raise Http404
    try:
        with document.open("rb") as file:
            content: bytes = file.read()
    except FileNotFoundError as lost:
        raise Http404 from lost
    return content


def handed_out(document: FieldFile, name: str) -> HttpResponse:
    """The stored paper as a download that no browser runs."""
    content = stored(document)
    kind = next(one for one in KINDS if content.startswith(one.magic))
    return attachment(content, f"{name}{kind.suffix}", kind.content_type)
