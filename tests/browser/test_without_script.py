"""The site with scripts turned off, and the browser's own buttons: back and reload."""

import re

import pytest
from playwright.sync_api import expect

from app.core.guard import Role
from tests.browser.visitors import PHONES, follow, press, sign_in_by_password

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

BOTH = pytest.mark.parametrize("has_script", [True, False], ids=["with-script", "without-script"])
JOBS = ".job .job-title a"


def count(page) -> int:
    return int(re.sub(r"\D", "", page.locator("#count").inner_text()))


def open_a_post_to_apply_to(page) -> None:
    """The first post in the list that this person has not applied to."""
    page.goto("/jobs?sort=newest")
    for address in page.locator(JOBS).evaluate_all("links => links.map(link => link.href)"):
        page.goto(address)
        ways = page.get_by_role("link", name="投递简历").filter(visible=True)
        if ways.count():  # where one has applied already, the way leads to the application
            ways.first.click()
            return
    pytest.fail("nothing is left to apply to")


def hand_in(page) -> None:
    """Answer whatever the employer asks with the first choice or a sentence, agree, apply."""
    for group in page.locator("fieldset:has(input[name^=answer_])").all():
        group.locator("input").first.check()
    for box in page.locator("textarea[name^=answer_]").all():
        box.fill("可以")
    page.locator("#consent").check()
    press(page, "投递简历")
    expect(page.locator("main")).to_contain_text("看交出去的简历")


def applications(page) -> int:
    page.goto("/applications")
    return page.locator("main a[href^='/applications/']").evaluate_all(
        "links => new Set(links.map(link => link.pathname).filter(path => /\\d$/.test(path))).size"
    )


def test_searching_filtering_and_turning_pages_need_no_script(visits):
    with visits.page(java_script_enabled=False) as page:
        page.goto("/")
        page.get_by_label("搜职位").fill("操作工")
        press(page, "搜索")
        found = count(page)
        assert found > 0
        page.locator("a[href='#filters']").click()
        page.locator("#filters input[name=shift]").first.check()
        page.locator("#filters .facets-foot button").click()
        expect(page).to_have_url(re.compile(r"shift="))
        expect(page.get_by_label("搜职位")).to_have_value("操作工")
        assert 0 < count(page) < found

        page.goto("/jobs")
        first = page.locator(JOBS).all_inner_texts()
        page.locator("a[rel=next]").click()
        expect(page.locator("a[rel=prev]")).to_be_visible()
        assert page.locator(JOBS).all_inner_texts() != first


def test_signing_in_reading_a_post_and_applying_need_no_script(visits):
    with visits.page(java_script_enabled=False) as page:
        sign_in_by_password(page, PHONES[Role.SEEKER])
        before = applications(page)
        open_a_post_to_apply_to(page)
        hand_in(page)
        assert applications(page) == before + 1


def test_a_refused_form_keeps_what_was_typed_without_a_script(visits):
    with visits.page(java_script_enabled=False) as page:
        page.goto("/sign-in")
        page.get_by_label("手机号或邮箱").fill("1380000")
        press(page, "获取验证码")
        expect(page.get_by_role("alert")).to_contain_text("手机号是11位")
        expect(page.get_by_label("手机号或邮箱")).to_have_value("1380000")


@BOTH
def test_going_back_from_a_post_keeps_the_search(visits, has_script):
    with visits.page(java_script_enabled=has_script) as page:
        page.goto("/jobs?q=操作工")
        page.locator("a[href='#filters']").click()
        page.locator("#filters input[name=shift]").first.check()
        page.locator("#filters .facets-foot button").click()
        expect(page).to_have_url(re.compile(r"shift="))
        expect(page.locator("#filters input[name=shift]").first).to_be_checked()
        address, found = page.url, count(page)
        page.locator(JOBS).first.click()
        expect(page).to_have_url(re.compile(r"/jobs/\d+"))
        page.go_back()
        expect(page).to_have_url(address)
        expect(page.locator("#filters input[name=shift]").first).to_be_checked()
        expect(page.get_by_label("搜职位")).to_have_value("操作工")
        assert count(page) == found
        page.reload()
        assert count(page) == found


@BOTH
def test_reloading_or_going_back_after_applying_does_not_apply_twice(visits, has_script):
    with visits.page(Role.SEEKER, java_script_enabled=has_script) as page:
        before = applications(page)
        open_a_post_to_apply_to(page)
        hand_in(page)
        application = page.url
        page.reload()
        expect(page.locator("main")).to_contain_text("看交出去的简历")
        page.go_back()
        if (
            page.url != application
        ):  # the form again, from the network or from memory: it leads to the application
            page.reload()
        expect(page).to_have_url(application)
        assert applications(page) == before + 1


def test_signing_out_needs_no_script(visits):
    with visits.page(java_script_enabled=False) as page:
        sign_in_by_password(page, PHONES[Role.SEEKER])
        page.goto("/applications")
        follow(page, "清才荟萃")
        page.locator("details.menu summary").click()
        press(page, "退出登录")
        page.goto("/applications")
        expect(page).to_have_url(re.compile(r"/sign-in"))
