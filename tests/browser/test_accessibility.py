"""Every page that each role can walk to, and some more: WCAG 2.1 A and AA by axe, nothing in the console, nothing that scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app.core.guard import Role
from tests.browser.visitors import DESK, PHONE
from tests.browser.walking import walk

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
NARROW = {"width": 360, "height": 740}

# Beside what can be walked to by links: states that a link does not lead to. An address, or a list and the selector
# of the link on it that is followed.
MORE = {
    None: (
        "/jobs?q=操作工&degree=3&benefit=双休",
        "/jobs?q=不存在的职位名称xyz",
        "/sign-in?way=password",
        "/sign-up?as=enterprise",
        "/no-such-page",
        "/jobs/999999",
        "/jobs?lang=en",
        "/?lang=en",
        "/?lang=zh-Hant",
    ),
    Role.SEEKER: (
        "/me/quick/1",
        "/me/quick/2",
        "/me/quick/4",
        "/me/quick/8",
        "/desk",
        "/jobs/recommended?lang=en",
    ),
    Role.ENTERPRISE: (
        ("/desk", ".lane .cand a:visible"),
        ("/desk", ".lane .cand a:visible", "a[href$='/invite']"),
        "/desk?lang=en",
    ),
    Role.ORGANIZER: (),
    Role.OFFICE: (),
    Role.ADMIN: (),
}
FEWEST = {None: 12, Role.SEEKER: 20, Role.ENTERPRISE: 18, Role.ORGANIZER: 6, Role.OFFICE: 8, Role.ADMIN: 6}
REFUSALS = ("404", "403", "410")  # what the console says of pages that are meant to be refused


def opened(page: Page, where: str | tuple[str, ...]) -> str:
    """Go there, following links where the address is not known before; the address it led to."""
    first, *links = (where,) if isinstance(where, str) else where
    page.goto(first)
    for link in links:
        target = page.locator(link).first.get_attribute("href")
        page.goto(target)
    return page.url


def faults(page: Page, where: str | tuple[str, ...], viewport: dict) -> Iterator[str]:
    page.set_viewport_size(viewport)
    page.complaints.clear()
    address = opened(page, where)
    for violation in Axe().run(page, options=RULES).response["violations"]:
        for node in violation["nodes"]:
            yield f"{address}: {violation['id']}: {node['html'][:200]}"
    for said in page.complaints:
        if not any(f"status of {status}" in said for status in REFUSALS):
            yield f"{address}: console: {said}"
    page.set_viewport_size(NARROW if viewport is PHONE else viewport)
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    if width > 0:
        yield f"{address}: scrolls sideways by {width} px at {page.viewport_size['width']}"


@pytest.mark.parametrize(
    ("viewport", "colours"), [(PHONE, "light"), (DESK, "dark")], ids=["phone-light", "desk-dark"]
)
@pytest.mark.parametrize("role", MORE, ids=lambda role: role.value if role else "visitor")
def test_every_page_can_be_used_by_everybody(visits, role, viewport, colours):
    with visits.page(role, viewport=viewport, color_scheme=colours) as page:
        walked = walk(page)
        assert len(walked) >= FEWEST[role], walked
        found = [fault for where in (*walked, *MORE[role]) for fault in faults(page, where, viewport)]
    assert found == [], "\n" + "\n".join(found)
