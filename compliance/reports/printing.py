"""From a report's contents to its files. Nothing but our own fonts is ever fetched."""

import atexit
import gc
import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

from celery.signals import worker_process_shutdown
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from compliance.models import Report
from compliance.reports.contents import Contents, contents_of
from compliance.reports.memory import limited_memory
from compliance.reports.workbook import workbook_of
from jobs import collector

LANGUAGE = "zh-hans"  # official paper is Chinese, whatever language its reader's pages have
FONTS = settings.BASE_DIR / "compliance" / "fonts"
CONVERTED = settings.VAR_DIR / "fonts"


class PrintingUnavailable(Exception):
    """A system library that sets the pages is missing."""


class TooBig(Exception):
    """Setting the pages needs more memory than a report may take."""


@dataclass(frozen=True)
class File:
    """One form of a report as it is archived."""

    content: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.content).hexdigest()


class Files(NamedTuple):
    """Both forms of a report."""

    pdf: File
    workbook: File


def files_of(report: Report) -> Files:
    """The report as PDF, and as a workbook with every row: the same bytes each time."""
    with translation.override(LANGUAGE):
        contents = contents_of(report, complete=True)
        workbook, html = workbook_of(contents), html_of(contents.on_paper())
    return Files(File(set_pages(html)), File(workbook))


def html_of(contents: Contents) -> str:
    """The document that the pages are set from."""
    return render_to_string("compliance/report.html", {"contents": contents})


def set_pages(html: str) -> bytes:
    """The document as tagged PDF."""
    try:
        import weasyprint
    except OSError as error:
        raise PrintingUnavailable(_missing(error)) from error
    try:
        with limited_memory(), collector.at_rest():
            content = _set(weasyprint, html)
        gc.collect(0)  # the pages, which hold cycles
        return content
    except MemoryError as error:
        raise TooBig(_("报告过大，超出内存上限。请缩小范围后重试。")) from error


def _missing(error: OSError) -> str:
    named = re.search(r"'([^']+)'", str(error))
    library = named[1] if named else str(error)
    return _("缺少生成 PDF 的系统库 %(library)s。") % {"library": library} + _(
        "请系统管理员运行 bin/system-libraries，然后重试。"
    )


def _set(weasyprint: Any, html: str) -> bytes:
    means = _means()
    document = weasyprint.HTML(string=html, url_fetcher=means.fetcher, base_url="asset:")
    content: bytes = document.write_pdf(
        stylesheets=means.sheets, font_config=means.fonts, pdf_variant="pdf/ua-1"
    )
    return content


@dataclass(frozen=True)
class _Means:
    """What every document is set with."""

    fetcher: Any
    fonts: Any
    sheets: list[Any]


@cache
def _means() -> _Means:
    """Read once a process: a tenth of the time of a small report."""
    from weasyprint import CSS
    from weasyprint.text.fonts import FontConfiguration

    fetcher, fonts = _fetcher(), FontConfiguration()
    sheets = [
        CSS(string=text, url_fetcher=fetcher, font_config=fonts)
        for text in (_font_faces(), _style())
    ]
    return _Means(fetcher, fonts, sheets)


@atexit.register
def forget_means(**_: Any) -> None:
    """Let go of the fonts, whose copies lie in a temporary folder until then."""
    _means.cache_clear()


worker_process_shutdown.connect(forget_means)  # a worker's process ends without `atexit`


def _font_faces() -> str:
    return render_to_string("compliance/report_fonts.css")


def _style() -> str:
    path = finders.find("report.css") or settings.STATIC_ROOT / "report.css"
    return Path(path).read_text("utf-8")


def assets() -> dict[str, Path]:
    """All that a report may fetch, by address; a font not yet converted is taken as it is."""
    found = {}
    for source in FONTS.glob("*.woff2"):
        ttf = CONVERTED / f"{source.stem}.ttf"
        found[f"asset:fonts/{source.stem}.ttf"] = ttf if ttf.exists() else source
    return found


def _fetcher() -> Any:
    from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

    class OwnAssets(URLFetcher):
        """Opens no file and no connection that an address could name."""

        def fetch(self, url: str, headers: Any = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            path = assets().get(url)
            if path is None:
                raise FatalURLFetchingError(f"a report may not fetch {url[:80]}")
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": "font/ttf"})

    return OwnAssets(allowed_protocols={"data"}, allow_redirects=False)
