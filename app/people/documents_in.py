"""Text out of a PDF or Word résumé. The parsing happens in `extraction.py`, a process of its own with hard limits."""

import importlib.util
import json
import logging
import re
import subprocess
import sys
import tempfile
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from app.core.errors import DomainError
from app.core.storage import LARGEST
from app.people.content import storable

log = logging.getLogger(__name__)

MOST_PAGES = 20
MOST_CHARACTERS = 200_000
SECONDS = 20  # on the wall
SECONDS_OCR = 150

_PROGRAM = Path(__file__).with_name("extraction.py")
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF8", b"II*\x00", b"MM\x00*")

# PDF files of Chinese word processors draw 工 with the code of the radical ⼯; these have no compatibility mapping.
_RADICALS = str.maketrans(
    "⺁⺟⺠⻁⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻥⻦⻩⻬⻮⻰⻳",
    "厂母民虎西见角贝车长门青韦页风飞食马鱼鸟黄齐齿龙龟",
)
# What a PDF prints on every page, and where it broke a paragraph into lines.
_PAGE_NUMBER = re.compile(
    r"^(?:.*第[ ]?\d+[ ]?页.{0,12}|[- ]{0,3}\d{1,2}[ ]?(?:/[ ]?\d{1,2})?[- ]{0,3}|page \d+(?: of \d+)?)$",
    re.IGNORECASE,
)
_SENTENCE_END = tuple("。；;！!？?：:")
_NEW_LINE = re.compile(
    r"\s*(?:[^\w\s\"“‘(（《]|[(（]?\d{1,2}[.、)）]|[一二三四五六七八九十]、|(?:19|20)\d{2}\s?[年./\-])"
)
_WRAP_SHARE = 0.85  # of the widest line: a line so full may have been broken by the margin
_WRAP_LEAST = 40  # columns; shorter lines are cells and headings

_COMPATIBLE = re.compile("[\u2e80-\u2fdf\ufb00-\ufb06]")


@dataclass(frozen=True, slots=True)
class Extracted:
    text: str
    pages: int
    kind: str  # "pdf" or "docx"
    is_recognized: bool = False  # by OCR, so that the person looks twice


class UnreadableDocument(DomainError):
    """No text came out. The message says what the person can do; an empty résumé is never made of it."""

    status = 422
    message = "这个文件读不出来，请换一份，或者直接填写"


class EmptyFile(UnreadableDocument):
    message = "文件是空的，请重新选择"


class FileTooLarge(UnreadableDocument):
    message = "文件超过10 MB，请压缩后再传"


class WrongKind(UnreadableDocument):
    message = "只能读PDF和Word（.docx）文件，这个文件不是"


class Encrypted(UnreadableDocument):
    message = "文件设了密码，请去掉密码后再传"


class Damaged(UnreadableDocument):
    message = "文件损坏了，打不开。请重新导出一份PDF或Word再传"


class TooManyPages(UnreadableDocument):
    message = f"文件超过{MOST_PAGES}页，不像一份简历。请只传简历的部分"


class TooMuchText(UnreadableDocument):
    message = "文件里的文字太多，不像一份简历。请只传简历的部分"


class TooMuchInside(UnreadableDocument):
    message = "文件解开后太大，不能读。请重新导出一份再传"


class UnsafeInside(UnreadableDocument):
    message = "文件里有不安全的内容，不能读。请用Word另存一份再传"


class TooDifficult(UnreadableDocument):
    message = "文件太复杂，读了很久也没读完。请导出成普通的PDF或Word再传，或者直接填写"


class NoText(UnreadableDocument):
    message = (
        "文件里没有能选中的文字。扫描件要先做文字识别（OCR）才能读，请传能选中文字的PDF或Word，或者直接填写"
    )


class NeedsOcr(UnreadableDocument):
    """A scan or a picture: there is something to read, but only for eyes or the optional recognizer."""

    message = "这份文件是扫描件或图片，要先做文字识别（OCR）才能读。请传能选中文字的PDF或Word，或者直接填写"


_PROBLEMS: dict[str, type[UnreadableDocument]] = {
    "encrypted": Encrypted,
    "damaged": Damaged,
    "kind": WrongKind,
    "pages": TooManyPages,
    "long": TooMuchText,
    "bomb": TooMuchInside,
    "unsafe": UnsafeInside,
    "difficult": TooDifficult,
    "empty": NoText,
    "ocr": NeedsOcr,
}


def is_ocr_installed() -> bool:
    return importlib.util.find_spec("rapidocr") is not None


def extract(content: bytes, name: str) -> Extracted:
    """Text of a résumé file; may take SECONDS (scans with the `ocr` extra: SECONDS_OCR), so not inside a transaction."""
    kind = kind_of(content, name)
    try:
        text, pages = _text_and_pages(kind, content)
    except NeedsOcr:
        if kind != "pdf" or not is_ocr_installed():
            raise
        text, pages = _text_and_pages(kind, content, "ocr")
        return Extracted(text, pages, kind, is_recognized=True)
    return Extracted(text, pages, kind)


def kind_of(content: bytes, name: str) -> str:
    """`pdf` or `docx`, on which the name and the first bytes must agree; looks at bytes only, parses nothing."""
    if not content:
        raise EmptyFile
    if len(content) > LARGEST:
        raise FileTooLarge
    extension = Path(name.replace("\\", "/")).suffix.lower()
    if content.startswith(_PROGRAMS):
        raise WrongKind("这是一个程序，不是简历。请传PDF或Word（.docx）文件")
    if content.startswith(_PICTURES):
        raise NeedsOcr("这是一张图片，里面没有可以读的文字。请传能选中文字的PDF或Word，或者直接填写")
    if content.startswith(_OLD_OFFICE):
        if _ENCRYPTED_PACKAGE in content:
            raise Encrypted
        raise WrongKind("这是旧版的Word文件（.doc），请另存为.docx或PDF后再传")
    kind = "pdf" if b"%PDF-" in content[:1024] else "docx" if content.startswith(b"PK\x03\x04") else ""
    if not kind or extension not in {".pdf", ".docx"}:
        raise WrongKind
    if extension != f".{kind}":
        raise WrongKind("文件的扩展名和内容不一致。请重新导出一份PDF或Word（.docx）再传")
    return kind


def _text_and_pages(kind: str, content: bytes, *more: str) -> tuple[str, int]:
    answer = _run(
        [kind, str(MOST_PAGES), str(MOST_CHARACTERS), *more], content, SECONDS_OCR if more else SECONDS
    )
    problem = answer.get("problem")
    if problem is not None:
        raise _PROBLEMS.get(problem, UnreadableDocument)
    text = readable(str(answer["text"]))
    return (unwrapped(text) if kind == "pdf" else text), int(answer["pages"])


def _run(arguments: Sequence[str], content: bytes, seconds: int) -> dict[str, Any]:
    """Answer of the child; a child that dies (memory, time, a crash in the parser) is a file too difficult to read."""
    command = [sys.executable, "-I", "-B", "-X", "utf8", str(_PROGRAM), *arguments]
    with tempfile.TemporaryDirectory(prefix="resume-") as folder, tempfile.TemporaryFile() as output:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and program, no shell
                command,
                input=content,
                stdout=output,
                stderr=subprocess.DEVNULL,
                cwd=folder,
                env={"OMP_NUM_THREADS": "1"},
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise TooDifficult from None
        if done.returncode:
            log.warning("reading a %s of %d bytes ended with %d", arguments[0], len(content), done.returncode)
            raise TooDifficult
        output.seek(0)
        answer: dict[str, Any] = json.loads(output.read())
        return answer


def readable(text: str) -> str:
    """One kind of line end, no controls, radicals and ligatures as the characters that they stand for."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").replace("\x0c", "\n")
    text = _COMPATIBLE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text.translate(_RADICALS))
    return "\n".join(line.rstrip() for line in storable(text).split("\n")).strip("\n")


def unwrapped(text: str) -> str:
    """Paragraphs of a PDF whole again: a line that reaches the margin without an end of sentence goes on in the next."""
    lines = [line for line in text.split("\n") if not (line.strip() and _PAGE_NUMBER.match(line.strip()))]
    widest = max(map(_columns, lines), default=0)
    whole: list[str] = []
    is_open = False
    for line in lines:
        if is_open and line.strip() and not _NEW_LINE.match(line):
            glue = " " if line[:1].isascii() and whole[-1][-1:].isascii() else ""
            whole[-1] += glue + line
        else:
            whole.append(line)
        columns = _columns(line)
        is_full = columns >= max(_WRAP_LEAST, _WRAP_SHARE * widest)
        is_open = is_full and not line.endswith(_SENTENCE_END)
    return "\n".join(whole)


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
