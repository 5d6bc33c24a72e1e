"""Fonts and style sheets are read once a process, and leave nothing behind."""

import gc
import tempfile

import pytest
from celery.signals import worker_process_shutdown

from compliance.reports import printing
from compliance.reports.printing import forget_means, set_pages

PAGE = '<html lang="zh-CN"><title>x</title><article class="paper"><h1>{}</h1><p>{}</p></article>'
FIRST, SECOND = PAGE.format("甲", "第一份 12"), PAGE.format("乙", "第二份 34𠮷")


@pytest.fixture
def fresh():
    """As in a process that has printed nothing."""
    forget_means()
    yield forget_means
    forget_means()


def test_what_was_printed_before_changes_no_byte(fresh):
    alone = set_pages(SECOND)
    fresh()

    set_pages(FIRST)

    assert set_pages(SECOND) == alone
    assert set_pages(SECOND) == alone


def test_fonts_are_read_once(fresh, monkeypatch):
    read = []
    monkeypatch.setattr(printing, "_font_faces", lambda: read.append(1) or "")

    set_pages(FIRST)
    set_pages(SECOND)

    assert read == [1]


def test_a_process_that_ends_takes_its_fonts_along(fresh, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    set_pages(FIRST)
    assert list(tmp_path.iterdir())

    worker_process_shutdown.send(sender=None, pid=1, exitcode=0)

    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("is_on", [True, False])
def test_the_collector_is_afterwards_as_it_was(is_on, monkeypatch):
    seen = []
    monkeypatch.setattr(printing, "_set", lambda *_: seen.append(gc.isenabled()) or b"")
    (gc.enable if is_on else gc.disable)()

    set_pages(FIRST)
    after = gc.isenabled()
    gc.enable()

    assert (seen, after) == ([False], is_on)
