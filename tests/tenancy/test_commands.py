import csv
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tenancy.context import tenant_context
from tenancy.models import Appointment, Area, Tenant, User
from tests.conftest import suspended
from tests.factories import AreaFactory, TenantFactory, UserFactory

pytestmark = pytest.mark.django_db
LISTS = Path(__file__).parent.parent.parent / "config" / "demo" / "areas"
NATIONAL = LISTS / "national-to-street.csv"


def run(*args, **options):
    """A command stands outside every tenant."""
    out = StringIO()
    with suspended():
        call_command(*args, stdout=out, **options)
    return out.getvalue()


def refused(*args, code=1, **options):
    with pytest.raises(CommandError) as refusal:
        run(*args, **options)
    assert refusal.value.returncode == code
    return str(refusal.value)


def load(tenant, file, root="440000000000", **options):
    return run("load_areas", file, tenant=tenant.slug, root=root, **options)


@pytest.fixture
def listed(tmp_path):
    """Write rows as an official list."""

    def write(*rows, name="list.csv"):
        file = tmp_path / name
        with file.open("w", newline="", encoding="utf-8") as stream:
            csv.writer(stream).writerows([("code", "name", "level", "parent_code"), *rows])
        return file

    return write


PROVINCE = ("440000000000", "广东省", "province", "")
CITY = ("440100000000", "广州市", "city", "440000000000")
DISTRICT = ("440105000000", "海珠区", "district", "440100000000")
STREET = ("440105001000", "赤岗街道", "street", "440105000000")
FARM = ("440105400000", "海珠农场", "street", "440105000000")


def test_a_tenant_is_opened_with_its_system_user():
    out = run("create_tenant", "zunyi", name="遵义市", pack="guizhou", labels='{"level": {}}')

    tenant = Tenant.objects.get(slug="zunyi")
    assert "遵义市" in out
    assert (tenant.pack, tenant.labels) == ("guizhou", {"level": {}})
    assert User.objects.system(tenant).username == "system@zunyi"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"pack": "atlantis"}, "guangzhou-2023"),
        ({"slug": "Zunyi"}, "小写字母"),
        ({"labels": "{"}, "JSON"),
        ({"labels": "[]"}, "JSON 对象"),
    ],
)
def test_an_impossible_tenant_is_refused_with_a_sentence(given, sentence):
    wanted = {"slug": "zunyi", "name": "遵义市", "pack": "guizhou"} | given
    before = Tenant.objects.count()

    assert sentence in refused("create_tenant", wanted.pop("slug"), **wanted)
    assert Tenant.objects.count() == before


def test_a_slug_is_taken_once(tenant):
    message = refused("create_tenant", tenant.slug, name="另一", pack="guizhou")

    assert tenant.slug in message


def test_a_tree_is_loaded_below_its_root_without_the_ancestors(tenant, listed):
    out = load(tenant, listed(PROVINCE, CITY, DISTRICT, STREET, FARM), root="440100000000")

    assert "新增 4" in out
    street = Area.objects.get(code=STREET[0])
    assert street.path == "440100000000/440105000000/440105001000/"
    assert [*Area.objects.counted()] == [street]


def test_a_second_load_updates_and_lists_what_is_missing(tenant, listed):
    load(tenant, listed(PROVINCE, CITY, DISTRICT, STREET, FARM))
    renamed = (*STREET[:1], "赤岗新街道", *STREET[2:])

    out = load(tenant, listed(PROVINCE, CITY, DISTRICT, renamed))

    assert "新增 0，改名 1，不变 3" in out
    assert f"{FARM[0]} 海珠农场" in out
    assert Area.objects.get(code=STREET[0]).name == "赤岗新街道"
    assert Area.objects.filter(code=FARM[0]).exists()


def test_every_fault_is_listed_and_nothing_written(tenant, listed):
    file = listed(
        PROVINCE,
        CITY,
        ("4401", "短", "district", "440100000000"),
        ("440106000000", "", "district", "440100000000"),
        ("440107000000", "某区", "galaxy", "440100000000"),
        DISTRICT,
        DISTRICT,
        ("440108000000", "某区", "district", "44"),
    )

    message = refused("load_areas", file, tenant=tenant.slug, root="440000000000")

    assert "有 6 处问题" in message
    assert all(f"第 {line} 行" in message for line in (4, 5, 6, 7, 8, 9))
    assert not Area.objects.exists()


def test_orphans_are_listed(tenant, listed):
    orphan = ("440201000000", "武江区", "district", "440200000000")

    message = refused(
        "load_areas", listed(PROVINCE, CITY, orphan), tenant=tenant.slug, root=PROVINCE[0]
    )

    assert "第 4 行" in message
    assert "440200000000" in message


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"root": "990000000000"}, "--root"),
        ({"file": "nowhere.csv"}, "文件不存在"),
    ],
)
def test_what_cannot_be_read_is_said(tenant, listed, options, sentence):
    wanted = {"root": PROVINCE[0], "tenant": tenant.slug, "file": listed(PROVINCE)} | options

    assert sentence in refused("load_areas", wanted.pop("file"), **wanted)


@pytest.mark.parametrize("command", ["load_areas", "appoint", "verify_audit"])
def test_an_unknown_tenant_is_a_wrong_call_that_names_the_known(tenant, command):
    more = {
        "load_areas": ["list.csv", "--root=440000000000"],
        "appoint": ["li.lei", "--role=worker", "--area=440000000000"],
    }
    message = refused(command, *more.get(command, []), "--tenant=atlantis", code=2)

    assert "没有租户 atlantis" in message
    assert tenant.slug in message


def test_another_root_is_refused(tenant, listed):
    file = listed(PROVINCE, CITY, DISTRICT)
    load(tenant, file, root=CITY[0])

    assert "广州市" in refused("load_areas", file, tenant=tenant.slug, root=PROVINCE[0])


@pytest.mark.full
@pytest.mark.parametrize(
    ("root", "communities", "counts"),
    [
        ("440100000000", "communities-guangzhou.csv", (11, 178, 176, 2851)),
        ("310118000000", "communities-qingpu.csv", (1, 11, 11, 355)),
    ],
)
def test_the_real_lists_load_to_their_known_counts(tenant, root, communities, counts):
    load(tenant, NATIONAL, root=root, communities=[LISTS / communities])

    def count(level):
        return Area.objects.filter(level=level).count()

    streets = Area.objects.counted().count()
    assert (count("district"), count("street"), streets, count("community")) == counts


def test_a_double_code_as_root_means_the_higher_level(tenant):
    load(tenant, NATIONAL, root="441900000000")

    assert tenant.root().level == "city"
    assert Area.objects.filter(code="441900000000").count() == 2


@pytest.mark.full
def test_the_whole_country_loads(tenant):
    out = load(tenant, NATIONAL, root="000000000000")

    assert "新增 44704" in out
    assert tenant.root().name == "全国"


def appoint(tenant, username, area, role="city_authority", **options):
    return run("appoint", username, tenant=tenant.slug, role=role, area=area.code, **options)


def test_the_first_user_is_appointed_with_a_password_printed_once(tenant, root):
    out = appoint(tenant, "li.lei", root, name="李雷")

    person = User.objects.get(username="li.lei")
    password = out.split("：")[1].strip()
    assert person.check_password(password)
    assert (person.name, person.must_change_password, person.tenant) == ("李雷", True, tenant)
    assert person.appointments.get().role == "city_authority"


def test_an_existing_person_gets_an_office_and_no_password(tenant, root):
    UserFactory(username="li.lei")

    assert "临时密码" not in appoint(tenant, "li.lei", root)


def test_the_command_refuses_with_sentences(tenant, root):
    with suspended(), tenant_context(TenantFactory().pk):
        UserFactory(username="foreign")
    missing = AreaFactory.build(code="990000000000")

    def no(username, area=root):
        return refused(
            "appoint", username, tenant=tenant.slug, role="city_authority", area=area.code
        )

    assert "已被使用" in no("foreign")
    assert "990000000000" in no("li.lei", missing)
    assert "小写" in no("李雷")
    appoint(tenant, "li.lei", root)
    assert "已经担任" in no("li.lei")
    assert Appointment.objects.count() == 1
