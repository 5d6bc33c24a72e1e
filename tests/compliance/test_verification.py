"""Whether a paper is genuine: known to whoever holds it, and nothing else of it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compliance import actions
from compliance.reports.verification import as_printed
from tenancy import throttle
from tenancy.context import tenant_context
from tenancy.models import PublicKey, SignInFailure, Tenant
from tenancy.periods import parse_period
from tests.compliance.ledgers import fengyang, hire
from tests.compliance.reports import built
from tests.conftest import TenantlessClient, suspended
from tests.factories import AreaFactory, PostFactory, TenantFactory, UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("today", "unprinted")]
UNKNOWN = "2222-3333-4444-5555"


@pytest.fixture
def stranger():
    return TenantlessClient()


def verified(client, code, **options):
    return client.get(f"/verify/{code}/", **options)


def test_a_genuine_paper_is_told_with_what_stands_on_it(root, stranger):
    district, *_ = fengyang(root)
    report = built(district)

    response = verified(stranger, report.check_code)

    html = response.content.decode()
    assert response.status_code == 200
    assert "报告真实，现行有效" in html
    for told in ("海珠区", "440105000000", "2025年第四季度", report.sha256, report.workbook_sha256):
        assert told in html


def test_nobody_is_named(root, stranger):
    *_, station = fengyang(root)
    hire(PostFactory(station=station), name="欧阳某某")
    by = UserFactory(name="司马某某", role="city_authority", area=root)
    report = actions.build_report(area=root, period=parse_period("2025-Q4"), by=by)

    html = verified(stranger, report.check_code).content.decode()

    assert "报告真实" in html
    assert not {"欧阳", "司马"} & {html[at : at + 2] for at in range(len(html))}


def test_a_replaced_paper_names_what_replaced_it(root, stranger):
    *_, station = fengyang(root)
    first = built(root)
    hire(PostFactory(station=station), "verified")
    second = built(root)

    old, new = (verified(stranger, one.check_code).content.decode() for one in (first, second))

    assert "报告真实，已被替代" in old
    assert "第 2 版于 2026-02-01" in old
    assert "报告真实，现行有效" in new


def test_an_unknown_code_is_told_plainly_after_the_same_look_up(
    root, stranger, django_assert_num_queries
):
    built(root)

    response = verified(stranger, UNKNOWN)

    assert response.status_code == 404
    assert f"没有校验码为 {UNKNOWN} 的报告" in response.content.decode()
    with django_assert_num_queries(1):
        assert PublicKey.objects.tenant_of_paper(UNKNOWN) is None


@pytest.mark.parametrize(
    "spell",
    [str.lower, lambda code: code.replace("-", " "), lambda code: f" {code.replace('-', '')} "],
)
def test_a_code_is_known_however_it_is_typed(root, stranger, spell):
    report = built(root)

    response = stranger.get("/verify/", {"code": spell(report.check_code)})

    assert "报告真实" in response.content.decode()


@pytest.mark.parametrize("text", ["<script>", "—", "x" * 10_000, "ＡＢＣＤ", "%"])
def test_any_text_may_be_typed(root, stranger, text):
    response = stranger.get("/verify/", {"code": text})

    assert response.status_code in {200, 404}
    assert "<script>alert" not in response.content.decode()


def test_full_width_letters_are_folded():
    assert as_printed("ａｂｃｄ２３４５") == "ABCD-2345"


def test_the_page_without_a_code_asks_for_one(stranger):
    response = stranger.get("/verify/")

    assert response.status_code == 200
    assert 'name="code"' in response.content.decode()


def test_whose_paper_it_is_does_not_matter(root, client_of, official):
    """Somebody signed in at one tenant holds a paper of another."""
    with suspended():
        other = TenantFactory(name="别的市")
        with tenant_context(other.pk):
            report = built(AreaFactory(level="city", parent=None))

    response = verified(client_of(official), report.check_code)

    assert response.status_code == 200
    assert "别的市" in response.content.decode()


def test_a_paper_outlives_its_tenant(root, tenant, stranger):
    report = built(root)
    Tenant.objects.filter(pk=tenant.pk).update(ended_at=timezone.now())

    assert verified(stranger, report.check_code).status_code == 200


def test_who_guesses_waits_and_nobody_else(root, stranger):
    report = built(root)
    for _ in range(throttle.FREE_GUESSES + 3):
        SignInFailure.objects.update(last_at=timezone.now() - timedelta(minutes=20))
        assert verified(stranger, UNKNOWN).status_code == 404

    refused = verified(stranger, report.check_code)
    elsewhere = verified(stranger, report.check_code, REMOTE_ADDR="203.0.113.9")

    assert (refused.status_code, elsewhere.status_code) == (429, 200)
    assert "8 秒后再试" in refused.content.decode()
    assert throttle.seconds_to_wait("li.lei", "127.0.0.1") == 0


def test_genuine_papers_are_verified_without_end(root, stranger):
    report = built(root)

    for _ in range(throttle.FREE_GUESSES + 5):
        assert verified(stranger, report.check_code).status_code == 200
    assert not SignInFailure.objects.exists()


def test_a_token_opens_no_report_and_a_code_nobodys_account(root):
    report = built(root)

    assert PublicKey.objects.bearer_of(report.check_code) is None
    key = PublicKey.objects.get()
    assert (key.kind, key.user, key.expires_at) == (PublicKey.Kind.REPORT, None, None)
    assert report.check_code not in str(vars(key))
