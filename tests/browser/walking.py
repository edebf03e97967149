"""Walks through a site as one visitor by its own links, to meet each kind of page once."""

import re
from collections import deque
from urllib.parse import urljoin, urlsplit

HREF = re.compile(r'<a\b[^>]*?\shref="([^"#]+)')
NUMBER = re.compile(r"\d+")
MOST = 150  # kinds of pages of one role


def kind_of(address: str) -> str:
    """Pages of one view: /jobs/12 and /jobs/40 are the same kind, a list and its second page too."""
    return NUMBER.sub("N", urlsplit(address).path)


def walk(page, starts=("/",)) -> list[str]:
    """The first address met of every kind of HTML page that *page*'s visitor can reach by links."""
    ask, seen, found = page.context.request, set(), []
    queue = deque(starts)
    while queue and len(found) < MOST:
        address = queue.popleft()
        if kind_of(address) in seen:
            continue
        seen.add(kind_of(address))
        answer = ask.get(address, max_redirects=5)
        if "text/html" not in answer.headers.get("content-type", ""):
            continue
        found.append(address)
        here = urlsplit(answer.url)
        for href in HREF.findall(answer.text()):
            target = urlsplit(urljoin(answer.url, href.replace("&amp;", "&")))
            if target.netloc == here.netloc and target.scheme == here.scheme:
                queue.append(target.path)
    return found
