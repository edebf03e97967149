"""Static files in templates: their addresses, and the symbols of the icon sprite."""

import re
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask
from jinja2.ext import Extension
from markupsafe import Markup

SETTLED = re.compile(r"\{\{ (asset|i)\('([^']*)'(?:, '([^']*)')?\) \}\}")


def _asset_url(folder: Path, base: str) -> Callable[[str], str]:
    @cache
    def asset(filename: str) -> str:
        """Address of a static file that changes with its content, so that it may be cached for a year."""
        digest = sha256((folder / filename).read_bytes()).hexdigest()[:10]
        return f"{base}/{filename}?v={digest}"

    return asset


def _icons(asset: Callable[[str], str]) -> Callable[..., Markup]:
    @cache
    def i(name: str, cls: str = "") -> Markup:
        """One symbol of the sprite. Decoration only: words beside it, or a visually hidden label, say what it means."""
        classes, address = f"i {cls}".strip(), f"{asset('icons.svg')}#{name}"
        return Markup('<svg class="{}" aria-hidden="true"><use href="{}"></use></svg>').format(
            classes, address
        )

    return i


class SettledAssets(Extension):
    """Writes addresses and icons that are named outright into a template when it is compiled: a page has some fifty."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return SETTLED.sub(self._settled, source)

    def _settled(self, call: re.Match[str]) -> str:
        made = self.environment.globals.get(call[1])
        return str(made(*filter(None, call.groups()[1:]))) if callable(made) else call[0]


def init_app(app: Flask) -> None:
    asset = _asset_url(Path(app.static_folder or ""), app.static_url_path or "/static")
    app.jinja_env.globals |= {"asset": asset, "i": _icons(asset)}
