"""One real site and one real browser for all browser tests: gunicorn, the worker, and the small demonstration."""

import os
import shutil

import pytest
from playwright.sync_api import sync_playwright

from tests.bench.server import flask, running
from tests.browser.visitors import Visits
from tests.conftest import HAS_FONT

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def chromium():
    if CHROMIUM is None:
        pytest.skip("no Chromium on this machine")
    if not HAS_FONT:
        pytest.skip("no Chinese font is installed (fonts-noto-cjk)")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def real_site(tmp_path_factory):
    """The address of the site; REAL_SITE names one that already runs, which saves a minute while writing tests."""
    if address := os.environ.get("REAL_SITE"):
        yield address
        return
    folder = tmp_path_factory.mktemp("real-site")
    flask(folder, "prepare", "--empty")
    flask(folder, "seed", "--size", "small")
    with running(folder, WEB_WORKERS="1") as (address, _):
        yield address


@pytest.fixture(scope="session")
def visits(chromium, real_site):
    return Visits(chromium, real_site)
