"""Full-text search that understands the trade. Pure Python: no web, no database. Use it through these names."""

from search.documents import Document, PostDocument, Record, digest
from search.index import IndexBusy, IndexUnavailable, SearchIndex
from search.memory_index import MemoryIndex
from search.other_documents import EventDocument, OrganizationDocument, PersonDocument, without_contact
from search.query import (
    Constraint,
    Filters,
    Hit,
    Loosening,
    PeopleFilters,
    Query,
    Reading,
    Results,
    Stats,
    Suggestion,
)
from search.whoosh_index import WhooshIndex
from search.words import cut, fold

__all__ = [
    "Constraint",
    "Document",
    "EventDocument",
    "Filters",
    "Hit",
    "IndexBusy",
    "IndexUnavailable",
    "Loosening",
    "MemoryIndex",
    "OrganizationDocument",
    "PeopleFilters",
    "PersonDocument",
    "PostDocument",
    "Query",
    "Reading",
    "Record",
    "Results",
    "SearchIndex",
    "Stats",
    "Suggestion",
    "WhooshIndex",
    "cut",
    "digest",
    "fold",
    "without_contact",
]
