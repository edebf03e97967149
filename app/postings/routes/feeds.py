"""For machines: sitemap, Atom feed of new postings, robots.txt. Built by an XML writer, so nothing needs escaping."""

import re
from collections.abc import Sequence
from xml.etree import ElementTree as ET

from flask import Response, abort, url_for

from app.core.guard import public
from app.core.presentation import iso
from app.postings import pay, queries
from app.postings.models import Posting
from app.postings.routes.blueprint import bp
from app.postings.routes.public import absolute

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
ATOM = "http://www.w3.org/2005/Atom"
NOT_XML = re.compile(
    "[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # XML 1.0 has no place for them


def _add(parent: ET.Element, name: str, text: str = "", **attributes: str) -> ET.Element:
    child = ET.SubElement(parent, name, attributes)
    if text:
        child.text = NOT_XML.sub("", text)
    return child


def _xml(root: ET.Element, mimetype: str) -> Response:
    data = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    response = Response(data, mimetype=mimetype)
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@bp.get("/sitemap.xml")
@public
def sitemap() -> Response:
    root = ET.Element("sitemapindex", {"xmlns": SITEMAP})
    for number in queries.sitemap_parts():
        _add(_add(root, "sitemap"), "loc", absolute(url_for("postings.sitemap_part", number=number)))
    return _xml(root, "application/xml")


@bp.get("/sitemap-<int:number>.xml")
@public
def sitemap_part(number: int) -> Response:
    if number not in queries.sitemap_parts():
        abort(404)
    root = ET.Element("urlset", {"xmlns": SITEMAP})
    if number == 0:
        for endpoint in ("discovery.home", "discovery.search", "discovery.find_companies"):
            _add(_add(root, "url"), "loc", absolute(url_for(endpoint)))
    for posting_id, updated_at in queries.sitemap_part(number, queries.today()):
        entry = _add(root, "url")
        _add(entry, "loc", absolute(url_for("postings.show", posting_id=posting_id)))
        _add(entry, "lastmod", iso(updated_at))
    return _xml(root, "application/xml")


def _entry(root: ET.Element, posting: Posting) -> None:
    link = absolute(url_for("postings.show", posting_id=posting.id))
    entry = _add(root, "entry")
    _add(entry, "id", link)
    _add(entry, "title", f"{posting.title} {pay.short(posting)}")
    _add(entry, "link", rel="alternate", type="text/html", href=link)
    _add(entry, "published", iso(posting.published_at))
    _add(entry, "updated", iso(posting.updated_at))
    _add(_add(entry, "author"), "name", posting.organization.name)
    _add(entry, "category", term=posting.family)
    _add(entry, "summary", posting.duties[:300], type="text")


@bp.get("/jobs/feed.atom")
@public
def feed() -> Response:
    newest = queries.newest(queries.today())
    here = absolute(url_for("postings.feed"))
    return atom_feed(newest, "清才荟萃 · 新职位", here, absolute(url_for("discovery.search")))


def atom_feed(newest: Sequence[Posting], title: str, here: str, page: str) -> Response:
    """Postings as an Atom feed that stands at *here* and says the same as *page*."""
    root = ET.Element("feed", {"xmlns": ATOM, "xml:lang": "zh-Hans-CN"})
    _add(root, "id", here)
    _add(root, "title", title)
    _add(root, "link", rel="self", type="application/atom+xml", href=here)
    _add(root, "link", rel="alternate", type="text/html", href=page)
    _add(
        root, "updated", iso(max((each.updated_at for each in newest), default=queries.beginning_of_today()))
    )
    for posting in newest:
        _entry(root, posting)
    return _xml(root, "application/atom+xml")


@bp.get("/robots.txt")
@public
def robots() -> Response:
    closed = ("/postings", "/review", "/desk", "/me", "/office", "/jobs/*/apply", "/jobs/*/report")
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    lines += ["", f"Sitemap: {absolute(url_for('postings.sitemap'))}", ""]
    return Response("\n".join(lines), mimetype="text/plain")
