"""Papers that people hand in: told by their first bytes, given out as downloads."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile

from tenancy.documents import MOST_BYTES, DocumentField

PDF, PNG, JPEG = b"%PDF-1.7\n", b"\x89PNG\r\n\x1a\n....", b"\xff\xd8\xff\xe0...."


@pytest.mark.parametrize(
    ("content", "name"), [(PDF, "document.pdf"), (PNG, "document.png"), (JPEG, "document.jpg")]
)
def test_what_it_is_the_first_bytes_tell(content, name):
    cleaned = DocumentField().clean(SimpleUploadedFile("../../x.exe", content))

    assert cleaned.name == name
    assert cleaned.read() == content


@pytest.mark.parametrize("content", [b"<html>%PDF-", b"MZ", b"PK\x03\x04", b"%PD"])
def test_anything_else_is_refused(content):
    with pytest.raises(ValidationError, match="PDF"):
        DocumentField().clean(SimpleUploadedFile("x.pdf", content))


def test_the_largest_is_taken_and_one_byte_more_is_not():
    largest = SimpleUploadedFile("x.pdf", PDF.ljust(MOST_BYTES, b"."))
    DocumentField().clean(largest)

    with pytest.raises(ValidationError, match="10 MB"):
        DocumentField().clean(SimpleUploadedFile("x.pdf", PDF.ljust(MOST_BYTES + 1, b".")))


def test_an_empty_file_is_refused():
    with pytest.raises(ValidationError):
        DocumentField().clean(SimpleUploadedFile("x.pdf", b""))
