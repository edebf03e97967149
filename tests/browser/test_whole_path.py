"""From an enterprise that nobody knows to a person who works there, by typing and pressing on a phone."""

import struct
import zlib
from contextlib import ExitStack
from datetime import timedelta
from random import Random

import pytest
from playwright.sync_api import expect

from app.core import county_time
from app.core.guard import Role
from app.demo.organizations import credit_code
from tests.browser.visitors import follow, press, sign_up, tick

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

EMPLOYER = "清流县晴溪氟材料有限公司"
TITLE = "六氟磷酸锂车间操作工"
SEEKER = "邹小满"
RECRUITER = "温秋生"


def png() -> bytes:
    """A noisy picture of 100 by 100 dots: a smaller file is refused as one on which nothing can be read."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 100, 100, 8, 0, 0, 0, 0)
    noise = Random(1)
    rows = b"".join(b"\0" + noise.randbytes(100) for _ in range(100))
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def pdf() -> bytes:
    """One empty page."""
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]>>",
    ]
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(out))
        out += b"%d 0 obj%sendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"trailer<</Size 4/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)
    return out + b"xref\n0 4\n0000000000 65535 f \n" + table + tail


def in_days(days: int) -> str:
    return (county_time.today() + timedelta(days=days)).isoformat()


def shown(page, words: str):
    """Wait until the page's main part says so."""
    expect(page.locator("main")).to_contain_text(words)


def register(visits, page) -> None:
    page.goto("/sign-up")
    follow(page, "企业招人")
    sign_up(visits, page, "17009000001", RECRUITER)
    shown(page, "登记单位")
    tick(page, "企业")
    page.get_by_label("单位名称").fill(EMPLOYER)
    page.get_by_label("统一社会信用代码").fill(credit_code(9901))
    page.locator("#licence").set_input_files(
        {"name": "营业执照.png", "mimeType": "image/png", "buffer": png()}
    )
    page.get_by_label("经办人姓名").fill(RECRUITER)
    page.get_by_label("经办人手机号").fill("17009000001")
    page.locator("#authority").set_input_files(
        {"name": "授权书.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    )
    page.get_by_label("所在地").select_option(index=3)
    page.get_by_label("详细地址").fill("氟新材料产业园9号")
    tick(page, "100–499人")
    page.get_by_label("单位介绍").fill("做六氟磷酸锂和电解液添加剂，有职工一百二十人，厂区有食堂和班车。")
    press(page, "提交核验")
    shown(page, "等人才办核验")


def verify(page) -> None:
    page.goto("/office/")
    page.goto("/review/organizations")
    page.get_by_role("link", name=EMPLOYER).first.click()
    shown(page, credit_code(9901))
    press(page, "通过核验")
    expect(page.locator("#snacks")).to_contain_text("核验")


def write_posting(page) -> None:
    page.goto("/organization")
    shown(page, "已核验")
    follow(page, "发布职位")
    page.get_by_label("职位名称").fill(TITLE)
    page.get_by_label("岗位类别").select_option("生产操作")
    page.get_by_label("产业链环节").select_option(index=5)
    page.get_by_label("用工形式").select_option("全职")
    page.get_by_label("招聘人数").fill("6")
    page.get_by_label("工作地点").select_option(index=3)
    page.get_by_label("详细地址").fill("氟新材料产业园9号")
    page.get_by_label("薪资").fill("6000-8000元/月")
    page.get_by_label("薪资").blur()
    shown(page, "6,000")
    page.get_by_label("班次").select_option("四班三运转")
    tick(page, "五险一金")
    page.get_by_label("工作内容").fill(
        "负责六氟磷酸锂合成、结晶和干燥装置的巡检与操作。\n看 DCS 画面，按规程记录温度压力，发现异常及时报告班长。"
    )
    page.get_by_label("任职要求").fill("高中以上学历，能适应倒班。\n持有氟化工艺作业证，做过化工操作的优先。")
    page.get_by_label("最低学历").select_option(index=2)
    page.get_by_label("最少几年经验").fill("1")
    page.get_by_label("必须有的证书").fill("氟化工艺作业证")
    page.get_by_label("联系人").fill(RECRUITER)
    page.get_by_label("联系电话").fill("17009000001")
    page.get_by_label("有效期至").fill(in_days(60))
    press(page, "提交审核")
    shown(page, "人才办正在审核")


def publish(page) -> None:
    page.goto("/review/postings")
    page.get_by_role("link", name=TITLE).first.click()
    shown(page, EMPLOYER)
    press(page, "通过并发布")
    expect(page.locator("#snacks")).to_contain_text(TITLE)


def answer_eight_questions(visits, page) -> None:
    page.goto("/sign-up")
    sign_up(visits, page, "17009000002", SEEKER)
    tick(page, "生产操作")
    press(page, "下一题：做过什么")
    page.get_by_label("做什么", exact=True).fill("氟化工艺操作工")
    tick(page, "3–4年")
    page.get_by_label("每天做些什么").fill("看氟化反应釜，DCS 操作，按规程巡检，写交接班记录。")
    press(page, "下一题：学历")
    tick(page, "大专")
    press(page, "下一题：证书")
    tick(page, "氟化工艺作业")
    press(page, "下一题：班次")
    tick(page, "四班三运转")
    press(page, "下一题：地点")
    tick(page, "清流县")
    press(page, "下一题：月薪")
    page.get_by_label("最低月薪").fill("6000")
    press(page, "下一题：到岗")
    tick(page, "随时")
    press(page, "做好简历")
    shown(page, "8题做好了")


def find_and_apply(page) -> None:
    follow(page, "去找职位")
    page.get_by_label("搜职位").fill("清流 六氟磷酸锂 操作工")
    press(page, "搜索")
    page.get_by_role("link", name=TITLE).first.click()
    shown(page, "为什么合适")
    shown(page, "氟化工艺作业")
    page.get_by_role("link", name="投递简历").locator("visible=true").click()
    shown(page, f"会交给{EMPLOYER}的内容")
    page.locator("#consent").check()
    press(page, "投递简历")
    shown(page, "进展")
    shown(page, "看交出去的简历")


def open_candidate(page, stage: str) -> None:
    page.goto("/desk")
    page.locator("main").get_by_role("link", name=stage).locator("visible=true").first.click()
    page.get_by_role("link", name=SEEKER).locator("visible=true").first.click()


def invite(page) -> None:
    open_candidate(page, "新投递")
    follow(page, "发面试邀约")
    page.get_by_label("时间1").fill(f"{in_days(3)}T09:30")
    page.get_by_label("时间2").fill(f"{in_days(4)}T14:30")
    page.get_by_label("地点、电话或会议链接").fill("办公楼二楼会议室")
    press(page, "发出邀约")
    shown(page, "办公楼二楼会议室")


def accept_slot(page) -> str:
    """The calendar file that the seeker is given."""
    page.goto("/applications")
    page.get_by_role("link", name=TITLE).first.click()
    shown(page, "面试时间等你选")
    page.locator("#slot label").first.click()
    press(page, "确认")
    shown(page, "加到日历")
    with page.expect_download() as started:
        follow(page, "加到日历")
    return started.value.path().read_text(encoding="utf-8")


def offer(page) -> None:
    open_candidate(page, "面试")
    follow(page, "发录用通知")
    page.get_by_label("月薪").fill("7000")
    page.get_by_label("到岗日期").fill(in_days(20))
    page.get_by_label("最晚哪天答复").fill(in_days(5))
    page.get_by_label("待遇和条件").fill("试用期两个月，五险一金，提供宿舍。")
    press(page, "发出录用通知")
    expect(page.locator("#snacks")).to_contain_text("录用通知已发出")


def hire(page) -> None:
    open_candidate(page, "录用")
    press(page, "确认入职")
    expect(page.locator("#snacks")).to_contain_text(SEEKER)


def test_an_unknown_enterprise_hires_an_unknown_person(visits):
    with ExitStack() as stack:
        recruiter = stack.enter_context(visits.page())
        office = stack.enter_context(visits.page(Role.OFFICE))
        seeker = stack.enter_context(visits.page())

        register(visits, recruiter)
        verify(office)
        write_posting(recruiter)
        publish(office)

        answer_eight_questions(visits, seeker)
        find_and_apply(seeker)

        invite(recruiter)
        calendar = accept_slot(seeker)
        assert "BEGIN:VEVENT" in calendar
        assert "办公楼二楼会议室" in calendar

        offer(recruiter)
        seeker.reload()
        follow(seeker, "接受录用")  # asks first
        press(seeker, "接受录用")
        shown(seeker, "你接受了录用通知")
        hire(recruiter)
        seeker.reload()
        steps = seeker.get_by_role("region", name="进展")
        for words in ("投递", "面试", "录用", "入职"):
            expect(steps).to_contain_text(words)
        assert recruiter.complaints == office.complaints == seeker.complaints == []
