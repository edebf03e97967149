"""Every main page of every role: WCAG 2.1 A and AA by axe, nothing in the console, nothing that scrolls sideways."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from app.core.guard import Role
from tests.browser.visitors import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
NARROW = {"width": 360, "height": 740}

# An address, or a list and the selector of the link on it that is followed.
PAGES = {
    None: (
        "/",
        "/jobs",
        "/jobs?q=操作工",
        "/jobs?q=不存在的职位名称xyz",
        ("/jobs", ".job .job-title a"),
        "/companies",
        ("/companies", "main a[href^='/companies/']"),
        "/sign-in",
        "/sign-in?way=password",
        "/sign-up",
        "/sign-up?as=enterprise",
        "/recover",
        "/terms",
        "/privacy",
        "/no-such-page",
        "/jobs/999999",
    ),
    Role.SEEKER: (
        "/",
        "/me/",
        "/me/quick/1",
        "/me/quick/2",
        "/me/quick/4",
        "/me/quick/8",
        "/me/resumes",
        "/me/resumes/new",
        ("/me/resumes", "main a[href$='/view']"),
        "/me/import",
        "/me/privacy",
        "/me/viewers",
        "/me/contact-requests",
        "/jobs/recommended",
        "/jobs/saved",
        ("/jobs", ".job .job-title a"),
        ("/jobs?sort=newest", ".job .job-title a", "a[href$='/apply']:visible"),
        "/applications",
        ("/applications", "main a[href^='/applications/']"),
        "/notifications",
        "/account",
        "/account/sessions",
        "/account/password",
        "/account/close",
        "/desk",  # not for seekers: the page that says so
    ),
    Role.ENTERPRISE: (
        "/desk",
        "/desk/pipeline",
        ("/desk", ".lane .cand a:visible"),
        ("/desk", ".lane .cand a:visible", "a[href$='/invite']"),
        "/desk/interviews",
        "/postings",
        "/postings/new",
        "/postings/paste",
        "/postings/import",
        (
            "/postings",
            "main a[href^='/postings/']:not([href$='new']):not([href$='paste']):not([href$='import'])",
        ),
        "/organization",
        "/organization/edit",
        "/organization/members",
        "/notifications",
        "/account",
    ),
    Role.ORGANIZER: ("/organization", "/organization/edit", "/organization/members", "/notifications"),
    Role.OFFICE: (
        "/office/",
        "/office/audit",
        "/review/organizations",
        ("/review/organizations", "main a[href^='/review/organizations/']"),
        "/review/postings",
        ("/review/postings", "main a[href^='/review/postings/']"),
        "/review/reports",
        "/account",
    ),
    Role.ADMIN: (
        "/admin/users",
        "/admin/users/new",
        ("/admin/users", "main a[href^='/admin/users/']:not([href$='new'])"),
        "/account",
    ),
}
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


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("role", PAGES, ids=lambda role: role.value if role else "visitor")
def test_every_page_can_be_used_by_everybody(visits, role, viewport):
    with visits.page(role, viewport=viewport) as page:
        found = [fault for where in PAGES[role] for fault in faults(page, where, viewport)]
    assert found == [], "\n" + "\n".join(found)
