"""Where one pasted text holds several posts: the stretch of each, and what all of them share."""

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise

from app.core.halfwidth import half_width
from app.postings import salary
from app.postings.free_text import JOB_LETTER, find_headcount, is_job
from app.postings.post_labels import Section, find_sections

MOST_POSTS = 50
_LINE = re.compile(r"[^\n]+")
_DECOR = re.compile(
    r"[^\S\n]*(?:[^\w\n(]|[一二三四五六七八九十]{1,2}[、.)]|\(?[一二三四五六七八九十\d]{1,2}\)|\d{1,2}\ufe0f?\u20e3?[、.)]|\d\ufe0f?\u20e3"
    r"|(?:岗位|职位)(?:[一二三四五六七八九十]|\d{1,2})?[:：]?|(?:招聘|急招|急聘|诚聘|招)(?=[^人岗职]))*"
)
_NAME = re.compile(
    rf"{JOB_LETTER}{{2,18}}?(?=\s|\d|[:;,。!|()【】\[\]]|$|[一二两三四五六七八九十]{{1,2}}[名人位])"
)
_ITEM = re.compile(
    r"(?:^|[;,。、:\n\s])(?:招聘?|急招|诚聘)?(?P<t>[\u4e00-\u9fffA-Za-z/()]{2,16}?)\s*(?P<n>\d{1,3}|[一二两三四五六七八九十])\s*(?:名|人|位)"
)
_TAIL_FIELDS = frozenset({"contact", "valid_until", "place", "benefits", "company", "shift"})
_OWN_FIELDS = frozenset({"duties", "requirements", "salary_words", "degree", "headcount", "majors", "years"})


@dataclass(frozen=True, slots=True)
class Parts:
    """Stretches of the posts, of what is said of all of them, and of posts beyond the most that are read."""

    posts: tuple[tuple[int, int], ...]
    shared: tuple[tuple[int, int], ...] = ()
    unread: tuple[int, int] | None = None


def split_posts(text: str) -> Parts:
    plain = half_width(text)
    sections = find_sections(text)
    starts = _by_title_heading(sections) or _by_title_lines(plain, sections)
    if len(starts) >= 2:
        return _parts(plain, starts, sections)
    return _by_items(plain) or Parts(((0, len(text)),))


def _by_title_heading(sections: list[Section]) -> list[int]:
    """岗位名称： more than once, each with a job behind it."""
    heads = [each for each in sections if each.field == "title" and each.start < each.end]
    by_label: dict[str, list[Section]] = {}
    for each in heads:
        by_label.setdefault(each.label, []).append(each)
    repeated = max(by_label.values(), key=len, default=[])
    return [each.label_start for each in repeated] if len(repeated) >= 2 else []


def _by_title_lines(plain: str, sections: list[Section]) -> list[int]:
    """Lines that begin with a job, where the line or what follows until the next such line says more about it."""
    candidates = [match.start() for match in _LINE.finditer(plain) if _title_of(match[0])]
    own = [each.label_start for each in sections if each.field in _OWN_FIELDS]
    starts = []
    for start, following in zip(candidates, [*candidates[1:], len(plain)], strict=False):
        line_end = plain.find("\n", start)
        line = plain[start : line_end if line_end >= 0 else len(plain)]
        has_own = bisect_right(own, start) < bisect_left(own, following)
        if has_own or find_headcount(line, is_title=True) or salary.find(line):
            starts.append(start)
    return starts


def _title_of(line: str) -> str | None:
    """The job that a line begins with, after numbers, bullets, brackets and 招聘."""
    decor = _DECOR.match(line)
    name = _NAME.match(line, decor.end() if decor else 0)
    return name[0] if name and is_job(name[0]) else None


def _by_items(plain: str) -> Parts | None:
    """操作工5名，电工2名，化验员1名 in one line; what stands around them is shared."""
    items = [match for match in _ITEM.finditer(plain) if is_job(match["t"])]
    if len(items) < 2:
        return None
    starts = [match.start("t") for match in items]
    cut = re.search(r"[;,。\n]", plain[items[-1].end() :])
    end = items[-1].end() + cut.start() if cut else len(plain)
    return _cut(plain, starts, end)


def _parts(plain: str, starts: list[int], sections: list[Section]) -> Parts:
    tail = _tail(plain, starts, sections)
    return _cut(plain, starts, len(plain) if tail is None else tail)


def _cut(plain: str, starts: list[int], end: int) -> Parts:
    posts = tuple(pairwise([*starts, end]))
    if len(posts) > MOST_POSTS:
        return Parts(posts[:MOST_POSTS], ((0, starts[0]),), (starts[MOST_POSTS], len(plain)))
    shared = [(0, starts[0]), (end, len(plain))]
    return Parts(posts, tuple(each for each in shared if plain[each[0] : each[1]].strip()))


def _tail(plain: str, starts: list[int], sections: list[Section]) -> int | None:
    """Where, behind the last post, things begin that are said once for all: contact, place, benefits, last day."""
    if all("\n" not in plain[start:following].strip() for start, following in pairwise(starts)):
        line_end = plain.find("\n", starts[-1])
        return line_end if line_end >= 0 else None  # one line each: what follows the last is said of all
    inside = {each.field for each in sections if starts[0] < each.label_start < starts[-1]}
    last = [each for each in sections if each.label_start > starts[-1]]
    tail = None
    for each in reversed(last):
        if each.field not in _TAIL_FIELDS or each.field in inside:
            break
        tail = each.label_start
    return tail
