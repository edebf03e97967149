"""A table copied out of a spreadsheet or a web page: one line a post, tabs between the cells."""

import re
from datetime import date

from app.postings.columns import BY_HEADING
from app.postings.field_readers import READERS, FieldUnreadable, read_field
from app.postings.guessing import guess_family
from app.postings.post_labels import trimmed
from app.postings.post_reader import Draft, Reader
from app.postings.post_splitting import MOST_POSTS

_LINE = re.compile(r"[^\n]+")

Cells = list[tuple[int, int]]


def read_pasted_table(text: str, plain: str, today: date) -> list[Draft]:
    """Drafts of a pasted table with headings; an empty list where the text is no such table."""
    lines = [_cells(plain, match.start(), match.end()) for match in _LINE.finditer(plain)]
    for index, line in enumerate(lines[:10]):
        columns = {place: BY_HEADING.get(plain[s:e].strip(" *:")) for place, (s, e) in enumerate(line)}
        named = [name for name in columns.values() if name]
        if "title" in named and len(named) >= 2:
            rows = [row for row in lines[index + 1 :] if len(row) >= 2]
            drafts = [_draft(Reader(text, plain, today), row, columns) for row in rows[:MOST_POSTS]]
            if len(rows) > MOST_POSTS:
                start = rows[MOST_POSTS][0][0]
                drafts.append(Draft({}, ((start, len(text)),), start, len(text)))
            return drafts
    return []


def _cells(plain: str, start: int, end: int) -> Cells:
    """Cells of one line; an empty cell keeps its place, so that the columns stay in line."""
    cells, position = [], start
    for piece in plain[start:end].split("\t"):
        cells.append(trimmed(plain, position, position + len(piece)))
        position += len(piece) + 1
    return cells


def _draft(reader: Reader, row: Cells, columns: dict[int, str | None]) -> Draft:
    for place, (start, end) in enumerate(row):
        name = columns.get(place)
        if name in READERS and start < end:
            try:
                value = read_field(name, reader.text[start:end], reader.today)
            except FieldUnreadable:
                continue
            reader.keep(name, value, [(start, end)], 0.95)
    start, end = row[0][0], row[-1][1]
    title = reader.fields.get("title")
    family = guess_family(str(title.value)) if title else None
    if title and family:
        reader.keep("family", family[0], [(title.start, title.end)], family[1] * 0.9)
    return Draft(reader.fields, tuple(reader.unused(start, end)), start, end)
