"""Parameters changed by an authority, and opening figures, on their pages."""

from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from compliance.models import OpeningFigure, Override
from tenancy.models import AuditEvent
from tests.compliance.ledgers import fengyang
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2025, 12, 1)
KEY = {"submission": "a-key-of-the-parameter-pages"}


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def places(root):
    return fengyang(root)


@pytest.fixture
def district_official(places):
    return UserFactory(role="district_authority", area=places[0])


@pytest.fixture
def street_officer(places):
    return UserFactory(role="street_office", area=places[1])


def paper():
    return SimpleUploadedFile("通知.pdf", b"%PDF-1.7\n")


def override(client, area, **changes):
    data = {
        "parameter": "POST-06 price",
        "value": "130000",
        "valid_from": "2025-12-01",
        "valid_to": "",
        "instrument": "海民〔2025〕1号",
        "document": paper(),
        **KEY,
        **changes,
    }
    return client.post(f"/areas/{area.code}/overrides/new/", data)


def opening(client, project, **changes):
    data = {"year": "1", "workers": "20", "certified": "9", "document": paper(), **KEY, **changes}
    return client.post(f"/projects/{project.pk}/opening-figures/", data)


def test_a_district_raises_the_price_and_the_list_says_so(client_of, district_official, places):
    client = client_of(district_official)

    response = override(client, places[0])

    made = Override.objects.get()
    assert response.url == f"/overrides/{made.pk}/"
    html = client.get("/parameters/").content.decode()
    assert "海珠区 130,000" in html
    assert "海民〔2025〕1号" in client.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"value": "110000"}, "只能调高"),
        ({"value": "十三万"}, "读不懂"),
        ({"valid_to": "2025-11-30"}, "早于施行日期"),
        ({"document": SimpleUploadedFile("x.pdf", b"MZ")}, "只接受 PDF"),
        ({"instrument": ""}, "必填"),
        ({"parameter": "COV-01 floor"}, "COV-01 floor"),
    ],
)
def test_what_is_wrong_is_told_and_the_input_kept(
    client_of, district_official, places, changes, sentence
):
    response = override(client_of(district_official), places[0], **changes)

    html = response.content.decode()
    assert response.status_code == 422
    assert sentence in html
    assert "海民〔2025〕1号" in html or "instrument" in changes
    assert not Override.objects.exists()


def test_twice_in_the_same_time_is_told(client_of, district_official, places):
    client = client_of(district_official)
    override(client, places[0])

    response = override(client, places[0], submission="another-key-of-the-pages")

    assert response.status_code == 422
    assert "已有同一参数的调整" in response.content.decode()


def test_an_override_ends_on_a_day_of_its_own(client_of, district_official, places):
    client = client_of(district_official)
    override(client, places[0])
    made = Override.objects.get()

    early = client.post(f"/overrides/{made.pk}/end/", {"last_day": "2025-11-30"})
    right = client.post(f"/overrides/{made.pk}/end/", {"last_day": "2025-12-31"})

    made.refresh_from_db()
    assert (early.status_code, right.status_code) == (422, 302)
    assert made.valid_to == date(2025, 12, 31)


def test_the_paper_is_a_download_that_is_written_down(client_of, district_official, places):
    client = client_of(district_official)
    override(client, places[0])

    response = client.get(f"/overrides/{Override.objects.get().pk}/document/")

    assert response.content == b"%PDF-1.7\n"
    assert response.headers["Content-Disposition"].startswith("attachment")
    assert AuditEvent.objects.filter(verb="download-document").count() == 1


def test_a_street_reads_its_district_s_override_and_changes_nothing(
    client_of, district_official, street_officer, places
):
    override(client_of(district_official), places[0])
    made = Override.objects.get()
    client = client_of(street_officer)

    assert client.get(f"/overrides/{made.pk}/").status_code == 200
    assert client.post(f"/overrides/{made.pk}/end/", {"last_day": "2025-12-31"}).status_code == 403
    assert override(client, places[1]).status_code == 403


def test_an_opening_figure_is_attested_and_withdrawn(client_of, street_officer, places):
    client, project = client_of(street_officer), places[2].projects.get()

    opening(client, project)
    page = client.get(f"/projects/{project.pk}/opening-figures/").content.decode()
    figure = OpeningFigure.objects.get()
    document = client.get(f"/opening-figures/{figure.pk}/document/")
    client.post(f"/opening-figures/{figure.pk}/withdraw/")

    assert "9/20" in page
    assert document.content == b"%PDF-1.7\n"
    assert not OpeningFigure.objects.exists()


def test_only_years_that_are_over_are_offered(client_of, street_officer, places):
    project = places[2].projects.get()
    page = client_of(street_officer).get(f"/projects/{project.pk}/opening-figures/")

    html = page.content.decode()
    assert "第 1 年（到 2024-05-31）" in html
    assert "第 2 年（到 2025-05-31）" in html
    assert "第 3 年" not in html


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"certified": "21"}, "持证人数不超过在岗社工人数"),
        ({"workers": "0"}, "1。"),
        ({"year": "3"}, "3"),
        ({"document": SimpleUploadedFile("x.png", b"GIF89a")}, "只接受 PDF"),
    ],
)
def test_what_is_wrong_with_a_figure_is_told(client_of, street_officer, places, changes, sentence):
    response = opening(client_of(street_officer), places[2].projects.get(), **changes)

    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not OpeningFigure.objects.exists()


def test_a_year_is_attested_once(client_of, street_officer, places):
    client, project = client_of(street_officer), places[2].projects.get()
    opening(client, project)

    response = opening(client, project, submission="another-key-of-the-pages")

    assert response.status_code == 422
    assert "已有期初持证数" in response.content.decode()


def test_who_may_not_change_projects_attests_nothing(client_of, root, places):
    project = places[2].projects.get()
    finance = client_of(UserFactory(role="city_finance", area=root))

    assert opening(finance, project).status_code == 403
