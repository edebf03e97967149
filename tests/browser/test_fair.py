"""A whole fair, from the plan to the report, in front of real browsers, with tickets held before a camera."""

import base64
import io
import re
from contextlib import ExitStack, contextmanager
from datetime import datetime, timedelta

import pytest
import segno
from openpyxl import Workbook
from playwright.sync_api import expect

from app.core.county_time import COUNTY_TIME
from app.core.guard import Role
from tests.browser import camera
from tests.browser.conftest import CHROMIUM
from tests.browser.test_whole_path import pdf
from tests.browser.visitors import DESK, PHONE, PHONES, Visits, follow, press

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EMPLOYER = "福建泷岚氟化工有限公司"
TITLE = "秋声双选会"
SCHOOL = "清流县高级职业中学"
STUDENTS = [(f"学生{n:02d}", f"1700901{n:04d}") for n in range(1, 37)]
STRANGERS = [("路过的人甲", "17009020001"), ("路过的人乙", "17009020002"), ("路过的人丙", "17009020003")]
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
WORDS_SEEN = """() => { window.said = []; new MutationObserver(() => {
  const card = document.querySelector('[data-answers] .scan'); if (card) window.said.push(card.dataset.verdict);
}).observe(document.querySelector('[data-answers]'), { childList: true }); }"""


def at(moment: datetime) -> str:
    """As a date field is typed into."""
    return moment.strftime("%Y-%m-%dT%H:%M")


def plan(page, start: datetime) -> str:
    """The organizer writes the plan, uploads the papers, draws the hall; the fair's number."""
    page.goto("/organize/events/new")
    page.get_by_role("link", name="双选会").first.click()
    page.get_by_label("名称").fill(TITLE)
    page.get_by_label("开始", exact=True).fill(at(start))
    page.get_by_label("结束", exact=True).fill(at(start + timedelta(hours=9)))
    page.get_by_label("场地", exact=False).first.fill("学校体育馆")
    page.get_by_label("联系人").fill("巫老师")
    page.get_by_label("联系电话").fill("05985320001")
    page.get_by_label("介绍").fill("氟新材料企业进校园，一线和化验岗位都有。")
    page.get_by_label("场地最多容纳").fill("500")
    press(page, "保存")
    expect(page.locator("main")).to_contain_text("还差3样就能发布")
    event = re.search(r"/organize/events/(\d+)", page.url)[1]
    page.goto(f"/organize/events/{event}/papers")
    for field in ("#safety_plan", "#emergency_plan"):
        page.locator(field).set_input_files(
            {"name": "方案.pdf", "mimeType": "application/pdf", "buffer": pdf()}
        )
    press(page, "上传")
    page.goto(f"/organize/events/{event}/halls")
    page.get_by_label("馆名").fill("体育馆")
    press(page, "加馆")
    page.locator("#row-power").check()
    press(page, "放一排")
    expect(page.locator("main")).to_contain_text("6个展位")
    return event


def invite(page, event: str) -> None:
    page.goto(f"/organize/events/{event}/exhibitors")
    page.get_by_label("企业名称或统一社会信用代码").fill(f"{EMPLOYER}\n不在站上的公司")
    press(page, "发邀请")
    expect(page.locator("main")).to_contain_text("邀请了1家")


def accept(page) -> None:
    """The enterprise answers the invitation, before the fair is public."""
    page.goto("/exhibits")
    page.get_by_role("link", name=TITLE).first.click()
    follow(page, "报名参展")
    for box in page.locator("input[name=postings]").all():
        box.check()
    page.get_by_label("要用电").check()
    press(page, "提交报名")
    expect(page.locator("main")).to_contain_text("等主办方审核")


def approve(page, event: str) -> None:
    page.goto(f"/organize/events/{event}/exhibitors")
    press(page, f"通过：{EMPLOYER}")
    press(page, "一键分展位")
    expect(page.locator("main")).to_contain_text("0家还没展位")
    page.goto(f"/organize/events/{event}")
    press(page, "发布")
    expect(page.locator("#snacks")).to_contain_text("发布了")


def import_students(page, event: str) -> None:
    book = Workbook()
    book.active.append(["姓名", "手机号", "专业", "毕业年份"])
    for name, phone in STUDENTS:
        book.active.append([name, phone, "应用化工技术", 2026])
    book.active.append(["没有手机的人", "123", "", ""])
    file = io.BytesIO()
    book.save(file)
    page.goto(f"/organize/events/{event}/people")
    page.locator("input[type=file]").set_input_files(
        {"name": "名单.xlsx", "mimeType": "application/octet-stream", "buffer": file.getvalue()}
    )
    press(page, "导入")
    expect(page.locator("main")).to_contain_text("没有手机的人")


def register(page, event: str, name: str, phone: str) -> str:
    """By typing; the address of the ticket."""
    page.goto(f"/events/{event}/register")
    page.locator("#name").fill(name)
    page.locator("#phone").fill(phone)
    for box in page.locator("input[name=shares]").all():  # what booths may see: nothing is ticked beforehand
        box.check()
    press(page, "报名，拿入场券")
    expect(page.locator(".ticket-qr")).to_be_visible()
    return page.url


def claim(page, event: str, people: list[tuple[str, str]]) -> list[str]:
    """What the page of registering does, by its requests alone; the addresses of the tickets."""
    ask, address, found = page.context.request, f"/events/{event}/register", []
    token = TOKEN.search(ask.get(address).text())[1]
    for name, phone in people:
        form = {"csrf_token": token, "name": name, "phone": phone, "shares": "name"}
        answer = ask.post(address, form=form, max_redirects=0)
        assert "/tickets/" in answer.headers.get("location", ""), answer.text()[:500]
        found.append(answer.headers["location"])
    return found


def qr(page, ticket: str) -> bytes:
    return page.context.request.get(f"{ticket.split('?', maxsplit=1)[0]}/qr.png").body()


def forged() -> bytes:
    """A ticket that looks like one and was signed by nobody."""
    text = "QC" + base64.b32encode(b"\1" + b"\0\0\0\1" + b"\7" * 70).decode().rstrip("=")
    file = io.BytesIO()
    segno.make_qr(text, error="m").save(file, kind="png", scale=camera.SCALE, border=4)
    return file.getvalue()


@contextmanager
def at_the_door(visits: Visits, path, pictures, link: str):
    """A helper's phone whose camera looks at *pictures*, one after the other."""
    video = camera.film(path / "tickets.y4m", pictures)
    browser = visits.browser.browser_type.launch(executable_path=CHROMIUM, args=list(camera.arguments(video)))
    try:
        with Visits(browser, visits.address).page(viewport=PHONE, permissions=["camera"]) as page:
            page.goto(link)
            expect(page.locator("[data-kept]")).to_be_attached()
            page.evaluate(WORDS_SEEN)
            press(page, "用相机扫")
            yield page
    finally:
        browser.close()


def inside(page, event: str) -> int:
    return page.context.request.get(f"/events/{event}/figures.json").json()["inside"]


def until(page, is_so, seconds: float = 60) -> None:
    """Wait until *is_so*; looked at four times a second."""
    for _ in range(int(seconds * 4)):
        if is_so():
            return
        page.wait_for_timeout(250)
    raise AssertionError("it did not come to that in time")


def let_them_in(page, event: str, everybody: int) -> None:
    """First with a network, then without, then with one again: the queue is handed in by itself."""
    until(page, lambda: inside(page, event) >= 5)
    page.context.set_offline(True)
    page.reload()
    expect(page.get_by_role("heading", name="签到 · 大门")).to_be_visible()
    page.evaluate(WORDS_SEEN)
    press(page, "用相机扫")
    until(page, lambda: int(page.locator("[data-queued]").inner_text()) >= 4)
    expect(page.locator("[data-offline]")).to_be_visible()
    assert "queued" in page.evaluate("window.said")
    page.context.set_offline(False)
    until(page, lambda: inside(page, event) == everybody)
    expect(page.locator("[data-offline]")).to_be_hidden()
    until(page, lambda: {"already", "forged", "other_event"} <= set(page.evaluate("window.said")))


def open_door(page, event: str) -> str:
    page.goto(f"/organize/events/{event}/doors")
    press(page, "生成签到链接")
    return page.locator("main a[href*='/door/']").first.get_attribute("href")


def open_slots(page, event: str, first: datetime) -> None:
    page.goto(f"/exhibits/{event}/queue")
    page.get_by_label("从几点").fill(at(first))
    press(page, "开时段")
    expect(page.locator("#snacks")).to_contain_text("开了8个时段")


def make_schedule(page, event: str) -> None:
    page.goto(f"/organize/events/{event}/schedule")
    press(page, "按双方意愿排")
    expect(page.locator("main")).to_contain_text("1个面试意愿，排了1场")
    follow(page, "公布")
    press(page, "公布")
    expect(page.locator("#snacks")).to_contain_text("1场面试")


def meet(page, event: str, code: str) -> None:
    """The booth scans the seeker, marks, calls, and says that the interview took place."""
    page.goto(f"/exhibits/{event}/scans")
    page.get_by_label("输6位号码").fill(code)
    press(page, "看信息")
    press(page, "有意向")
    expect(page.locator("li .tag").filter(has_text="有意向").first).to_be_visible()
    page.goto(f"/exhibits/{event}/queue")
    press(page, "叫号")
    press(page, "面试完了")
    expect(page.locator("main")).to_contain_text("现在没有人排队")


def test_codes_are_typed_at_the_door_one_right_after_the_other(visits):
    with visits.page(Role.OFFICE, viewport=DESK) as office, visits.page() as door:
        office.goto("/organize/events")
        event = re.search(r"/organize/events/(\d+)\"", office.content())[1]
        door.goto(open_door(office, event))
        press(door, "签到")
        expect(door.locator("[data-answers]")).to_contain_text("请先输号码")
        for code in ("AAAAA2", "AAAAA3"):
            with door.expect_response("**/check-ins", timeout=5000):
                door.get_by_label("输6位号码").fill(code)
                press(door, "签到")
        expect(door.locator("[data-answers]")).to_contain_text("没有这个号码")


def test_a_fair_from_the_plan_to_the_report(visits, tmp_path):
    now = datetime.now(COUNTY_TIME).replace(second=0, microsecond=0)
    with ExitStack() as stack:
        organizer = stack.enter_context(visits.page(Role.ORGANIZER, viewport=DESK))
        recruiter = stack.enter_context(visits.page(Role.ENTERPRISE))
        seeker = stack.enter_context(visits.page(Role.SEEKER))
        stranger = stack.enter_context(visits.page())

        event = plan(organizer, now + timedelta(hours=2))
        invite(organizer, event)
        accept(recruiter)
        approve(organizer, event)
        import_students(organizer, event)

        seekers_ticket = register(seeker, event, "陈国栋", PHONES[Role.SEEKER])
        tickets = [seekers_ticket, *(register(stranger, event, *who) for who in STRANGERS)]
        tickets += claim(stranger, event, STUDENTS)
        assert len(tickets) == 40
        other_fair = register(stranger, other_event(stranger, event), "走错的人", "17009030001")

        open_slots(recruiter, event, now + timedelta(hours=3))
        seeker.goto(f"/events/{event}")
        seeker.locator(f"a[href^='/events/{event}/booths/']").first.click()
        press(seeker, "想约面试")
        expect(seeker.locator("main")).to_contain_text("想面试，第1家")
        booth = seeker.url
        make_schedule(organizer, event)

        organizer.goto(f"/organize/events/{event}/edit")
        organizer.get_by_label("开始", exact=True).fill(at(now - timedelta(hours=1)))
        press(organizer, "保存")
        expect(organizer.locator("#snacks")).to_contain_text("改好了")

        codes = [qr(stranger, ticket) for ticket in tickets]
        pictures = [camera.picture(code) for code in codes[2:]]
        pictures.insert(3, camera.picture(codes[0], turns=2))
        pictures.insert(6, camera.picture(codes[1], turns=1, is_stained=True))
        pictures.insert(9, camera.picture(forged()))
        pictures.insert(12, camera.picture(qr(stranger, other_fair)))
        with at_the_door(visits, tmp_path, pictures, open_door(organizer, event)) as door:
            let_them_in(door, event, everybody=40)
        screen = stack.enter_context(visits.page(viewport={"width": 1920, "height": 1080}))
        screen.goto(f"/events/{event}/screen")
        expect(screen.locator("[data-f=inside]")).to_have_text("40")

        seeker.goto(booth)
        seeker.get_by_role("button", name="同意并投递").first.click()
        expect(seeker.locator("main")).to_contain_text("已投递")
        expect(screen.locator("[data-f=applications]")).to_have_text("1")
        seeker.goto(seekers_ticket)
        meet(recruiter, event, seeker.locator(".ticket-code").inner_text())

        organizer.goto(f"/organize/events/{event}/report")
        for label, number in (("报名", 40), ("到场", 40), ("投递", 1), ("面试", 1)):
            row = organizer.locator("table").first.get_by_role("row").filter(has_text=label)
            expect(row).to_contain_text(f"{number} 人")
        with organizer.expect_download() as started:
            follow(organizer, "Word总结")
        assert started.value.path().read_bytes()[:2] == b"PK"
        for page in (organizer, recruiter, seeker, stranger, screen):
            assert page.complaints == []


def other_event(page, event: str) -> str:
    """The number of another gathering that people can register for."""
    page.goto("/events")
    numbers = re.findall(r'href="/events/(\d+)"', page.content())
    return next(number for number in numbers if number != event)
