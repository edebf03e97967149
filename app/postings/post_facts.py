"""What a pasted post says without a heading: its title, facts anywhere, and guesses."""

import re

from app.core.trades import EMPLOYMENT
from app.postings import free_text
from app.postings.guessing import guess_chain_link, guess_family
from app.postings.post_labels import Section, is_only_labels, trimmed
from app.postings.post_reader import Reader
from app.postings.post_sections import CLAUSE, benefits_in, moved, pay_in, read_demands, shift_in

_SENTENCE = re.compile(r"[^\n。;!]+")
_DEMAND = re.compile(
    r"学历|文化|经验|优先|要求|持[^,。;]{0,10}证|证书|能吃苦|吃苦|能?倒班|会|熟悉|熟练|掌握|精通|了解|具备|具有|服从|身体|年龄|岁|不限|均可|责任心|踏实|勤快|细心|沟通|团队|以上|专业|毕业"
    r"|应届|善于|良好"
)
_TASK = re.compile(
    r"负责|操作|巡检|记录|检测|维护|维修|检修|管理|协助|配合|完成|参与|编制|制定|跟踪|取样|化验|投料|包装|充装|装卸|搬运|调试|保养|处理|监控|盯|看护|清理|开车|停车|交接班|研究|开发"
)
_NOT_TITLE = re.compile(r"(?:有限|公司|集团|厂|单位|欢迎|诚邀|工作地|薪|待遇|地址|电话|简介)")
_A_PLACE = re.compile(r"(?:[省市县区乡镇村]|街道|园区|产业园|工业园|开发区|基地)$")
_TITLE_DECOR = re.compile(
    r"^(?:[^\w(]|\d{1,2}[、.)]|[一二三四五六七八九十]{1,2}[、.]|(?:急招|急聘|诚聘|诚招|招聘(?![专主经助])|招工(?![艺程会人])|招(?!投|商|聘|引|生[办源老])|聘|高薪)+(?=\S))*"
)
_TITLE_NAME = re.compile(
    rf"(?:[A-Za-z][A-Za-z0-9&+/.-]{{1,7}} (?=[\u4e00-\u9fff]))?{free_text.JOB_LETTER}{{2,24}}?(?:\([^)\d\n]{{1,20}}\))?"
    r"(?=\s|\d|[:;,。!|()【】\[\]]|$|[一二两三四五六七八九十]{1,3}\s*[名人位])"
)
_HEADED = frozenset(
    {"title", "salary_words", "degree", "years", "headcount", "place", "certificates", "shift", "contact"}
)
_NUMBERING = re.compile(r"^(?:\(?\d{1,2}[、.)]|[一二三四五六七八九十]{1,2}、|[-•*·])\s*")
_WANTED_NEXT = re.compile(
    r"[^\S\n]*[】\]」》]?[^\S\n]*[:(]?(?:\d{1,3}|[一二两三四五六七八九十]{1,2})[^\S\n]*[名人位]"
)
_CALL = r"(?:招聘(?![专主经助])|诚聘|急聘|急招|诚招|招工(?![艺程会人]))"
_CALLED_IN_IT = re.compile(rf"{_CALL}(?=[^\d\s:])")
_CALLED_NEXT = re.compile(
    rf"(?:[^\S\n]*[】\]」》]\s*|[^\S\n]*:?[^\S\n]*|(?<=化工|材料|科技|股份|集团|公司)\n\s*){_CALL}"
    r"(?!人数|要求|条件|期限|电话|流程)\s*:?\s*(?=[^\d\s:])"
)
"""After 【a company】 or a company's name: what is called for stands behind it."""
_URGENT = re.compile(r"急招|急聘|急需|急缺|尽快到岗")


# ── title ──────────────────────────────────────────────


def read_title(reader: Reader, start: int, head_end: int, sections: list[Section]) -> None:
    """Under its heading, else the first line before any heading that names a job."""
    told = next((each for each in sections if each.field == "title" and each.start < each.end), None)
    if told:
        line_end = reader.plain.find("\n", told.start, told.end)
        _title_line(reader, told.start, told.end if line_end < 0 else line_end, 0.95)
    for line in re.finditer(r"[^\n;。]+", reader.plain[start:head_end]):
        if "title" in reader.fields:
            return
        _title_line(reader, start + line.start(), start + line.end(), 0.8)


def _title_line(reader: Reader, start: int, end: int, confidence: float) -> None:
    is_told = confidence > 0.9
    decor = _TITLE_DECOR.match(reader.plain[start:end])
    name_start = start + (decor.end() if decor and not is_told else 0)
    for match in _TITLE_NAME.finditer(reader.plain, name_start, end):
        begin, stop = trimmed(reader.plain, *match.span())
        name = reader.plain[begin:stop]
        if _is_place(name) or is_only_labels(name):  # 【急招】清流县… : where, before what; 岗位：岗位：…
            name_start = stop + (reader.plain[stop : stop + 1] == ":")
            continue
        if decor := _TITLE_DECOR.match(reader.plain[begin:stop]):
            begin += decor.end()
        if not is_told and _CALLED_NEXT.match(reader.plain, stop):  # 【福建某某化工】招聘… : who, before what
            name_start = stop
            continue
        if called := _CALLED_IN_IT.search(reader.plain, begin + 2, stop):
            begin = name_start = called.end()
        name = reader.plain[begin:stop]
        is_first = begin == name_start or reader.plain[name_start:begin].strip(" 【[(「《") == ""
        is_job = free_text.is_job(name) and not _NOT_TITLE.search(name)
        is_likely = is_first and free_text.may_be_job(name) and _WANTED_NEXT.match(reader.plain, stop, end)
        if is_job or is_likely or (is_told and is_first):
            sure = confidence if is_job or is_told else 0.6
            reader.keep("title", reader.text[begin:stop].strip(), [(begin, stop)], sure)
            _beside_title(reader, begin, end)
            return


def _is_place(name: str) -> bool:
    """Whether a phrase names where the work is rather than the work."""
    return bool(_A_PLACE.search(name)) and not free_text.is_job(name)


def _beside_title(reader: Reader, start: int, end: int) -> None:
    found = free_text.find_headcount(reader.plain[start:end], is_title=True)
    if found:
        reader.keep("headcount", found[0], [(start + found[1], start + found[2])], 0.85)


# ── without a heading ──────────────────────────────────


def read_free(
    reader: Reader, start: int, end: int, head_end: int, sections: list[Section], *, is_shared: bool = False
) -> None:
    """Facts that stand anywhere; duties are not searched for pay and benefits, which they may only speak of."""
    open_stretches = [
        (start, head_end),
        *((each.start, each.end) for each in sections if each.field != "duties"),
    ]
    for s, e in open_stretches:
        pay_in(reader, s, e, 0.75)
        benefits_in(reader, s, e, 0.7)
        shift_in(reader, s, e, 0.7)
        read_demands(reader, s, e, 0.7)
    stretch = reader.plain[start:end]
    phone = free_text.find_phone(stretch)
    person = free_text.find_contact_name(stretch, phone)
    heads = None if is_shared else free_text.find_headcount(stretch)
    for name, found, confidence in (
        ("contact_phone", phone, 0.85),
        ("contact_name", person, 0.7),
        ("headcount", heads, 0.75),
        ("place", free_text.find_place(stretch), 0.7),
        ("valid_until", free_text.find_last_day(stretch, reader.today), 0.75),
    ):
        if found and not (name == "valid_until" and found[0] < reader.today):
            reader.keep(name, found[0], [moved(found, start)], confidence)
    urgent = _URGENT.search(stretch)
    if urgent:
        reader.keep("is_urgent", True, [(start + urgent.start(), start + urgent.end())], 0.8)


def sort_sentences(reader: Reader, start: int, end: int, sections: list[Section]) -> None:
    """Without headings: sentences that ask become demands, those that tell of work become duties."""
    kinds: dict[str, list[tuple[int, int]]] = {"requirements": [], "duties": []}
    headed = bytearray(end - start)
    for each in sections:
        if each.field in _HEADED:
            headed[max(each.label_start - start, 0) : each.end - start] = b"\x01" * (
                each.end - max(each.label_start, start)
            )
    is_one_line = "\n" not in reader.plain[start:end].strip()
    for piece in (CLAUSE if is_one_line else _SENTENCE).finditer(reader.plain, start, end):
        s, e = trimmed(reader.plain, *piece.span())
        if any(headed[s - start : e - start]) or _is_told_elsewhere(reader, s, e):
            continue
        said = reader.plain[s:e]
        if _TASK.search(said) and (not _DEMAND.search(said) or said.startswith("负责")):
            kinds["duties"].append((s, e))
        elif _DEMAND.search(said):
            kinds["requirements"].append((s, e))
    for name, spans in kinds.items():
        joined = ("，" if is_one_line else "\n").join(
            _NUMBERING.sub("", reader.text[s:e].strip()) for s, e in spans
        )
        reader.keep(name, joined, spans, 0.5)


def _is_told_elsewhere(reader: Reader, start: int, end: int) -> bool:
    """Whether most of a sentence is already a title, pay, place, contact or benefit."""
    own = (
        "title",
        "salary_words",
        "place",
        "address",
        "contact_phone",
        "contact_name",
        "benefits",
        "headcount",
        "valid_until",
    )
    covered = sum(
        max(0, min(end, reading.end) - max(start, reading.start))
        for name, reading in reader.fields.items()
        if name in own
    )
    return covered * 2 > end - start


def guess(reader: Reader, start: int, end: int) -> None:
    """Family, chain link and employment from what was read, never against a heading."""
    title = reader.fields.get("title")
    if title:
        family = guess_family(str(title.value))
        if family:
            reader.keep("family", family[0], [(title.start, title.end)], family[1] * 0.9)
        employment = next(
            (name for name, _, _ in EMPLOYMENT.find_all(str(title.value)) if name != "全职"), None
        )
        if employment:
            reader.keep("employment", employment, [(title.start, title.end)], 0.8)
    link = guess_chain_link(str(title.value) if title else "", reader.plain[start:end])
    if link and "chain_link" not in reader.fields:
        used = set(reader.used)
        reader.keep("chain_link", link[0], [(start, end)], link[1] * 0.8)
        reader.used = used  # a guess from the whole text uses none of it up
