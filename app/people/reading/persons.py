"""Who wrote the résumé: name, mobile number and mailbox, which then leave the text."""

import re
from collections.abc import Sequence

from app.core.degrees import find_all as degrees_in
from app.core.identifiers import check_email, check_mobile
from app.people.contact import Contact
from app.people.reading.draft import NotKept
from app.people.reading.labels import Labeled, mark
from app.people.reading.page import Page
from app.people.reading.words import is_school, is_title

_MOBILE = re.compile(r"(?<!\d)(?:(?:\+|00)?86[ \-]?)?1[3-9]\d[ \-]?\d{4}[ \-]?\d{4}(?!\d)")
_LANDLINE = re.compile(r"(?<!\d)0\d{2,3}[ \-]\d{7,8}(?!\d)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,4}")
_LABEL_BEFORE = re.compile(
    r"(?:联系)?(?:电话|手机(?:号码?)?|联系方式|邮箱|e-?mail|tel|phone|mobile)[ \t]*:?[ \t]*$", re.IGNORECASE
)
_CALLED = re.compile(r"我(?:叫|是|的名字(?:叫|是))(?P<name>[\u4e00-\u9fff]{2,4})(?=[,，。;；\s])")

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林罗高郑梁谢宋唐许韩邓冯曹彭曾肖萧田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付傅方邹"
    "熊白孟秦邱丘江尹薛闫阎段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤赖巫伍童涂邢温柯池游上官欧阳官甘罗连阙揭修余卓纪翁庄柳颜詹施洪章俞倪聂岳齐骆常"
    "康牛葛尚凌兰蓝雷钟裴焦艾左安鲁管祝路辛耿关房舒包单易费霍解华晏茅成乔"
)
_DOUBLE_SURNAMES = ("欧阳", "上官", "司马", "诸葛", "司徒", "夏侯", "皇甫", "尉迟", "长孙", "慕容", "端木")
_NAME = re.compile(r"[\u4e00-\u9fff\U00020000-\U0002fa1f·]{2,15}")
_LATIN_NAME = re.compile(r"[A-Z][a-z]{1,20}(?:[ \-][A-Z][a-z]{1,20}){1,3}")
_TITLED = re.compile(r"(?:的)?(?:个人|求职|应聘)?简历$")
_TOP_LINES = 6
_LONGEST_HEADLINE = 30


def contact_in(page: Page, labels: Sequence[Labeled]) -> tuple[Contact, list[NotKept]]:
    """Further numbers and mailboxes are listed as not kept; none of them stays in the text."""
    not_kept: list[NotKept] = []
    email = _first(page, _EMAIL, "邮箱", not_kept)
    phone = _first(page, _MOBILE, "电话", not_kept)
    for found in _LANDLINE.finditer(page.plain):
        not_kept.append(NotKept("电话", found.start(), found.end()))
        page.blank(found.start(), found.end())
    for label in labels:
        if label.kind == "contact":
            mark(page, label)
    name = _labeled_name(page, labels) or _name_on_top(page)
    place = page.text.find(name) if name else -1
    while place >= 0:  # who may not see the name finds it in no sentence either
        page.blank(place, place + len(name))
        place = page.text.find(name, place)
    return Contact(name, phone, email), not_kept


def _first(page: Page, pattern: re.Pattern[str], kind: str, not_kept: list[NotKept]) -> str:
    path, check = ("contact.phone", check_mobile) if kind == "电话" else ("contact.email", check_email)
    value = ""
    for found in list(pattern.finditer(page.plain)):
        checked = check(found[0])
        if not value and not checked.problems:
            value = checked.value
            page.note(path, found.start(), found.end())
        else:
            not_kept.append(NotKept(kind, found.start(), found.end()))
        before = _LABEL_BEFORE.search(page.plain, max(0, found.start() - 12), found.start())
        page.blank(before.start() if before else found.start(), found.end())
    return value


def _labeled_name(page: Page, labels: Sequence[Labeled]) -> str:
    for label in labels:
        if label.kind == "name":
            name = page.text[label.value_start : label.value_end].strip()
            if 1 < len(name) <= 40:
                mark(page, label)
                value = page.take("contact.name", label.value_start, label.value_end)
                return value.replace(" ", "") if _NAME.fullmatch(value.replace(" ", "")) else value
    return ""


def _name_on_top(page: Page) -> str:
    """我叫…, or a short line near the top, or its first word, that begins with a family name."""
    called = _CALLED.search(page.text)
    if called and _looks_like_a_name(called["name"]):
        page.note("contact.name", *called.span("name"), is_guess=True)
        page.blank(*called.span())
        return called["name"]
    for line in page.lines()[:_TOP_LINES]:
        if line.end - line.start > 60:
            return ""
        words = page.text[line.start : line.end]
        spaced = words.replace(" ", "").replace("\u3000", "")
        if _LATIN_NAME.fullmatch(words) and not is_title(words) and not is_school(words):
            return page.take("contact.name", line.start, line.end, is_guess=True)
        candidates = [spaced, *re.split(r"[\s|,，/_\-—·]+", words)]
        for candidate in candidates:
            bare = _TITLED.sub("", candidate)
            if _looks_like_a_name(bare):
                start = line.start + words.index(bare[0])
                end = line.start + words.rindex(bare[-1]) + 1 if candidate == spaced else start + len(bare)
                page.note("contact.name", start, end, is_guess=True)
                return bare
    return ""


def headline_in(page: Page) -> str:
    """The line below the name, where it is short and no label, list or sentence: 氟化工内操，五年."""
    name = next((source for source in page.sources if source.path == "contact.name"), None)
    line = next(iter(page.lines(name.end)), None) if name else None
    if line is None or any(page.used[line.start : line.end]):
        return ""
    words = page.text[line.start : line.end]
    if not 4 <= len(words) <= _LONGEST_HEADLINE or re.search(r"[。；;:：|\t]", words):
        return ""
    return page.take("headline", line.start, line.end, is_guess=True)


def _looks_like_a_name(word: str) -> bool:
    if not _NAME.fullmatch(word) or is_title(word) or is_school(word) or degrees_in(word):
        return False
    if "·" in word:
        return len(word) >= 4
    if word.startswith(_DOUBLE_SURNAMES):
        return 3 <= len(word) <= 4
    return word[0] in _SURNAMES and 2 <= len(word) <= 3
