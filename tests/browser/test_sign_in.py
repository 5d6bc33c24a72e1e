import re

import pytest
from playwright.sync_api import expect

from tenancy.actions import people
from tenancy.context import tenant_context
from tenancy.models import User
from tests.browser.demonstration import PASSWORD, enter
from tests.factories import AreaFactory, UserFactory


@pytest.fixture
def official(tenant):
    with tenant_context(tenant.pk):
        root = AreaFactory(level="city", code="440100000000", name="广州市")
        user = UserFactory(username="guangzhou", role="city_authority", area=root)
        people.change_password(user=user, password=PASSWORD)
    return User.objects.get(pk=user.pk)


def test_the_log_in_page_is_accessible_and_fits_a_phone(page, axe, fits_a_phone):
    page.goto("/login/")

    axe(page)
    fits_a_phone(page)
    axe(page)


def test_a_person_signs_in_and_out(page, official, axe):
    page.goto("/account/")
    expect(page).to_have_url(re.compile(r"/login/\?next=/account/$"))

    enter(page, "guangzhou", PASSWORD)
    expect(page).to_have_url(re.compile(r"/account/$"))
    axe(page)

    page.locator("header summary").click()
    page.get_by_role("button", name="退出登录").click()
    expect(page).to_have_url(re.compile(r"/login/"))
    page.goto("/account/")
    expect(page).to_have_url(re.compile(r"/login/\?next=/account/$"))


def test_a_wrong_password_is_told_beside_its_field(page, official, axe):
    page.goto("/login/")

    enter(page, "guangzhou", "不是这个口令")

    expect(page.get_by_role("alert").first).to_be_visible()
    axe(page)


@pytest.mark.full
def test_the_account_page_fits_a_phone(page_of, official, axe, fits_a_phone):
    page = page_of(official)
    page.goto("/account/")

    axe(page)
    fits_a_phone(page)
