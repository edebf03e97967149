"""A pasted post (or several) as fields, each with the words it was read from; what was not understood is kept.

Nothing here decides: the author checks the filled form. A confidence of 0.9 and more means a heading named the
field, 0.5 a mere guess.
"""

from datetime import date

from app.core import county_time
from app.core.halfwidth import half_width
from app.postings import post_facts
from app.postings.post_labels import Section, find_sections, trimmed
from app.postings.post_reader import Draft, Reader, Reading
from app.postings.post_sections import SECTION_READERS
from app.postings.post_splitting import split_posts
from app.postings.post_tables import read_pasted_table

MOST_LETTERS = 100_000
MOST_SECTIONS = 100  # of one post; what lies behind them is kept unread
MOST_SHARED = 5_000  # letters, since they are read again for each post
__all__ = ["Draft", "Reading", "read_posts"]


def read_posts(text: str, today: date | None = None) -> list[Draft]:
    """The posts that a pasted text holds, in their order; at least one unless the text is blank.

    Posts beyond the 50th, and letters beyond the 100,000th, come as a last draft without fields: nothing is lost.
    """
    if len(text) > MOST_LETTERS:
        unread = Draft({}, ((MOST_LETTERS, len(text)),), MOST_LETTERS, len(text))
        return [*read_posts(text[:MOST_LETTERS], today), unread]
    if not text.strip():
        return []
    plain = half_width(text)
    day = today or county_time.today()
    table = read_pasted_table(text, plain, day)
    if table:
        return table
    parts = split_posts(text)
    drafts = [_draft(Reader(text, plain, day), start, end, parts.shared) for start, end in parts.posts]
    return [*drafts, Draft({}, (parts.unread,), *parts.unread)] if parts.unread else drafts


def _draft(reader: Reader, start: int, end: int, shared: tuple[tuple[int, int], ...]) -> Draft:
    start, end = trimmed(reader.plain, start, end)
    _read_stretch(reader, start, end, 1.0)
    for shared_start, shared_end in shared:
        _read_shared(reader, shared_start, shared_end)
    post_facts.guess(reader, start, end)
    stretches = [(start, end), *shared]
    rest = [gap for each in stretches for gap in reader.unused(*each)]
    return Draft(reader.fields, tuple(sorted(rest)), start, end)


def _read_stretch(reader: Reader, start: int, end: int, trust: float) -> None:
    sections = find_sections(reader.text, start, end)[:MOST_SECTIONS]
    head_end = sections[0].label_start if sections else end
    reader.used.update((each.label_start, each.start) for each in sections)
    post_facts.read_title(reader, start, head_end, sections)
    for section in sections:
        _read_section(reader, section, trust)
    post_facts.read_free(reader, start, end, head_end, sections)
    if "duties" not in reader.fields and "requirements" not in reader.fields:
        post_facts.sort_sentences(reader, start, end, sections)


def _read_section(reader: Reader, section: Section, trust: float) -> None:
    read = SECTION_READERS.get(section.field)
    if read is not None and section.start < section.end:
        read(reader, section, trust)


def _read_shared(reader: Reader, start: int, end: int) -> None:
    """What is said once for several posts fills only what the post itself leaves open."""
    end = min(end, start + MOST_SHARED)
    sections = find_sections(reader.text, start, end)[:MOST_SECTIONS]
    for section in sections:
        if section.field not in ("title", "headcount"):
            _read_section(reader, section, 0.8)
    reader.used.update((each.label_start, each.start) for each in sections)
    post_facts.read_free(reader, start, end, end, sections, is_shared=True)
