"""The small scripts, in a real browser, under the content policy of production."""

import threading
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import flash, redirect, render_template_string, request
from flask_wtf.csrf import CSRFProtect
from werkzeug.serving import make_server

from app.core import assets, gallery, headers, presentation, translation

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NAV = {
    "main": [{"href": "/states", "label": "首页", "icon": "house-door", "current": True}],
    "tabs": [],
    "me": [{"href": "/out", "label": "退出", "icon": "box-arrow-right", "current": False}],
    "foot": [],
    "home": "/states",
    "who": "陈国栋",
    "unread": 0,
}
LONG_FORM = """{% extends 'base.html' %}{% block title %}长表单{% endblock %}{% block main %}
<form method="post" class="form" data-draft="long"><input type="hidden" name="csrf_token" value="{{ csrf_token() }}">
<label for="t">名称</label><input class="form-control" id="t" name="t" value="原来的">
<div data-rows="edu"><div data-row="0"><input name="edu-0-school" aria-label="学校"><button data-remove name="drop" value="0">删掉</button></div>
<template><div data-row="__n__"><input name="edu-__n__-school" aria-label="学校"><button data-remove name="drop" value="__n__">删掉</button></div></template></div>
<button data-add="edu" name="add" value="edu">加一段</button>
<div x-data="reveal" data-when="choice"><select data-by x-on:change="read" aria-label="类型"><option value="text">文字</option><option value="choice">选择</option></select><p id="extra" x-show="isShown" x-cloak>每行一个选项</p></div>
<button class="btn btn-primary" id="send">保存</button></form>{% endblock %}"""

OPTIONS = ".suggest-list [role=option]"


def _site():
    app = translation.SpeakingFlask("qingcai", root_path=str(Path(gallery.__file__).parents[1]))
    app.config.update(SECRET_KEY="k" * 40, received=[], answer="save")
    CSRFProtect(app)
    for part in (translation, presentation, assets, headers, gallery):
        part.init_app(app)
    app.context_processor(lambda: {"nav": NAV})

    @app.route("/long", methods=["GET", "POST"])
    def long():
        if request.method == "POST":
            app.config["received"].append(request.form.to_dict(flat=False))
            if app.config["answer"] == "fail":
                return "没有成功", 500
            flash("已保存", "success")
            return redirect("/long")
        return render_template_string(LONG_FORM)

    return app


@pytest.fixture(scope="module")
def site():
    app = _site()
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    app.config["base"] = f"http://127.0.0.1:{server.server_port}"
    yield app
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium, site):
    site.config.update(received=[], answer="save")
    context = chromium.new_context(
        base_url=site.config["base"], locale="zh-CN", viewport={"width": 1440, "height": 900}
    )
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    complaints = []
    page.on(
        "console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints
    yield page
    context.close()


def opened(page, path="/states"):
    page.goto(path)  # returns after the load event, by which the modules have run
    return page


def test_the_strict_policy_is_never_offended_not_even_by_charts_and_alpine(page):
    opened(page).locator(".chart svg").nth(1).wait_for()
    opened(page, "/long").locator("#extra:not([x-cloak])").wait_for(state="attached")
    page.get_by_label("类型").select_option("choice")
    page.locator("#extra").wait_for()
    assert page.complaints == []


@pytest.mark.parametrize("width", [360, 390, 768, 1440])
def test_nothing_scrolls_sideways(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    opened(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_the_page_of_all_parts(page, width, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    page.set_viewport_size({"width": width, "height": 900})
    opened(page).locator(".chart svg").nth(1).wait_for()
    found = Axe().run(page)
    assert found.violations_count == 0, found.generate_report()


def test_the_summary_of_errors_takes_the_focus(page):
    opened(page)
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"


def test_suggestions_are_chosen_with_the_keyboard(page):
    box = opened(page).get_by_role("combobox", name="职位名称")
    box.fill("")
    box.press_sequentially("氟化")
    page.locator(OPTIONS).first.wait_for()
    assert box.get_attribute("aria-expanded") == "true"
    box.press("ArrowUp")
    last = page.locator(OPTIONS).last
    assert box.get_attribute("aria-activedescendant") == last.get_attribute("id")
    box.press("ArrowDown")
    box.press("Enter")
    assert box.input_value() == "氟化工艺"
    assert box.get_attribute("aria-expanded") == "false"


def test_escape_closes_suggestions_and_keeps_what_was_typed(page):
    box = opened(page).get_by_role("combobox", name="职位名称")
    box.fill("")
    box.press_sequentially("氟化")
    page.locator(OPTIONS).first.wait_for()
    box.press("Escape")
    assert page.locator(OPTIONS).count() == 0
    assert box.input_value() == "氟化"


def test_a_dangerous_act_asks_in_a_dialog_that_escape_closes(page):
    opened(page).get_by_role("link", name="下架职位").click()
    dialog = page.get_by_role("dialog")
    assert dialog.get_by_role("button", name="下架", exact=True).is_visible()
    page.keyboard.press("Escape")
    assert dialog.count() == 0


def test_the_menu_closes_on_escape_and_returns_the_focus(page):
    opened(page).locator("summary.menu-open").click()
    assert page.get_by_role("button", name="退出").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="退出").is_visible()
    assert page.evaluate("document.activeElement.className") == "menu-open"


def test_what_was_typed_comes_back_after_leaving_the_page(page):
    opened(page, "/long").fill("#t", "打了很久的字")
    page.click("[data-add]")
    page.fill("[name=edu-1-school]", "第二所学校")
    page.wait_for_timeout(600)
    opened(page)
    opened(page, "/long")
    assert page.input_value("#t") == "打了很久的字"
    assert page.input_value("[name=edu-1-school]") == "第二所学校"
    page.get_by_role("button", name="不要，改回原来的").click()
    assert page.input_value("#t") == "原来的"


def test_a_draft_survives_a_failed_save_and_goes_after_a_good_one(page, site):
    site.config["answer"] = "fail"
    opened(page, "/long").fill("#t", "不能丢")
    page.click("#send")
    page.get_by_text("没有成功").wait_for()
    opened(page, "/states")
    assert opened(page, "/long").input_value("#t") == "不能丢"
    site.config["answer"] = "save"
    page.click("#send")
    page.get_by_text("已保存").wait_for()
    assert opened(page, "/long").input_value("#t") == "原来的"
    assert page.locator(".draft-note").count() == 0


def test_signing_out_forgets_the_drafts_of_this_device(page):
    opened(page, "/long").fill("#t", "私事")
    page.wait_for_timeout(600)
    page.locator("summary.menu-open").click()
    page.get_by_role("button", name="退出").click()
    page.wait_for_load_state()
    assert opened(page, "/long").input_value("#t") == "原来的"


def test_a_double_press_sends_once_and_a_later_press_is_let_through(page, site):
    opened(page, "/long").evaluate("""() => {
      const button = document.querySelector('#send');
      button.click(); button.click(); button.click();
    }""")
    page.get_by_text("已保存").wait_for()
    assert len(site.config["received"]) == 1
    with page.expect_navigation():
        page.click("#send")
    assert len(site.config["received"]) == 2


def test_a_filled_row_asks_once_before_it_goes(page):
    opened(page, "/long").click("[data-add]")
    page.fill("[name=edu-1-school]", "某校")
    button = page.locator("[data-row='1'] [data-remove]")
    button.click()
    assert button.inner_text() == "真的删掉"
    button.click()
    assert page.locator("[data-row]").count() == 1


def test_a_part_is_shown_only_while_its_choice_holds(page):
    opened(page, "/long")
    extra = page.locator("#extra:not([x-cloak])")  # the cloak falls when the component is ready
    extra.wait_for(state="attached")
    assert not extra.is_visible()
    page.get_by_label("类型").select_option("choice")
    extra.wait_for(state="visible")
    page.get_by_label("类型").select_option("text")
    extra.wait_for(state="hidden")


def test_a_dropped_file_is_named_with_its_size(page):
    opened(page).set_input_files(
        "#licence", {"name": "执照.pdf", "mimeType": "application/pdf", "buffer": b"x" * 2048}
    )
    assert page.locator("[data-drop-names]").inner_text() == "执照.pdf（2 KB）"


def test_the_address_is_copied(page):
    opened(page).get_by_role("button", name="复制链接").click()
    page.get_by_text("已复制").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_without_a_script_filter_menu_and_stages_still_open(chromium, site):
    context = chromium.new_context(
        base_url=site.config["base"],
        java_script_enabled=False,
        locale="zh-CN",
        viewport={"width": 390, "height": 844},
    )
    page = context.new_page()
    page.goto("/states")
    page.get_by_role("link", name="筛选").click()
    assert page.get_by_role("button", name="看25个职位").is_visible()
    page.get_by_role("link", name="关闭筛选").click()
    assert not page.get_by_role("button", name="看25个职位").is_visible()
    page.locator("summary.menu-open").click()
    assert page.get_by_role("button", name="退出").is_visible()
    page.goto("/states#c3")
    assert page.locator("#c3").is_visible()
    assert not page.locator("#c1").is_visible()
    context.close()
