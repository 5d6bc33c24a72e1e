from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from compliance.packs import check_pack
from tenancy.toml.lines import Lines

SOUND = """\
id = "city"
version = "1"
title = "办法"
issuer = ""
document = ""
jurisdiction = "130400000000"
in_force_from = 2023-01-01
in_force_to = 2024-01-01
source = "公报"
includes = ["national-law"]

[[clauses]]
id = "a"
article = ""
summary = "摘要"
source = "公报"
inferred = false

[[bindings]]
rule = "CERT-01"
clause = "a"
severity = "warning"

[bindings.parameters]
floor = { value = "1/2", override = "up" }
grace_days = { value = 30, override = "any" }
lapsed_counts = { value = true, override = "none" }
levels = { value = ["assistant"], override = "none" }

[[bindings]]
rule = "POST-06"
clause = "a"

[bindings.parameters]
price = { value = [{ from = 2023-04-07, yuan = "1.00" }], override = { city = "any", district = "up" } }

[[bindings]]
rule = "POST-01"
clause = "a"
"""


def _check(folder: Path, text: str, name: str = "city.toml"):
    path = folder / name
    path.write_text(text, "utf-8")
    return check_pack(path)


def test_a_sound_pack_has_no_mistake(tmp_path):
    assert _check(tmp_path, SOUND) == []
    assert _check(tmp_path, "\ufeff" + SOUND) == []


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        ('id = "city"', 'id = "City 1"', 1, "编号“City 1”不合格式。"),
        ('id = "city"', 'id = "town"', 1, "编号“town”与文件名“city.toml”不一致。"),
        ('id = "city"', 'id = ""', 1, "“id”不能为空。"),
        ('id = "city"', "id = 1", 1, "“id”应为文字。"),
        ('version = "1"', "version = 1", 2, "“version”应为文字。"),
        ('title = "办法"\n', "", 1, "缺少“title”。"),
        ('title = "办法"', 'titel = "办法"\ntitle = "办法"', 3, "不认识的键“titel”。"),
        ('title = "办法"', 'title = "办法', 3, "TOML 语法有误"),
        ('"130400000000"', '"1304"', 6, "区划代码“1304”不是 12 位数字。"),
        ("2023-01-01", '"2023-01-01"', 7, "“in_force_from”应为日期。"),
        ("2023-01-01", "2023-01-01T00:00:00", 7, "“in_force_from”应为日期。"),
        ("2024-01-01", "2022-12-31", 8, "失效日期早于施行日期。"),
        ('["national-law"]', "1", 10, "“includes”应为文字列表。"),
        ('["national-law"]', '["law", 1]', 10, "“includes”应为文字列表。"),
        ('["national-law"]', '["nowhere"]', 10, "没有名为“nowhere”的规则包。"),
        ('["national-law"]', '["city"]', 10, "引用“city”绕回了自己。"),
        ("[[clauses]]", "[clauses]", 12, "“clauses”应为若干个表。"),
        ('id = "a"', 'id = "第一条"', 13, "条款编号“第一条”不合格式。"),
        ("inferred = false", 'inferred = "no"', 17, "“inferred”应为true 或 false。"),
        ("inferred = false\n", "", 12, "缺少“inferred”。"),
        ('rule = "CERT-01"', 'rule = "CERT-99"', 20, "没有编号为“CERT-99”的规则。"),
        ('rule = "CERT-01"', "rule = 1", 20, "“rule”应为文字。"),
        ('rule = "CERT-01"', 'rule = ""', 20, "“rule”不能为空。"),
        ('clause = "a"', 'clause = "b"', 21, "没有编号为“b”的条款。"),
        ('"warning"', '"fatal"', 22, "“severity”不能是“fatal”。"),
        ('value = "1/2"', 'value = "half"', 25, "参数“floor”的值不对。"),
        ('value = "1/2"', 'value = "3/2"', 25, "参数“floor”的值不对。"),
        ('value = "1/2"', 'value = "0/0"', 25, "参数“floor”的值不对。"),
        ('value = "1/2"', "value = 0.5", 25, "参数“floor”的值不对。"),
        ('override = "up"', 'override = "sideways"', 25, "“override”不能是“sideways”。"),
        ('override = "up"', "override = 1", 25, "“override”应为文字，或按级别写的表。"),
        (', override = "up"', "", 25, "缺少“override”。"),
        ('value = "1/2", ', "", 25, "缺少“value”。"),
        ('{ value = "1/2", override = "up" }', '"1/2"', 25, "参数“floor”应写明值和可否调整。"),
        ("grace_days = { value = 30", "grace_days = { value = -1", 26, "参数“grace_days”的值不对。"),
        ("grace_days = { value = 30", "grace_days = { value = true", 26, "参数“grace_days”的值不对。"),
        ("grace_days", "grace", 26, "规则 CERT-01 没有参数“grace”。"),
        ("grace_days", "grace", 24, "规则 CERT-01 缺少参数“grace_days”。"),
        ("value = true", "value = 1", 27, "参数“lapsed_counts”的值不对。"),
        ('true, override = "none"', 'true, override = "up"', 27, "参数“lapsed_counts”没有高低"),
        ('["assistant"]', "[]", 28, "参数“levels”的值不对。"),
        ('["assistant"]', "[1]", 28, "参数“levels”的值不对。"),
        ('["assistant"]', '["master"]', 28, "参数“levels”的值不对。"),
        ('city = "any", district', 'city = "sideways", district', 35, "“city”不能是“sideways”。"),
        ('city = "any", district', 'street = "any", district', 35, "不认识的键“street”。"),
        ('city = "any", district', 'city = 1, district', 35, "“city”应为文字。"),
        ('{ city = "any", district = "up" }', "{}", 35, "“override”不能为空。"),
        ("from = 2023-04-07, ", "", 35, "缺少“from”。"),
        ("from = 2023-04-07", "from = 2023", 35, "“from”应为日期。"),
        (', yuan = "1.00"', "", 35, "缺少“yuan”。"),
        ('yuan = "1.00"', "yuan = 1", 35, "“yuan”应为文字。"),
        ('yuan = "1.00"', 'yuan = "1,000"', 35, "金额“1,000”不对。"),
        ('yuan = "1.00"', 'yuan = "0.00"', 35, "金额“0.00”不对。"),
        ('yuan = "1.00"', 'yuan = "1.005"', 35, "金额“1.005”不对。"),
        ('yuan = "1.00"', 'yuan = "1.00", until = 1', 35, "不认识的键“until”。"),
        ('"1.00" }]', '"1.00" }, { from = 2023-04-07, yuan = "2.00" }]', 35, "施行日期 2023-04-07 写了两个标准。"),
        ('[{ from = 2023-04-07, yuan = "1.00" }]', '"120000.00"', 35, "参数“price”的值不对。"),
        ('[{ from = 2023-04-07, yuan = "1.00" }]', "[]", 35, "参数“price”的值不对。"),
        ('[{ from = 2023-04-07, yuan = "1.00" }]', "[1]", 35, "参数“price”的值不对。"),
        ('rule = "POST-01"\nclause = "a"', 'rule = "POST-01"\nclause = "a"\nparameters = { days = 1 }', 40, "规则 POST-01 没有参数“days”。"),
        ("[bindings.parameters]", "[bindings.parameter]", 19, "缺少“parameters”。"),
        ("[bindings.parameters]", "[bindings.parameter]", 24, "不认识的键“parameter”。"),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_line_and_remedy(tmp_path, old, new, line, message):
    mistakes = _check(tmp_path, SOUND.replace(old, new, 1))

    told = [one for one in mistakes if one.line == line and one.message.startswith(message)]
    assert len(told) == 1, mistakes
    assert told[0].remedy.endswith("。")


def test_all_mistakes_are_told_at_once_in_order(tmp_path):
    broken = SOUND.replace('"1/2"', '"2/1"').replace("2024", "2022").replace('"CERT', '"CERX')

    mistakes = _check(tmp_path, broken.replace('title = "办法"\n', ""))

    assert [mistake.line for mistake in mistakes] == [1, 7, 19]


@pytest.mark.parametrize(
    ("again", "line", "message"),
    [
        ('\n[[clauses]]\nid = "a"\narticle = ""\nsummary = "x"\nsource = "x"\ninferred = true\n', 42, "条款编号“a”重复。"),
        ('\n[[bindings]]\nrule = "CERT-01"\nclause = "a"\nparameters = 1\n', 42, "规则“CERT-01”重复。"),
    ],
)  # fmt: skip
def test_what_is_written_twice_is_told_at_its_second_place(tmp_path, again, line, message):
    assert (line, message) in [(one.line, one.message) for one in _check(tmp_path, SOUND + again)]


def test_a_file_that_never_ends_is_told_at_its_last_line(tmp_path):
    assert [one.line for one in _check(tmp_path, SOUND + 'x = """\n\n')] == [41]


def test_an_empty_file_lacks_everything(tmp_path):
    mistakes = _check(tmp_path, "")

    assert {mistake.line for mistake in mistakes} == {1}
    assert "缺少“clauses”。" in {mistake.message for mistake in mistakes}


def test_other_encodings_are_told_by_line(tmp_path):
    path = tmp_path / "city.toml"
    path.write_bytes(SOUND.encode("gb18030"))

    assert [(one.line, one.message) for one in check_pack(path)] == [(3, "这一行不是 UTF-8 文字。")]


def test_a_mistake_in_an_included_pack_is_told(tmp_path):
    (tmp_path / "law.toml").write_text('id = "law"\n', "utf-8")

    mistakes = _check(tmp_path, SOUND.replace("national-law", "law"))

    assert [one.line for one in mistakes] == [10]
    assert "“law”有" in mistakes[0].message


def test_packs_that_include_each_other_are_told(tmp_path):
    law = SOUND.replace('id = "city"', 'id = "law"').replace("national-law", "city")
    (tmp_path / "law.toml").write_text(law, "utf-8")

    mistakes = _check(tmp_path, SOUND.replace("national-law", "law"))

    assert [(one.line, one.message) for one in mistakes] == [
        (10, "所引用的规则包“law”有 1 处错误。")
    ]


def test_two_packs_that_bind_one_rule_are_told(tmp_path):
    law = SOUND.replace('id = "city"', 'id = "law"')
    (tmp_path / "law.toml").write_text(law, "utf-8")
    (tmp_path / "state.toml").write_text(
        SOUND.replace('id = "city"', 'id = "state"')
        .split("[[bindings]]")[0]
        .replace("national-law", "law"),
        "utf-8",
    )

    mistakes = _check(tmp_path, SOUND.replace("national-law", "state"))

    assert [one.message for one in mistakes] == [
        f"规则 {rule} 在“city”和“law”中都设定了。" for rule in ("CERT-01", "POST-01", "POST-06")
    ]


def test_lines_see_through_multi_line_strings_dotted_names_and_nested_arrays():
    lines = Lines(
        "a = \"\"\"\nb = 1\n\"\"\"\nb = '''x'''\nc.d = 1\n"
        "[[t]]\n[[t.u]]\n[[t.u]]\nx = 1\n[t.v]\n'y z' = 2\nz = [\n 1,\n]\n"
    )

    assert [lines.of(path) for path in [("a",), ("b",), ("c", "d")]] == [1, 4, 5]
    assert [lines.of(("t", 0)), lines.of(("t", 0, "u", 1, "x"))] == [6, 9]
    assert [lines.of(("t", 0, "v", "y z")), lines.of(("t", 0, "v", "z", 0))] == [11, 12]
    assert lines.of(("nowhere",)) == 1


def _run(path: Path) -> str:
    out = StringIO()
    call_command("check_pack", str(path), stdout=out)
    return out.getvalue()


def test_the_command_praises_a_sound_pack(tmp_path):
    (tmp_path / "city.toml").write_text(SOUND, "utf-8")

    assert "没有错误：1 条条款，3 条规则，引用 1 个规则包。" in _run(tmp_path / "city.toml")


def test_the_command_lists_mistakes_and_fails(tmp_path):
    (tmp_path / "city.toml").write_text(SOUND.replace('"1/2"', '"2/1"'), "utf-8")

    with pytest.raises(CommandError, match="共 1 处错误") as refused:
        _run(tmp_path / "city.toml")

    assert refused.value.returncode == 1


@pytest.mark.parametrize("name", ["nowhere.toml", "."])
def test_the_command_calls_an_unreadable_file_a_wrong_use(tmp_path, name):
    with pytest.raises(CommandError) as refused:
        _run(tmp_path / name)

    assert refused.value.returncode == 2
