from datetime import date

import pytest
from django import forms
from django.utils import translation
from django.utils.formats import date_format, number_format


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize(
    "spelling", ["2026-10-05", "2026/10/5", "2026.10.5", "2026年10月5日", "20261005"]
)
def test_a_date_is_read_in_five_spellings(language, spelling):
    with translation.override(language):
        assert forms.DateField().clean(spelling) == date(2026, 10, 5)


@pytest.mark.parametrize(("language", "text"), [("zh-hans", "2026-10-05"), ("en", "5 Oct 2026")])
def test_a_date_is_written(language, text):
    with translation.override(language):
        assert date_format(date(2026, 10, 5)) == text


def test_thousands_are_grouped_by_three_only_when_asked():
    with translation.override("zh-hans"):
        assert number_format(1_234_567, force_grouping=True) == "1,234,567"
        assert number_format(2026) == "2026"
