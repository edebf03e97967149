"""Pages of postings, one module for each kind of reader."""

from app.postings.routes import companies, desk, editor, feeds, imports, public, readers, review, soon
from app.postings.routes.blueprint import bp

__all__ = ["bp", "companies", "desk", "editor", "feeds", "imports", "public", "readers", "review", "soon"]
