"""The employer's desk on a phone: nothing hides beyond an edge, and no bar covers the list."""

import pytest

from app.core.guard import Role
from tests.browser.visitors import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def beyond(page, selector):
    """How far the links of a row reach beyond the screen, in pixels."""
    widths = (
        f"[...document.querySelectorAll('{selector}')].map(e => e.getBoundingClientRect().right - innerWidth)"
    )
    return max(page.evaluate(widths))


def test_stages_of_the_desk_and_of_its_lists_are_all_in_sight(visits):
    with visits.page(Role.ENTERPRISE) as page:
        for path in ("/desk", "/desk/pipeline"):
            page.goto(path)
            assert beyond(page, ".stage-tabs a") <= 0, path


def test_the_bar_for_many_comes_with_the_first_tick_and_stays_small(visits):
    with visits.page(Role.ENTERPRISE) as page:
        page.goto("/desk/pipeline")
        bar = page.locator(".bulk")
        bar.wait_for(state="hidden")
        page.locator("input[name=id]").first.check()
        bar.wait_for(state="visible")
        assert bar.bounding_box()["height"] <= PHONE["height"] / 8
        bar.locator("summary").click()
        reason = bar.get_by_label("不合适的原因").bounding_box()
        assert reason["x"] >= 0
        assert reason["x"] + reason["width"] <= PHONE["width"]


def test_the_last_of_three_things_to_do_has_the_row_to_itself(visits):
    with visits.page(Role.ENTERPRISE, viewport=DESK) as page:
        page.goto("/desk")
        rows = page.locator(".cols-todo > li")
        rows.last.evaluate(
            "row => { while (row.parentElement.children.length < 3) row.after(row.cloneNode(true)); }"
        )
        for _ in range(rows.count() - 3):  # how many there are depends on what the other tests did
            rows.last.evaluate("row => row.remove()")
        assert rows.count() == 3
        assert rows.nth(2).bounding_box()["width"] > 1.5 * rows.nth(0).bounding_box()["width"]
