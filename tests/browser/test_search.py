"""Searching in a real browser: chips, counts, suggestions by keyboard, a shared address, no script, the kinds of things."""

import re

import pytest
from playwright.sync_api import expect

from app.core.guard import Role
from tests.browser.visitors import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
ASKED = "/jobs?q=清流 大专 双休 操作工"


def number(text):
    return int(re.search(r"\d+", text.replace(",", "")).group())


def ids(page):
    return [link.get_attribute("href") for link in page.locator("#results .job-title a").all()]


def test_a_removed_chip_gives_its_words_back(visits):
    with visits.page(viewport=DESK) as page:
        page.goto(ASKED)
        chips = page.locator("#found .chips a")
        before = chips.count()
        expect(page.get_by_role("link", name="去掉条件：福利 双休")).to_be_visible()
        page.get_by_role("link", name="去掉条件：福利 双休").click()
        expect(page.get_by_role("link", name="去掉条件：福利 双休")).to_have_count(0)
        expect(page.get_by_role("link", name=re.compile("去掉条件：搜词 .*双休"))).to_be_visible()
        assert chips.count() == before - 1
        expect(page.locator("input[type=search]").first).to_have_value("清流 大专 双休 操作工")
        assert page.complaints == []


def test_a_count_is_what_choosing_it_gives(visits):
    with visits.page(viewport=DESK) as page:
        page.goto("/jobs?q=操作工")
        option = page.locator("#filters fieldset", has_text="班次").locator("label").first
        promised = number(option.locator(".num").inner_text())
        option.click()
        expect(page.locator("#filters fieldset", has_text="班次").locator("input:checked")).to_have_count(1)
        expect(page.locator("#count")).to_have_text(re.compile(rf"^{promised}个职位"))
        assert "shift=" in page.url
        assert page.complaints == []


@pytest.mark.parametrize("typed", ["氢氟", "qingfu"])
def test_suggestions_are_chosen_by_keyboard(visits, typed):
    with visits.page(viewport=DESK) as page:
        page.goto("/jobs")
        box = page.get_by_role("combobox").or_(page.get_by_role("searchbox")).first
        box.click()
        box.press_sequentially(typed, delay=30)
        option = page.get_by_role("option").first
        expect(option).to_be_visible()
        box.press("ArrowDown")
        expect(page.get_by_role("option", selected=True)).to_have_count(1)
        box.press("Enter")
        page.wait_for_url(re.compile(r"/jobs\?q="))
        assert "q=" + typed not in page.url
        assert page.complaints == []


def test_without_script_the_same_posts_are_found_and_filtered(visits):
    with visits.page(viewport=DESK) as page:
        page.goto(ASKED)
        with_script = ids(page)
    with visits.page(viewport=DESK, java_script_enabled=False) as page:
        page.goto("/jobs")
        page.get_by_role("searchbox").fill("清流 大专 双休 操作工")
        page.get_by_role("button", name="搜索", exact=True).click()
        page.wait_for_url(re.compile(r"q="))
        expect(page.locator("#results .job").first).to_be_visible()
        assert ids(page) == with_script
        page.locator("#filters fieldset", has_text="班次").locator("label").first.click()
        page.get_by_role("button", name="按这些条件筛选").click()
        assert "shift=" in page.url


def test_a_shared_address_shows_the_same_page(visits):
    with visits.page(viewport=DESK) as page:
        page.goto("/jobs?q=电工")
        page.locator("#filters fieldset", has_text="学历").locator("label", has_text="大专").click()
        page.wait_for_url(re.compile("degree=3"))
        address, shown = page.url, ids(page)
        count = page.locator("#count").inner_text()
    with visits.page(viewport=PHONE) as page:
        page.goto(address)
        assert ids(page) == shown
        expect(page.locator("#count")).to_have_text(count)
        expect(page.locator("input[type=search]").first).to_have_value("电工")


def test_what_was_misspelt_says_what_is_shown(visits):
    with visits.page() as page:
        page.goto("/jobs?q=氢弗酸")
        expect(page.get_by_text("已显示“氢氟酸”的结果")).to_be_visible()
        expect(page.locator("#results mark").first).to_be_visible()


def test_nothing_found_offers_a_way_that_finds(visits):
    with visits.page() as page:
        page.goto("/jobs?q=操作工 50000以上")
        way = page.locator("#results .empty .cluster a").first
        promised = number(way.inner_text().split("看")[-1])
        way.click()
        expect(page.locator("#count")).to_have_text(re.compile(rf"^{promised}个职位"))


def test_a_seeker_keeps_a_search_and_forgets_it(visits):
    with visits.page(Role.SEEKER) as page:
        page.goto("/jobs?q=电工")
        page.get_by_role("link", name="保存这个搜索").click()
        page.get_by_label("叫什么").fill("家门口的电工")
        page.get_by_role("button", name="保存").click()
        row = page.get_by_role("listitem").filter(has_text="家门口的电工")
        expect(row).to_be_visible()
        row.get_by_role("button", name="删除").click()
        expect(page.get_by_role("listitem").filter(has_text="家门口的电工")).to_have_count(0)
        assert page.complaints == []


def test_an_employer_searches_people_in_the_same_box(visits):
    with visits.page(Role.ENTERPRISE, viewport=DESK) as page:
        page.goto("/jobs?q=大专 操作工")
        page.get_by_role("link", name="人才", exact=True).click()
        expect(page.locator("input[type=search]").first).to_have_value("大专 操作工")
        expect(page.get_by_role("link", name="去掉条件：学历 大专及以上")).to_be_visible()
        promised = number(page.locator("#count").inner_text())
        assert promised > 0
        page.locator("#results .job-title a").first.click()
        expect(page.get_by_role("button", name="请对方同意看联系方式")).to_be_visible()
        assert page.complaints == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("path", [ASKED, "/companies?q=含氟聚合物", "/jobs?q=*"])
def test_no_page_of_search_is_wider_than_its_screen(visits, viewport, path):
    with visits.page(viewport=viewport) as page:
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        assert page.complaints == []


def test_the_address_keeps_which_job_is_shown_beside_the_list(visits):
    with visits.page(viewport=DESK) as page:
        page.goto("/jobs?q=操作工")
        titles = page.locator("#results .job-title a")
        pane = page.locator("#detail")
        expect(pane).to_contain_text(titles.first.inner_text())
        titles.nth(2).click()
        expect(pane).to_contain_text(titles.nth(2).inner_text())
        number = titles.nth(2).get_attribute("href").split("/")[-1]
        assert page.url.endswith(f"#job-{number}")
        page.reload()
        expect(page.locator("#results .job[aria-current]")).to_contain_text(titles.nth(2).inner_text())
        titles.nth(2).click()
        page.wait_for_url(f"**/jobs/{number}")
        page.go_back()
        expect(page.locator("#results .job[aria-current]")).to_contain_text(titles.nth(2).inner_text())
        assert page.complaints == []
