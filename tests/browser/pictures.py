"""Takes the README's pictures: `python3 dev.py pictures`, or `python -m tests.browser.pictures [ADDRESS]`.

With ADDRESS, of a site that already runs with demonstration data; without, of one made for the purpose.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from app.core.guard import Role
from tests.bench.server import flask, running
from tests.browser.conftest import CHROMIUM
from tests.browser.visitors import DESK, Visits

FOLDER = Path(__file__).with_name("pictures")
LARGEST = 300_000  # bytes
HAND = {"width": 390, "height": 844}
PICTURES = (  # file, whose page, how large, address, links to follow
    ("home", None, DESK, "/", ()),
    ("search", None, DESK, "/jobs?q=清流 操作工 包住", ()),
    ("post", Role.SEEKER, DESK, "/jobs/recommended", (".job .job-title a",)),
    ("desk", Role.ENTERPRISE, DESK, "/desk", ()),
    ("candidate", Role.ENTERPRISE, DESK, "/desk", (".lane .cand a",)),
    ("quick", Role.SEEKER, HAND, "/me/quick/4", ()),
    ("phone", Role.SEEKER, HAND, "/jobs?q=操作工", ()),
    ("office", Role.OFFICE, DESK, "/office/", ()),
)


def take(page: Page, name: str, address: str, links: tuple[str, ...]) -> None:
    page.goto(address)
    for link in links:
        page.goto(page.locator(link).first.get_attribute("href"))
    page.wait_for_load_state("networkidle")
    path = FOLDER / f"{name}.png"
    page.screenshot(path=path, animations="disabled")
    size = path.stat().st_size
    print(f"{path.name}: {size // 1000} kB{', too large for the README' if size > LARGEST else ''}")


def take_all(address: str) -> None:
    FOLDER.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        visits = Visits(browser, address)
        for name, role, viewport, where, links in PICTURES:
            with visits.page(role, viewport=viewport) as page:
                take(page, name, where, links)
        browser.close()


def main() -> None:
    if len(sys.argv) > 1:
        take_all(sys.argv[1])
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        flask(folder, "prepare")  # the county's demonstration, as `dev.py run` shows it
        with running(folder, WEB_WORKERS="1") as (address, _):
            take_all(address)


if __name__ == "__main__":
    main()
