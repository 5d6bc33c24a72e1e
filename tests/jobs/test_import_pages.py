from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from jobs.models import CityImport, Job
from jobs.workbook.guard import MAX_FILE
from tests.city_workbook import SHEETS
from tests.factories import CityImportFactory, UserFactory
from tests.jobs import workbooks
from tests.jobs.test_city_imports import checked, look, sent, work

pytestmark = pytest.mark.django_db
KEY = {"submission": "a-key-for-the-import-pages"}


def page(client, city_import=None, part=""):
    return client.get(f"/imports/{city_import.pk}/{part}" if city_import else "/imports/")


def text(client, city_import=None):
    return page(client, city_import).content.decode()


def send(client, content, name="city.xlsx", **options):
    data = {**KEY, "file": SimpleUploadedFile(name, content)}
    return client.post("/imports/", data, **options)


def press(client, city_import, button):
    return client.post(f"/imports/{city_import.pk}/{button}/", follow=True).content.decode()


def test_a_workbook_is_sent_in_once(client_of, city_book):
    client, content = client_of(city_book.user), city_book.save().read_bytes()

    answers = [send(client, content), send(client, content)]

    city_import = CityImport.objects.get()
    assert {answer.url for answer in answers} == {f"/imports/{city_import.pk}/"}
    assert "检查中" in text(client, city_import)
    assert "city.xlsx" in text(client)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (workbooks.ole("EncryptedPackage"), "打开密码"),
        (b"a,b\n1,2\n", "不是 Excel 工作簿"),
        (b"PK" + b"\0" * MAX_FILE, "超过 10 MB"),
        (b"", "文件是空的"),
    ],
)
def test_what_is_no_workbook_is_refused_at_the_door(client_of, official, content, words):
    answer = send(client_of(official), content)

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not CityImport.objects.exists()


def test_a_form_without_a_file_says_so(client_of, official):
    answer = client_of(official).post("/imports/", KEY)

    assert answer.status_code == 422
    assert "请选择一个文件" in answer.content.decode()


def test_the_limits_are_told_and_the_template_is_at_hand(client_of, official):
    client = client_of(official)
    html = text(client)
    template = client.get("/imports/template.xlsx")

    assert "不超过 10 MB" in html
    assert 'href="/imports/template.xlsx"' in html
    assert "社工站" in openpyxl.load_workbook(BytesIO(template.content)).sheetnames


@pytest.mark.parametrize("role", ["street_office", "operator", "city_finance"])
def test_without_the_verb_there_is_no_import(client_of, root, role):
    client = client_of(UserFactory(role=role, area=root))

    assert page(client).status_code == 403
    assert client.get("/imports/template.xlsx").status_code == 403


def test_a_check_under_way_shows_its_progress(client_of, city_book):
    city_import = sent(city_book)
    html = text(client_of(city_book.user), city_import)

    assert f'hx-get="/jobs/{city_import.job_id or look(city_import).job_id}/progress/"' in html
    assert "确认导入" not in html


def test_errors_are_told_with_place_and_remedy(client_of, city_book):
    city_book.put("人员", 1, 入职日期="2020-02-30").put("项目", 1, 年度预算="两百万")
    html = text(client_of(city_book.user), checked(city_book))

    assert "有 2 处错误，没有写入任何内容" in html
    assert html.index("人员 第 2 行") < html.index("读到的行（没有写入）")
    assert "“2020-02-30”不是有效日期" in html
    assert "请只填数字，不要写单位或文字。" in html
    assert "确认导入" not in html


def test_errors_are_narrowed_to_a_sheet_and_paged(client_of, city_book):
    for number in range(60):
        city_book.add("证书", "R1", f"级别{number}")
    city_book.put("人员", 1, 入职日期="2020-02-30")
    client, city_import = client_of(city_book.user), checked(city_book)

    narrowed = client.get(f"/imports/{city_import.pk}/?sheet=人员").content.decode()
    second = client.get(f"/imports/{city_import.pk}/?sheet=证书&page=2").content.decode()

    assert ("2020-02-30" in narrowed, "级别1”" in narrowed) == (True, False)
    assert "第 2/" in second
    assert "sheet=%E8%AF%81%E4%B9%A6&amp;page=1" in second


def test_the_list_of_faults_is_taken_along_as_text(client_of, city_book):
    city_book.put("人员", 1, 学历="=1+1", 性别="=cmd()").add(
        "岗位", "G9", "S1", "D1", "事务性", None, ""
    )
    answer = page(client_of(city_book.user), checked(city_book), "errors.xlsx")

    rows = [*openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows()]
    assert [cell.value for cell in rows[0]][:4] == ["类别", "工作表", "行", "列"]
    assert ("错误", "人员", 2, "性别") in [tuple(cell.value for cell in row[:4]) for row in rows]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "n"}


def test_before_confirming_the_effect_is_told(client_of, city_book):
    city_book.put("岗位", 1, 社工点编码="D1")
    html = text(client_of(city_book.user), checked(city_book))

    assert "检查通过，还没有写入。确认后新增 23 行、更新 0 行" in html
    assert "事务性岗位设在社工点" in html
    assert "确认导入" in html


def test_confirmed_it_is_written_and_an_evaluation_is_due(client_of, city_book):
    client, city_import = client_of(city_book.user), checked(city_book)

    press(client, city_import, "confirm")
    work(city_import)
    html = text(client, city_import)

    assert "已写入：新增 23 行、更新 0 行" in html
    assert "立即核验" in html
    assert "/areas/440100000000/" in html
    assert "现在不能导入" in press(client, city_import, "confirm")
    assert "现在不能放弃" in press(client, city_import, "discard")


def test_a_file_that_changes_nothing_needs_no_confirming(client_of, city_book):
    client, first = client_of(city_book.user), checked(city_book)
    press(client, first, "confirm")
    work(first)

    html = text(client, checked(city_book))

    assert "不需要写入" in html
    assert "确认导入" not in html


def test_a_discarded_one_says_that_nothing_was_written(client_of, city_book):
    html = press(client_of(city_book.user), checked(city_book), "discard")

    assert "没有写入任何内容" in html
    assert "确认导入" not in html


def test_a_failed_check_is_tried_again_from_the_page(client_of, city_book):
    city_import = sent(city_book)
    Job.objects.end(Job.Reason.LOST)
    html = text(client_of(city_book.user), city_import)

    assert "检查未完成" in html
    assert f"/jobs/{look(city_import).job_id}/retry/" in html


def test_outside_ones_reach_an_import_does_not_exist(client_of, city, root):
    city_import = CityImportFactory(area=city["haizhu"], uploaded_by=UserFactory())
    stranger = client_of(UserFactory(role="district_authority", area=city["tianhe"]))

    assert page(stranger, city_import).status_code == 404
    assert stranger.post(f"/imports/{city_import.pk}/confirm/").status_code == 404
    assert city_import.file_name not in text(stranger)


def test_who_lost_the_verb_sees_and_decides_no_more(client_of, root):
    former = UserFactory(role="street_office", area=root)
    client, city_import = client_of(former), CityImportFactory(area=root, uploaded_by=former)

    assert page(client, city_import).status_code == 200
    assert client.post(f"/imports/{city_import.pk}/confirm/").status_code == 403


def test_queries_of_the_pages_do_not_grow(client_of, city_book, django_assert_num_queries):
    client, city_import = client_of(city_book.user), checked(city_book)
    for _ in range(3):
        CityImportFactory(area=city_import.area, uploaded_by=city_book.user)
    page(client)

    with django_assert_num_queries(10):
        page(client)
    with django_assert_num_queries(9):
        page(client, city_import)


def test_the_counts_stand_in_the_workbooks_order(client_of, city_book):
    html = text(client_of(city_book.user), checked(city_book))

    places = [html.index(f'<th scope="row">{sheet}</th>') for sheet in SHEETS]
    assert places == sorted(places)
