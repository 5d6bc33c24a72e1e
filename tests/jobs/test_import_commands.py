import json
from io import StringIO

import openpyxl
import pytest
from django.core.management import CommandError, call_command

from tenancy.models import Organisation
from tests.factories import UserFactory
from tests.jobs.bodies import BODIES, FIRST, SECOND

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("registry", "street")]


@pytest.fixture
def run(tenant):
    """`run(file, *options)` gives exit code, standard output and standard error."""

    def import_city(file, *options):
        out, err = StringIO(), StringIO()
        arguments = ["import_city", str(file), "--tenant", tenant.slug, *options]
        try:
            call_command(*arguments, stdout=out, stderr=err)
        except SystemExit as ended:
            return ended.code, out.getvalue(), err.getvalue()
        except CommandError as refused:
            return refused.returncode, out.getvalue(), str(refused)
        return 0, out.getvalue(), err.getvalue()

    return import_city


def test_json_stands_alone_on_standard_output(run, book):
    code, out, err = run(book(机构=[[*BODIES, "备注"], FIRST, SECOND]), "--json")

    answer = json.loads(out)
    assert (code, err) == (0, "")
    assert answer["counts"] == {"机构": {"new": 2, "changed": 0, "same": 0}}
    assert answer["errors"] == []
    assert answer["warnings"] == [
        {
            "sheet": "机构",
            "row": 1,
            "column": "备注",
            "message": "不认识“备注”这一列，没有导入。",
            "remedy": "如需导入，请改用模板中的列名。",
        }
    ]
    assert Organisation.objects.count() == 2


def test_errors_end_with_one_and_write_nothing(run, book):
    code, out, err = run(book(机构=[BODIES, FIRST, ["J2", None, None, None]]))

    assert code == 1
    assert "错误 机构 第 3 行 名称 此格必填，现在是空的。请填写“名称”。" in err
    assert out.endswith("有 2 处错误，没有写入。\n")
    assert not Organisation.objects.exists()


def test_a_check_writes_nothing(run, book):
    code, out, _err = run(book(机构=[BODIES, FIRST]), "--check")

    assert (code, out) == (0, "机构：新增 1，更新 0，未变 0\n检查通过，没有写入。\n")
    assert not Organisation.objects.exists()


def test_the_named_user_acts_with_its_own_grant(run, book, district_official, foreign_street):
    file = book(机构=[BODIES, ["J1", "一", None, foreign_street.code]])

    assert run(file, "--as", district_official.username)[0] == 1
    assert run(file)[0] == 0


@pytest.mark.parametrize("options", [["--as", "nobody"], ["--as", "gone"]])
def test_an_unknown_or_ended_user_is_a_wrong_call(run, book, options):
    from django.utils import timezone

    UserFactory(username="gone", ended_at=timezone.now())

    code, out, err = run(book(机构=[BODIES, FIRST]), "--json", *options)

    assert (code, out) == (2, "")
    assert "账号" in err


def test_a_missing_file_or_tenant_is_a_wrong_call(run, tmp_path, book):
    assert run(tmp_path / "none.xlsx")[0] == 2
    with pytest.raises(CommandError) as refused:
        call_command("import_city", str(book(机构=[BODIES])), "--tenant", "nowhere")
    assert refused.value.returncode == 2


@pytest.fixture
def template(tmp_path):
    file = tmp_path / "template.xlsx"
    call_command("export_template", "city", "--out", str(file), stdout=StringIO())
    return file


def test_the_template_has_guide_stars_drop_downs_and_text_columns(template):
    book = openpyxl.load_workbook(template)
    sheet = book["机构"]

    assert book.sheetnames == ["填表说明", "机构", "村居"]
    assert [cell.value for cell in sheet[1]] == BODIES
    assert [(rule.formula1, str(rule.sqref)) for rule in sheet.data_validations.dataValidation] == [
        ('"承接机构,评估机构"', "C2:C20001")
    ]
    assert sheet.column_dimensions["A"].number_format == "@"
    assert "12 位" in sheet["D1"].comment.text
    guide = [[cell.value for cell in row] for row in book["填表说明"].iter_rows()]
    assert ["机构", "类别", "", "可填：承接机构、评估机构。空着表示“承接机构”。"] in guide


def test_the_filled_template_is_imported(template, run):
    book = openpyxl.load_workbook(template)
    book["机构"].append(FIRST)
    book.save(template)

    code, out, _err = run(template, "--json")

    assert code == 0
    assert json.loads(out)["warnings"] == []
    assert json.loads(out)["counts"]["机构"] == {"new": 1, "changed": 0, "same": 0}


def test_the_template_is_the_same_each_time(template):
    before = template.read_bytes()

    call_command("export_template", "city", "--out", str(template), stdout=StringIO())

    assert template.read_bytes() == before


def test_a_template_cannot_be_written_into_nothing(tmp_path):
    with pytest.raises(CommandError) as refused:
        call_command("export_template", "city", "--out", str(tmp_path / "none" / "t.xlsx"))

    assert refused.value.returncode == 2
