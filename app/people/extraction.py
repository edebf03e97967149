"""Started as a program of its own, never imported by the site: text out of a file nobody has reason to trust.

`python -I extraction.py pdf|docx MAX_PAGES MAX_CHARACTERS [ocr]` reads the file from standard input and writes one
line of JSON: {"text", "pages"} or {"problem"}. Before the first byte is parsed the process gives up memory, time,
the right to write files and, where the kernel lets it, the network; then it may open nothing any more.
"""

import ctypes
import importlib
import io
import json
import re
import resource
import sys
import zipfile
from collections.abc import Iterator
from typing import Any

import docx
import pypdfium2
import pypdfium2.raw

MEBIBYTE = 1024 * 1024
MEMORY = 1024 * MEBIBYTE  # address space
MEMORY_OCR = 4096 * MEBIBYTE  # the recognizer maps its models and one arena per thread
SECONDS = 10
SECONDS_OCR = 120
OUTPUT = 4 * MEBIBYTE

LARGEST_INSIDE = 60 * MEBIBYTE  # all parts of a Word file unpacked
LARGEST_PART = 30 * MEBIBYTE
LARGEST_RATIO = 100  # unpacked to packed, for parts big enough to matter
MOST_PARTS = 2000

SCAN_CHARACTERS = 60  # a page with fewer is a picture with a stamp or a page number on it
SCAN_SHARE = 0.5  # of the page that pictures cover
FEWEST_CHARACTERS = 10

_DECLARATION = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"^\s*<\?xml[^>]*encoding\s*=\s*[\"']([A-Za-z0-9._-]+)", re.IGNORECASE)
_KNOWN_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii"}
_UNMAPPED = re.compile("[\ue000-\uf8ff\ufffd\ufffe\x00-\x08\x0e-\x1f]")
_PASSWORD_ERROR = 4  # FPDF_ERR_PASSWORD

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

ONE_WORD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 100]/Contents 4 0 R/Resources<</Font<</F<</Type/Font"
    b"/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj 4 0 obj<</Length 40>>stream\n"
    b"BT /F 40 Tf 20 30 Td (Hello 123) Tj ET \nendstream endobj\ntrailer<</Root 1 0 R>>"
)


class Refused(Exception):
    """The argument is the word that the parent translates."""


def give_up_rights(memory: int, seconds: int) -> None:
    """Hard limits that this process cannot raise again; whatever is parsed later lives inside them."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    clone_newuser, clone_newnet = 0x10000000, 0x40000000
    unshare = getattr(ctypes.CDLL(None), "unshare", None)
    if unshare:
        unshare(clone_newuser | clone_newnet)  # refused in some containers; the closed door below stays


def open_nothing_more() -> None:
    """With 0, 1 and 2 taken no file and no socket can be opened any more; what is loaded late is loaded before."""
    docx.Document()
    for encoding in ("utf-16-le", "utf-16", "cp437", "latin-1"):
        "".encode(encoding)
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, 3))


def text_of_pdf(data: bytes, most_pages: int, recognize: Any) -> tuple[str, int]:
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise Refused("encrypted" if error.err_code == _PASSWORD_ERROR else "damaged") from None
    if not len(document):
        raise Refused("damaged")
    if len(document) > most_pages:
        raise Refused("pages")
    pages, scans = [], 0
    for page in document:
        text = page.get_textpage().get_text_range().replace("\ufffe", "")
        if looks_scanned(text, page):
            scans += 1
            text = recognize(page) if recognize else text
        pages.append(text)
    if scans and not recognize and scans * 2 >= len(pages):
        raise Refused("ocr")
    return "\n".join(pages), len(pages)


def looks_scanned(text: str, page: Any) -> bool:
    """Hardly any text under a picture, or text whose font does not say which characters it draws."""
    marks = len("".join(text.split()))
    if marks and len(_UNMAPPED.findall(text)) / marks > 0.3:
        return True
    return marks < SCAN_CHARACTERS and picture_share(page) >= SCAN_SHARE


def picture_share(page: Any) -> float:
    width, height = page.get_size()
    covered = 0.0
    for picture in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=4):
        left, bottom, right, top = picture.get_bounds()
        covered += max(0.0, min(right, width) - max(left, 0)) * max(0.0, min(top, height) - max(bottom, 0))
    return covered / (width * height) if width and height else 0.0


def text_of_docx(data: bytes, most_pages: int) -> tuple[str, int]:
    check_parts(data)
    try:
        document = docx.Document(io.BytesIO(data))
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - python-docx documents no exceptions; every one of them means "damaged"
        raise Refused("damaged") from None
    body = document.element.body
    breaks = sum(1 for _ in body.iter(W + "lastRenderedPageBreak"))
    if breaks + 1 > most_pages:
        raise Refused("pages")
    lines = []
    if document.sections and not document.sections[0].header.is_linked_to_previous:
        lines += list(lines_of(document.sections[0].header._element))  # noqa: SLF001 - python-docx shows no other way
    lines += list(lines_of(body))
    text = "\n".join(lines)
    if not text.strip() and next(body.iter(W + "drawing", W + "pict"), None) is not None:
        raise Refused("ocr")
    return text, breaks + 1


def check_parts(data: bytes) -> None:
    """Refuse bombs by what the directory declares (zipfile reads no byte more) and every document type declaration."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except zipfile.BadZipFile:
        raise Refused("damaged") from None
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise Refused("encrypted")
    if "word/document.xml" not in archive.namelist():
        raise Refused("kind")
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise Refused("bomb")
    for part in parts:
        is_dense = part.file_size > 8 * MEBIBYTE and part.file_size > LARGEST_RATIO * max(
            part.compress_size, 1
        )
        if is_dense or part.file_size > LARGEST_PART:
            raise Refused("bomb")
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            check_declarations(archive, part)


def check_declarations(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        content = archive.read(part)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError):
        raise Refused("damaged") from None
    plain = content.replace(b"\x00", b"")  # UTF-16 becomes readable for the search
    named = _ENCODING.match(plain.lstrip(b"\xef\xbb\xbf\xff\xfe"))
    if _DECLARATION.search(plain) or (named and named[1].lower() not in _KNOWN_ENCODINGS):
        raise Refused("unsafe")


def lines_of(element: Any) -> Iterator[str]:
    """Paragraphs in reading order; a table row of one-line cells is one line with tabs, text boxes follow their line."""
    for child in element:
        if child.tag == W + "p":
            yield from lines_of_paragraph(child)
        elif child.tag == W + "tbl":
            for row in child.iter(W + "tr"):
                if next(row.iterancestors(W + "tbl")) is child:
                    yield from lines_of_row(row)
        elif child.tag not in {W + "sectPr", W + "sdtPr", W + "tblPr", MC + "Fallback"}:
            yield from lines_of(child)


def lines_of_row(row: Any) -> Iterator[str]:
    cells = [
        [line for line in lines_of(cell) if line.strip()]
        for cell in row.iter(W + "tc")
        if next(cell.iterancestors(W + "tr")) is row
    ]
    if all(len(cell) <= 1 for cell in cells):
        yield "\t".join(cell[0].replace("\t", " ").strip() for cell in cells if cell)
    else:
        for cell in cells:
            yield from cell


def lines_of_paragraph(paragraph: Any) -> Iterator[str]:
    pieces: list[str] = []
    boxes: list[Any] = []
    collect(paragraph, pieces, boxes)
    text = "".join(pieces)
    if text.strip() or not boxes:
        yield from text.split("\n")
    for box in boxes:
        yield from lines_of(box)


def collect(element: Any, pieces: list[str], boxes: list[Any]) -> None:
    for child in element:
        if child.tag == W + "t":
            pieces.append(child.text or "")
        elif child.tag in {W + "tab", W + "br", W + "cr"}:
            pieces.append("\t" if child.tag == W + "tab" else "\n")
        elif child.tag == W + "noBreakHyphen":
            pieces.append("-")
        elif child.tag == W + "txbxContent":
            boxes.append(child)
        elif child.tag in {
            W + "moveFrom",
            W + "del",
            W + "pPr",
            W + "instrText",
            MC + "Fallback",
        } or is_hidden(child):
            continue
        else:
            collect(child, pieces, boxes)


def is_hidden(run: Any) -> bool:
    mark = run.find(f"{W}rPr/{W}vanish") if run.tag == W + "r" else None
    return mark is not None and mark.get(W + "val") not in {"0", "false"}


def recognizer() -> Any:
    """Page → text by rapidocr, an optional extra; one word is read now, because models are loaded at first need."""
    engine = importlib.import_module("rapidocr").RapidOCR()

    def recognize(page: Any) -> str:
        found = engine(page.render(scale=2).to_numpy())
        return "\n".join(found.txts or ())

    recognize(pypdfium2.PdfDocument(ONE_WORD)[0])
    return recognize


def read(kind: str, data: bytes, most_pages: int, most_characters: int, recognize: Any) -> dict[str, Any]:
    text, pages = (
        text_of_pdf(data, most_pages, recognize) if kind == "pdf" else text_of_docx(data, most_pages)
    )
    if len(text) > most_characters:
        raise Refused("long")
    if len("".join(text.split())) < FEWEST_CHARACTERS:
        raise Refused("empty")
    return {"text": text, "pages": pages}


def main() -> None:
    kind, most_pages, most_characters, *more = sys.argv[1:]
    data = sys.stdin.buffer.read()
    try:
        give_up_rights(MEMORY_OCR if more else MEMORY, SECONDS_OCR if more else SECONDS)
        recognize = recognizer() if more else None
        open_nothing_more()
        answer = read(kind, data, int(most_pages), int(most_characters), recognize)
    except Refused as refusal:
        answer = {"problem": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"problem": "difficult"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
