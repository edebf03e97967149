"""Pages of postings, one module for each kind of reader."""

from app.postings.routes import companies, desk, editor, feeds, imports, pasting, public, readers, review
from app.postings.routes.blueprint import bp

__all__ = ["bp", "companies", "desk", "editor", "feeds", "imports", "pasting", "public", "readers", "review"]
