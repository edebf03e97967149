"""Full-text search that understands the trade. Pure Python: no web, no database. Use it through these names."""

from search.documents import Document, PostDocument, Record, digest
from search.index import IndexBusy, IndexUnavailable, SearchIndex
from search.memory_index import MemoryIndex
from search.other_documents import EventDocument, OrganizationDocument, PersonDocument, without_contact
from search.other_filters import EventFilters, OrganizationFilters, PeopleFilters
from search.query import (
    Constraint,
    Filters,
    Hit,
    Kind,
    Loosening,
    Picked,
    Query,
    Reading,
    Results,
    Sort,
    Stats,
    Suggestion,
)
from search.whoosh_index import WhooshIndex
from search.words import cut, fold

__all__ = [
    "Constraint",
    "Document",
    "EventDocument",
    "EventFilters",
    "Filters",
    "Hit",
    "IndexBusy",
    "IndexUnavailable",
    "Kind",
    "Loosening",
    "MemoryIndex",
    "OrganizationDocument",
    "OrganizationFilters",
    "PeopleFilters",
    "PersonDocument",
    "Picked",
    "PostDocument",
    "Query",
    "Reading",
    "Record",
    "Results",
    "SearchIndex",
    "Sort",
    "Stats",
    "Suggestion",
    "WhooshIndex",
    "cut",
    "digest",
    "fold",
    "without_contact",
]
