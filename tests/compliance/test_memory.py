"""A report that runs away fails alone."""

import resource

import pytest

from compliance.reports.memory import MOST, limited_memory
from compliance.reports.printing import TooBig, set_pages


def test_the_process_may_not_grow_without_end():
    before = resource.getrlimit(resource.RLIMIT_AS)

    with limited_memory():
        assert bytearray(MOST // 8)
        with pytest.raises(MemoryError):
            bytearray(2 * MOST)

    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_limit_that_is_tighter_stays(monkeypatch):
    _soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    asked = []
    monkeypatch.setattr(resource, "getrlimit", lambda _what: (MOST, hard))
    monkeypatch.setattr(resource, "setrlimit", lambda _what, limits: asked.append(limits))

    with limited_memory():
        pass

    assert asked == [(MOST, hard), (MOST, hard)]


def test_running_out_of_memory_is_told_in_words(monkeypatch):
    def starve(*_args):
        raise MemoryError

    monkeypatch.setattr("compliance.reports.printing._set", starve)

    with pytest.raises(TooBig, match="请缩小范围"):
        set_pages("<html></html>")
