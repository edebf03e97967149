"""What a page says: its text and the attributes that are read out, without what people wrote."""

from html.parser import HTMLParser

ATTRIBUTES = {"aria-label", "placeholder", "title", "alt", "label", "data-word"}
SILENT = {"script", "style", "textarea"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []
        self._open: list[tuple[str, bool]] = []  # tag, whether what is in it is kept out

    @property
    def _is_kept_out(self) -> bool:
        return bool(self._open) and self._open[-1][1]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        is_kept_out = (
            self._is_kept_out or tag in SILENT or given.get("translate") == "no" or "hreflang" in given
        )
        if not is_kept_out:
            self.said += [given[name] for name in ATTRIBUTES & given.keys()]
            if given.get("name") == "description":
                self.said.append(given.get("content", ""))
        if tag not in VOID:
            self._open.append((tag, is_kept_out))

    def handle_endtag(self, tag: str) -> None:
        while self._open:
            if self._open.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not self._is_kept_out and data.strip():
            self.said.append(" ".join(data.split()))


def said_on(page: str) -> list[str]:
    """Each run of text and each spoken attribute of a page; `translate="no"` marks what people wrote."""
    reader = _Reader()
    reader.feed(page)
    return reader.said
