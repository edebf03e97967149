"""Navigation: each feature names its own entries, the base page shows those of the person's role."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app, has_request_context, request, url_for
from flask_login import current_user

VISITOR = "visitor"
Areas = dict[str, list[dict[str, Any]]]


@dataclass(frozen=True)
class Entry:
    """One link: for whom, where, and under which heading of the page."""

    label: str
    icon: str
    endpoint: str
    roles: frozenset[str]
    order: int
    area: str = "main"  # main: the bar on top; tabs: five at the bottom of a phone; foot: the footer; me: account menu
    under: str = ""  # the address under which all pages belong to this link and to no other
    part: str = ""  # whose other pages belong to this link too: a feature, or the first words of its views


class Navigation:
    """The entries of all features, and how to count what a person has not read yet."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._addresses: dict[tuple[str, str], str] = {}
        self._areas: dict[tuple[str, str, str], Areas] = {}  # for each role and page
        self.unread: Callable[[], int] = lambda: 0

    def add(
        self,
        label: str,
        icon: str,
        endpoint: str,
        *,
        roles: set[str],
        order: int,
        area: str = "main",
        part: str = "",
        under: str = "",
    ) -> None:
        """Add a link. It is marked as current on its own page and on the others of its part of the site."""
        self.entries.append(Entry(label, icon, endpoint, frozenset(roles), order, area, under, part))

    def address(self, endpoint: str) -> str:
        """The address of a page without parameters; it is built once for each prefix of the site."""
        key = (request.root_path, endpoint)
        if key not in self._addresses:
            self._addresses[key] = url_for(endpoint)
        return self._addresses[key]

    def _made(self, role: str, endpoint: str) -> Areas:
        areas: Areas = {"main": [], "tabs": [], "foot": [], "me": []}
        mine = sorted((each for each in self.entries if role in each.roles), key=lambda e: e.order)
        rule = request.url_rule.rule if request.url_rule else ""
        owners = [each for each in mine if each.under and f"{rule}/".startswith(f"{each.under}/")]
        for entry in mine:
            areas[entry.area].append(
                {
                    "href": self.address(entry.endpoint),
                    "label": entry.label,
                    "icon": entry.icon,
                    "current": entry in owners if owners else _is_here(entry, endpoint),
                }
            )
        return areas

    def shown(self) -> dict[str, Any]:
        """What the base page needs: main, tabs, foot, me, home, who, role, unread."""
        known = current_user.is_authenticated
        role = current_user.role.value if known else VISITOR
        key = (request.root_path, role, request.endpoint or "")
        if key not in self._areas:
            self._areas[key] = self._made(role, request.endpoint or "")
        return {
            **self._areas[key],
            "home": self.address("discovery.home"),
            "role": role,
            "who": current_user.name if known else None,
            "unread": self.unread() if known else 0,
        }


def _is_here(entry: Entry, endpoint: str) -> bool:
    """A page belongs to its own link, or else to the link of its part of the site: one that says so, or that is
    called home or index.
    """
    part, _, view = entry.endpoint.partition(".")
    if view not in {"home", "index"} or part in {"discovery", "office"}:
        part = entry.part
    return endpoint == entry.endpoint or bool(part and endpoint.startswith((f"{part}.", f"{part}_")))


def navigation(app: Flask | None = None) -> Navigation:
    return (app or current_app).extensions["navigation"]


def init_app(app: Flask) -> None:
    app.extensions["navigation"] = Navigation()

    @app.context_processor
    def _nav() -> dict[str, Any]:
        return {"nav": navigation().shown()} if has_request_context() else {}
