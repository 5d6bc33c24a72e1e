"""A notice as its two files: the paper (PDF) and a document to edit (DOCX)."""

from django.template.loader import render_to_string
from django.utils import translation

from compliance.models import Notice
from compliance.notices.contents import contents_of
from compliance.notices.document import document_of
from compliance.reports.printing import LANGUAGE, File, set_pages


def printed_notice(notice: Notice) -> File:
    """The notice as PDF: the same bytes each time."""
    with translation.override(LANGUAGE):
        html = render_to_string("compliance/notice.html", {"contents": contents_of(notice)})
    return File(set_pages(html))


def documented(notice: Notice) -> File:
    """The notice as DOCX: the same bytes each time."""
    with translation.override(LANGUAGE):
        return File(document_of(contents_of(notice)))
