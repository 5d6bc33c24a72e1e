import ast
import importlib

import pytest

from tests.launcher.conftest import CHECKOUT

TEMPLATE = """
<p>{% translate "你好" %}{% include "a" with x=_("按钮") %}{% translate "月" context "时间" %}
{% blocktranslate trimmed with n=x.y %}
  共 {{ n }} 个（甲）
{% endblocktranslate %}
{% blocktranslate count n=all|length %}{{ n }} 人{% plural %}{{ n }} 人们{% endblocktranslate %}
"""
ENTRY = 'msgid "共 %(n)s 个"\nmsgstr "{}"\n'


@pytest.fixture
def tools(monkeypatch, tmp_path):
    """The two scripts, on a small project of their own."""
    monkeypatch.syspath_prepend(str(CHECKOUT / "bin"))
    catalogue, check, update = map(
        importlib.import_module, ("catalogue", "check_messages", "update_messages")
    )
    monkeypatch.setattr(catalogue, "CHECKOUT", tmp_path)
    for module in (catalogue, update):
        monkeypatch.setattr(module, "CATALOGUE", tmp_path / "locale" / "django.po")
    (tmp_path / "locale").mkdir()
    (tmp_path / "page.py").write_text('title = gettext_lazy("共 %(n)s 个")\n')
    return catalogue, check, update


def written(tmp_path, text):
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8"\n\n'
    (tmp_path / "locale" / "django.po").write_text(header + text, encoding="utf-8")


def test_templates_yield_their_messages(tools):
    catalogue, _check, _update = tools

    calls = [ast.unparse(call) for call in catalogue.template_calls(TEMPLATE, "page.html")]

    assert [call.replace("u'", "'") for call in calls] == [
        "gettext('你好')",
        "_('按钮')",
        "pgettext('时间', '月')",
        "gettext('共 %(n)s 个（甲）')",
        "ngettext('%(n)s 人', '%(n)s 人们')",
    ]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("", "缺少英文译文"),
        (ENTRY.format(""), "未完成"),
        ("#, fuzzy\n" + ENTRY.format("%(n)s in all"), "未完成"),
        (ENTRY.format("%(m)s in all"), "占位符"),
        (ENTRY.format("%(n)s in all") + '\nmsgid "旧"\nmsgstr "old"\n', "多余"),
    ],
)
def test_an_unfinished_catalogue_fails(tools, tmp_path, capsys, text, complaint):
    written(tmp_path, text)

    assert tools[1].main() == 1
    assert complaint in capsys.readouterr().err


@pytest.mark.parametrize(
    ("code", "complaint"),
    [('gettext("Save")', "不是中文"), ('gettext(f"第 {n} 页")', "字面的字符串")],
)
def test_a_message_must_be_chinese_and_literal(tools, tmp_path, capsys, code, complaint):
    (tmp_path / "page.py").write_text(code)
    written(tmp_path, "")

    assert tools[1].main() == 1
    assert complaint in capsys.readouterr().err


def test_a_complete_catalogue_passes(tools, tmp_path):
    written(tmp_path, ENTRY.format("%(n)s in all"))

    assert tools[1].main() == 0


def test_the_update_adds_keeps_and_removes(tools, tmp_path):
    (tmp_path / "other.py").write_text('gettext("新")')
    written(tmp_path, ENTRY.format("%(n)s in all") + '\nmsgid "旧"\nmsgstr "old"\n')

    tools[2].main()

    entries = {entry.msgid: entry.msgstr for entry in tools[0].read_catalogue()}
    assert entries == {"共 %(n)s 个": "%(n)s in all", "新": ""}
