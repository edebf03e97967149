"""Applications (投递): the pipeline, interviews, offers, the HR desk."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Register the feature's pages, commands and navigation."""
