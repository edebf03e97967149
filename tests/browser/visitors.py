"""People in front of a browser: each has a context of their own, signs in by typing, and notes every complaint."""

import re
from contextlib import contextmanager

import pyotp
from playwright.sync_api import Browser, Page, expect

from app.core.guard import Role
from app.demo.accounts import PASSWORD, SIGN_INS, TOTP_KEY

PATIENCE = 30_000  # milliseconds; machines that test may be busy
PHONE = {"width": 390, "height": 800}
DESK = {"width": 1440, "height": 900}
CODE = re.compile(r"\b(\d{6})\b")
PHONES = {entry.role: entry.phone for entry in SIGN_INS}

expect.set_options(timeout=PATIENCE)


class Visits:
    """Opens pages on one site. A demonstration account signs in once; its later pages start signed in."""

    def __init__(self, browser: Browser, address: str) -> None:
        self.browser, self.address = browser, address
        self.signed_in: dict[Role, dict] = {}

    @contextmanager
    def page(self, role: Role | None = None, viewport=PHONE, **settings):
        """A new page; of *role*'s demonstration account if given. `page.complaints` is what the console said."""
        if role is not None and role not in self.signed_in:
            self.signed_in[role] = self._sign_in(role)
        context = self.browser.new_context(
            base_url=self.address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=viewport,
            reduced_motion="reduce",
            storage_state=self.signed_in.get(role),
            **settings,
        )
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.complaints = complaints = []
        page.on("console", lambda said: complaints.append(said.text) if said.type in NOISE else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        try:
            yield page
        finally:
            context.close()

    def _sign_in(self, role: Role) -> dict:
        with self.page() as page:
            sign_in_by_password(page, PHONES[role])
            if role in {Role.OFFICE, Role.ADMIN}:
                give_second_factor(page, TOTP_KEY)
            expect(page.get_by_label("打开菜单")).to_be_visible()
            return page.context.storage_state()

    def code_sent_to(self, phone: str) -> str:
        """The newest code in the messages that the development sender shows."""
        with self.page() as page:
            page.goto(f"/dev/messages?q={phone}")
            return CODE.search(page.locator("li.panel p.wrap").first.inner_text())[1]


NOISE = {"error", "warning"}


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).click()


def tick(page: Page, *names: str) -> None:
    """Choose what these labels say, by pressing the words as a finger does."""
    for name in names:
        page.locator("label").filter(has_text=name).first.click()


def sign_in_by_password(page: Page, phone: str, password: str = PASSWORD) -> None:
    page.goto("/sign-in")
    follow(page, "密码登录")
    page.get_by_label("手机号或邮箱").fill(phone)
    page.get_by_label("密码", exact=True).fill(password)
    press(page, "登录")


def give_second_factor(page: Page, key: str) -> None:
    page.get_by_label("动态码").fill(pyotp.TOTP(key).now())
    press(page, "登录")


def sign_up(visits: Visits, page: Page, phone: str, name: str) -> None:
    """From the filled first page of signing up to the account."""
    page.get_by_label("手机号或邮箱").fill(phone)
    page.locator("#agrees_to_terms").check()
    page.locator("#agrees_to_privacy").check()
    press(page, "获取验证码")
    page.get_by_label("验证码", exact=True).fill(visits.code_sent_to(phone))
    page.get_by_label("怎么称呼你").fill(name)
    press(page, "注册")


def sign_in_by_code(visits: Visits, page: Page, phone: str) -> None:
    page.goto("/sign-in")
    page.get_by_label("手机号或邮箱").fill(phone)
    press(page, "获取验证码")
    page.get_by_label("验证码", exact=True).fill(visits.code_sent_to(phone))
    press(page, "登录")
    expect(page.get_by_label("打开菜单")).to_be_visible()
