"""What comes out of the printer: the résumé or the post, nothing to press and nothing of the page around it."""

import pytest

from app.core.guard import Role
from tests.browser.visitors import DESK

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

AROUND = ".topbar, .tabbar, .foot, .crumbs, .btn, .stage-tabs, progress"


def printed(page, path):
    page.goto(path)
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 794, "height": 1123})  # A4 at 96 dots an inch
    return page.locator(AROUND).filter(visible=True).count()


def test_a_resume_is_printed_alone(visits):
    with visits.page(Role.SEEKER, viewport=DESK) as page:
        page.goto("/me/resumes")
        path = page.locator('main a[href*="/view"]').first.get_attribute("href")
        assert printed(page, path) == 0
        assert page.locator("article").filter(visible=True).count() == 1
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


def test_a_post_is_printed_without_the_page_around_it(visits):
    with visits.page(viewport=DESK) as page:
        page.goto("/jobs")
        path = page.locator(".job h3 a").first.get_attribute("href")
        assert printed(page, path) == 0
