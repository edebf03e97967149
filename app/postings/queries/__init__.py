"""What the site can tell about postings. Reads only."""

from app.postings.queries.clock import ending_soon, overdue
from app.postings.queries.days import beginning_of_today, today
from app.postings.queries.desk import (
    EXPIRING_DAYS,
    counts_by_state,
    expiring_count,
    imported_before,
    imports_of,
    moves,
    of_organization,
    revision_after,
    revisions,
    waiting_drafts,
    writers,
)
from app.postings.queries.feeds import FEED_SIZE, SITEMAP_SIZE, newest, sitemap_part, sitemap_parts
from app.postings.queries.office import (
    next_waiting,
    open_reports,
    report_count,
    reports_of,
    waiting,
    waiting_count,
)
from app.postings.queries.public import (
    akin,
    companies,
    is_open,
    open_among,
    open_count,
    open_counts,
    open_postings,
    public_company,
    with_organization,
)
from app.postings.queries.saved import saved_among, saved_by, saved_row

__all__ = [
    "EXPIRING_DAYS",
    "FEED_SIZE",
    "SITEMAP_SIZE",
    "akin",
    "beginning_of_today",
    "companies",
    "counts_by_state",
    "ending_soon",
    "expiring_count",
    "imported_before",
    "imports_of",
    "is_open",
    "moves",
    "newest",
    "next_waiting",
    "of_organization",
    "open_among",
    "open_count",
    "open_counts",
    "open_postings",
    "open_reports",
    "overdue",
    "public_company",
    "report_count",
    "reports_of",
    "revision_after",
    "revisions",
    "saved_among",
    "saved_by",
    "saved_row",
    "sitemap_part",
    "sitemap_parts",
    "today",
    "waiting",
    "waiting_count",
    "waiting_drafts",
    "with_organization",
    "writers",
]
