from datetime import date

import pytest

from filings.template.reading import (
    SHIPPED,
    BrokenTemplate,
    check_template,
    read_template,
)
from filings.template.shapes import Kind, OverTime, Severity
from stations.figures.registry import registered
from tenancy.toml.mistakes import Unparsable, decoded
from tests.filings.template import SMALL


def told(text):
    return [f"{mistake.line} {mistake.message}" for mistake in check_template(text)]


def line_of(text, written, after=""):
    """The line that is written first, after another."""
    return text[: text.index(written, text.index(after))].count("\n") + 1


def test_a_template_is_read():
    form = read_template(SMALL)

    assert (form.id, form.since, form.until, form.hours) == (
        "small",
        date(2026, 1, 1),
        None,
        "hours",
    )
    assert list(form.indicators)[:3] == ["opening", "balance", "opened"]
    assert form.indicators["opening"].over_time is OverTime.LAST
    assert form.indicators["opening"].carried_from == "closing"
    assert form.indicators["plan"].kind is Kind.TEXT
    assert list(form.texts) == ["plan"]
    assert "plan" not in form.typed
    assert "closing" not in form.typed
    order = [one.code for one in form.computed]
    assert sorted(order) == ["balance", "closing", "share"]
    assert order.index("closing") < order.index("balance")
    assert form.sources == ("casework.opened",)
    assert form.targets == ("procurement.min_hours",)


def test_a_check_for_each_code_is_one_a_code():
    checks = {check.code: check for check in read_template(SMALL).checks}

    assert list(checks) == ["closed-within", "changed.opened", "changed.hours"]
    assert checks["changed.hours"].message == "工时变化超过一半。"
    assert checks["changed.hours"].cells == ("hours",)
    assert checks["changed.hours"].severity is Severity.SOFT
    assert checks["closed-within"].cells == ("closed", "opening", "opened")


@pytest.mark.parametrize(
    ("sound", "broken", "message"),
    [
        ('unit = "小时"', 'unit = "小时"\nwidth = 3', "不认识的键“width”。"),
        ('note = "直接服务。"\n', "", "缺少“note”。"),
        ('note = "直接服务。"', 'note = ""', "“note”不能为空。"),
        ('note = "直接服务。"', f'note = "{"长" * 81}"', "“note”有 81 个字，最多 80 个。"),
        ('note = "直接服务。"', "note = 3", "“note”应为文字。"),
        ('code = "hours"', 'code = "Hours"', "代码“Hours”不合格式。"),
        ('code = "hours"', 'code = "workdays"', "代码“workdays”是表达式中的词。"),
        ('code = "hours"', "code = [3]", "“code”应为文字。"),
        ('each = ["opened", "hours"]', 'each = ["opened", "opened"]', "同一个指标写了两次。"),
        ('code = "hours"', 'code = "closed"', "指标代码“closed”重复。"),
        ('code = "closed-within"', 'code = "A b"', "“A b”不合格式。"),
        ('code = "changed"', 'code = "closed-within"', "校验代码“closed-within”重复。"),
        ('kind = "decimal"', 'kind = "float"', "“kind”不能是“float”。"),
        ('over_time = "last"', 'over_time = "mean"', "“over_time”不能是“mean”。"),
        ('severity = "hard"', 'severity = "fatal"', "“severity”不能是“fatal”。"),
        ('message = "结案数过大。"', 'message = ""', "“message”不能为空。"),
        ('since = "2026-01"', 'since = "2026-Q1"', "“2026-Q1”不是月份。"),
        ('since = "2026-01"', 'since = "2026-13"', "“2026-13”不是月份。"),
        ('since = "2026-01"', 'since = "2026-01"\nuntil = "2025-12"', "最后月份早于起用月份。"),
        ('hours = "hours"', 'hours = "gone"', "没有代码为“gone”的数字指标。"),
        ('hours = "hours"', 'hours = "plan"', "没有代码为“plan”的数字指标。"),
        ("last_month:closing", "last_month:gone", "没有代码为“gone”的数字指标。"),
        ("casework.opened", "case work", "“case work”不是来源的名称。"),
        ('formula = "hours / opened"', 'formula = "hours / gone"', "没有代码为“gone”的数字指标。"),
        (
            'formula = "hours / opened"',
            'formula = "hours ** 9"',
            "表达式有误：“hours ** 9”用了 + - * / 以外的运算。",
        ),
        ('formula = "hours / opened"', 'formula = "hours > 9"', "表达式的结果不对。"),
        ('formula = "hours / opened"', 'formula = "share + 1"', "指标“share”的计算绕回了自己。"),
        (
            'formula = "hours / opened"',
            'formula = "hours"\nsource = "a.b"',
            "同时写了 formula 和 source。",
        ),
        ('kind = "text"', 'kind = "text"\nformula = "hours"', "文字指标不能计算。"),
        ('kind = "text"', 'kind = "text"\nsource = "a.b"', "文字指标没有“source”。"),
        (
            'must = "closed <= opening + opened"',
            'must = "closed <= plan"',
            "没有代码为“plan”的数字指标。",
        ),
        ('must = "closed <= opening + opened"', 'must = "closed"', "表达式的结果不对。"),
        (
            'must = "closed <= opening + opened"',
            'must = "prev(closed) > 0"',
            "没有可标记的单元格。",
        ),
        ('each = ["opened", "hours"]', 'each = ["gone"]', "没有代码为“gone”的数字指标。"),
        (
            'each = ["opened", "hours"]',
            'cells = ["hours"]',
            "表达式有误：this 只能用在写了 each 的校验中。",
        ),
    ],
)
def test_a_mistake_is_told_with_its_line(sound, broken, message):
    assert sound in SMALL
    text = SMALL.replace(sound, broken, 1)

    mistakes = [one for one in check_template(text) if one.message == message]

    assert mistakes, told(text)
    assert mistakes[0].remedy
    changed = line_of(SMALL, sound)
    table = SMALL[: SMALL.index(sound)].rindex("[[") if changed > 8 else 0
    assert SMALL[:table].count("\n") + 1 <= mistakes[0].line <= changed + 1


def test_all_mistakes_are_told_at_once_in_the_order_of_lines():
    text = SMALL.replace('kind = "decimal"', 'kind = "float"').replace('version = "1"\n', "")
    text = text.replace("结案数过大。", "")

    assert told(text) == [
        "1 缺少“version”。",
        f"{line_of(text, 'float')} “kind”不能是“float”。",
        f"{line_of(text, 'float', 'share')} “kind”不能是“float”。",
        f"{line_of(text, 'message = ')} “message”不能为空。",
    ]


def test_a_cycle_is_told_at_each_of_its_formulas():
    text = SMALL.replace("opening + opened - closed", "balance + opened")

    assert [line.split(" ", 1)[1] for line in told(text)] == [
        "指标“balance”的计算绕回了自己。",
        "指标“closing”的计算绕回了自己。",
    ]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("id = ", "TOML 语法有误"),
        ("", "缺少“sections”。"),
        ("sections = 3\nchecks = [1]", "“sections”应为若干个表。"),
    ],
)
def test_what_is_no_template_is_refused(content, message):
    with pytest.raises(BrokenTemplate) as refused:
        read_template(content)

    assert any(message in mistake.message for mistake in refused.value.mistakes)


def test_a_file_of_another_platform_is_the_same_text():
    assert decoded(b"\xef\xbb\xbf" + SMALL.replace("\n", "\r\n").encode()) == SMALL


def test_a_file_in_another_encoding_is_refused_at_its_line():
    with pytest.raises(Unparsable) as refused:
        decoded('id = "a"\ntitle = "广州"'.encode("gb18030"))

    assert refused.value.mistake.line == 2


@pytest.fixture(scope="module")
def guangzhou():
    return read_template(decoded((SHIPPED / "guangzhou.toml").read_bytes()))


def test_most_cells_of_the_shipped_template_name_a_source(guangzhou):
    named = [one for one in guangzhou.numbers.values() if one.source or one.formula]

    assert len(named) >= 0.6 * len(guangzhou.indicators)


def test_what_ledgers_know_today_fills_cells_and_targets(guangzhou):
    asked = {one.source for one in guangzhou.numbers.values()} | {*guangzhou.targets}

    known = {source.name.partition(".")[0] for source in registered() if source.name in asked}

    assert known == {"staffing", "stations", "supervision", "procurement"}


def test_the_shipped_template_has_the_indicators_that_rules_read(guangzhou):
    relied_on = {"hours_direct", "hours_indirect", "hours_total", "hours_in_community"}

    assert {*relied_on, "workers_on_post"} <= guangzhou.numbers.keys()
    assert guangzhou.indicators[guangzhou.hours].target == "procurement.min_hours"
