"""Matching as people meet it: reasons and gaps, both texts side by side, not interested, the hint in the form, switched off."""

import re

import pytest
from playwright.sync_api import Page, expect

from app.core.guard import Role
from tests.browser.visitors import DESK, PATIENCE, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.slow]
SIZES = pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])


def recommended(page: Page) -> Page:
    """The page of recommendations, once the matcher is read."""
    page.goto("/jobs/recommended")
    for _ in range(20):
        if page.locator(".job").count():
            return page
        page.wait_for_timeout(PATIENCE / 20)
        page.reload()
    raise AssertionError("no recommendations appeared")


def fits(page: Page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@SIZES
def test_a_seeker_reads_reasons_gaps_and_both_texts(visits, size) -> None:
    with visits.page(Role.SEEKER, viewport=size) as page:
        recommended(page)
        expect(page.locator(".why .band").first).to_be_visible()
        assert fits(page)
        page.get_by_role("link", name="逐条对照").first.click()
        expect(page.get_by_role("heading", name="对照原文")).to_be_visible()
        expect(page.get_by_role("heading", name="我的简历")).to_be_visible()
        assert page.locator("mark").count() >= 2
        assert page.locator(".ev").count() >= 1
        assert fits(page)
        assert page.complaints == []


def test_not_interested_takes_a_post_away(visits) -> None:
    with visits.page(Role.SEEKER) as page:
        recommended(page)
        address = page.locator(".job .job-title a").last.get_attribute("href")
        page.locator(".job").last.get_by_role("link", name="不感兴趣").click()
        page.locator("input[type=radio]").first.check()
        page.get_by_role("button", name="不再推荐").click()
        expect(page.get_by_text("不再推荐这个职位")).to_be_visible()
        assert page.locator(f'.job-title a[href="{address}"]').count() == 0


@SIZES
def test_a_recruiter_sees_the_evidence_marked_in_both_texts(visits, size) -> None:
    with visits.page(Role.ENTERPRISE, viewport=size) as page:
        page.goto("/postings")
        links = page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
        number = next(found[1] for link in links if (found := re.fullmatch(r"/postings/(\d+)", link)))
        page.goto(f"/postings/{number}/people")
        page.locator(".job .job-title a").first.click()
        expect(page.get_by_role("heading", name="对照原文")).to_be_visible()
        assert page.locator("[aria-labelledby=sides-post] mark").count() >= 1
        assert page.locator("[aria-labelledby=sides-resume] mark").count() >= 1
        assert fits(page)
        assert page.complaints == []
        page.goto(f"/postings/{number}/edit")
        expect(page.get_by_text(re.compile(r"全县\d+个求职者"))).to_be_visible()
        page.locator("select[name=degree]").select_option(label="博士")
        expect(page.get_by_text(re.compile(r"博士：\d+人够"))).to_be_visible()


@SIZES
def test_the_office_sees_supply_and_demand(visits, size) -> None:
    with visits.page(Role.OFFICE, viewport=size) as page:
        page.goto("/office/supply")
        expect(page.get_by_role("heading", name="按岗位类别")).to_be_visible()
        assert fits(page)
        assert page.complaints == []


def test_who_switches_matching_off_sees_no_band(visits) -> None:
    with visits.page(Role.SEEKER) as page:
        page.goto("/me/privacy")
        switch = page.locator("input[type=checkbox][name=is_matching_on]")
        was_on = switch.is_checked()
        switch.set_checked(False)
        page.get_by_role("button", name=re.compile("保存")).first.click()
        page.goto("/jobs/recommended")
        try:
            expect(page.get_by_text("你关掉了匹配")).to_be_visible()
            page.goto("/jobs")
            assert page.locator(".band").count() == 0
        finally:
            page.goto("/me/privacy")
            page.locator("input[type=checkbox][name=is_matching_on]").set_checked(was_on)
            page.get_by_role("button", name=re.compile("保存")).first.click()
