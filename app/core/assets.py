"""Static files in templates: their addresses, and the symbols of the icon sprite."""

from collections.abc import Callable
from functools import cache
from hashlib import sha256
from pathlib import Path

from flask import Flask
from markupsafe import Markup


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


def init_app(app: Flask) -> None:
    asset = _asset_url(Path(app.static_folder or ""), app.static_url_path or "/static")
    app.jinja_env.globals |= {"asset": asset, "i": _icons(asset)}
