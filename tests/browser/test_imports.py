"""A workbook sent in, as it is seen on the desk, on the phone, and without scripts."""

import pytest

from jobs.imports import Outcome
from jobs.imports.faults import Count, Fault
from jobs.models import CityImport
from tenancy.context import tenant_context
from tests.browser.conftest import PHONE
from tests.city_workbook import CityBook, plant_city
from tests.factories import AreaFactory, CityImportFactory, UserFactory
from tests.jobs.test_city_imports import work

LONG = "没有找到“440105020099-示例”（社工站）。"
REMEDY = "请核对代码；它须已登记，或在同一文件的相应工作表中，并在您负责的范围内。"
COUNTS = {"社工站": Count(2, 1, 200), "人员": Count(0, 0, 5_000)}


@pytest.fixture
def importer(tenant):
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市")
        plant_city(root)
        return UserFactory(role="city_authority", area=root)


def found(errors=(), warnings=()):
    outcome = Outcome([*errors], [*warnings], COUNTS)
    return {
        "checked_at": "2026-10-05T10:00+08:00",
        "outcome": outcome.as_json(),
        "error_count": len(outcome.errors),
        "warning_count": len(outcome.warnings),
    }


def faults(count):
    sheets = ("社工站", "督导安排")
    return [Fault(sheets[n % 2], n, "督导对象编码", LONG, REMEDY) for n in range(count)]


SEEN = {
    "faulty": lambda user: found(faults(60), faults(2)),
    "ready": lambda user: found((), faults(3)),
    "applied": lambda user: (
        found()
        | {"confirmed_by": user, "confirmed_at": "2026-10-05T10:01+08:00"}
        | {"applied_at": "2026-10-05T10:02+08:00", "file": ""}
    ),
    "unchecked": lambda user: {},
}


@pytest.mark.parametrize("state", SEEN)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.full
def test_pages_can_be_read_by_everybody(
    tenant, page_of, importer, axe, fits_a_phone, state, language
):
    with tenant_context(tenant.pk):
        options = SEEN[state](importer)
        area = tenant.root()
        CityImportFactory(uploaded_by=importer, area=area, **options)
    page = page_of(importer, locale=language)
    page.goto("/imports/")
    axe(page)
    page.locator("main tbody a").first.click()

    axe(page)
    fits_a_phone(page)
    axe(page)


@pytest.mark.full
def test_a_workbook_goes_in_without_scripts_on_a_phone(tenant, page_of, importer, tmp_path):
    with tenant_context(tenant.pk):
        file = CityBook(tmp_path, importer).save()
    page = page_of(importer, viewport=PHONE, java_script_enabled=False)
    page.goto("/imports/")
    page.set_input_files("input[type=file]", file)
    page.click("text=上传并检查")
    assert page.locator("text=检查中").count() == 1
    do_the_job(tenant)

    page.reload()
    page.click("text=确认导入")
    do_the_job(tenant)
    page.reload()

    assert page.locator("text=已写入：新增 23 行").count() == 1


def do_the_job(tenant):
    with tenant_context(tenant.pk):
        work(CityImport.objects.get())
