"""What the system does with postings: verbs that write and never commit. The caller opens the transaction."""

from app.postings.services.clock import expire_overdue, tell_ending_soon
from app.postings.services.importing import import_rows, submit_imported
from app.postings.services.keeping import handle_report, report, save, unsave
from app.postings.services.moving import (
    close,
    expire,
    pause,
    publish,
    recall,
    renew,
    resume,
    return_,
    submit,
)
from app.postings.services.writing import PostingClosed, discard, draft, duplicate, edit

__all__ = [
    "PostingClosed",
    "close",
    "discard",
    "draft",
    "duplicate",
    "edit",
    "expire",
    "expire_overdue",
    "handle_report",
    "import_rows",
    "pause",
    "publish",
    "recall",
    "renew",
    "report",
    "resume",
    "return_",
    "save",
    "submit",
    "submit_imported",
    "tell_ending_soon",
    "unsave",
]
