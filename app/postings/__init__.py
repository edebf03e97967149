"""Postings (岗位与需求): draft to closed, review, import, public pages and feeds."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
