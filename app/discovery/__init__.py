"""Discovery (搜索与推荐): the only package that imports search/ and matching/."""

from flask import Flask

from app.discovery import models

__all__ = ["init_app", "models"]


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
