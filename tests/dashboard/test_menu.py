import pytest

from tests.dashboard.test_area_page import text_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def menu(html):
    return html.split('<nav class="side"')[1].split("</nav>")[0]


@pytest.mark.parametrize(
    ("role", "offered", "missing"),
    [
        (
            "city_authority",
            ["工作台", "区划与社工站", "台账", "核验结果", "合规报告", "数据导入", "任务", "任命"],
            [],
        ),
        ("city_finance", ["核验结果", "合规报告"], ["数据导入", "任务", "任命"]),
        (
            "community_committee",
            ["工作台", "区划与社工站"],
            ["台账", "核验结果", "合规报告", "任务", "任命"],
        ),
        ("security_admin", ["任命"], ["核验结果", "合规报告", "任务", "审计"]),
        ("audit_admin", ["工作台", "区划与社工站", "审计"], ["台账", "任命"]),
    ],
)
def test_the_menu_offers_what_ones_verbs_allow(root, client_of, role, offered, missing):
    html = menu(text_of(client_of(UserFactory(role=role, area=root)), "/account/"))

    places = [html.index(f"{word}</a>") for word in offered]
    assert places == sorted(places)
    assert not [word for word in missing if f"{word}</a>" in html]


@pytest.mark.parametrize(
    ("url", "current"),
    [
        ("/", "工作台"),
        ("/areas/440100000000/", "区划与社工站"),
        ("/areas/?q=44", "区划与社工站"),
        ("/ledgers/", "台账"),
    ],
)
def test_the_menu_says_where_one_is(root, client_of, official, url, current):
    html = menu(text_of(client_of(official), url))

    assert html.count("aria-current") == 1
    assert html.split('aria-current="page"')[1].split("</a>")[0].endswith(current)


def test_whatever_is_offered_can_be_opened(root, client_of, official):
    client = client_of(official)
    urls = [part.split('"')[0] for part in menu(text_of(client, "/")).split('<a href="')[1:]]

    assert len(urls) == 9
    assert {client.get(url).status_code for url in urls} == {200}


def test_the_foot_tells_tenant_and_version(tenant, root, client_of, official):
    html = text_of(client_of(official), "/")

    assert f"<span>{tenant.name}</span>" in html
    assert "站点 0." in html
