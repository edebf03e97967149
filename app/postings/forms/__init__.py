"""What people type about postings."""

from app.postings.forms.deciding import (
    CloseForm,
    ImportForm,
    OutcomeForm,
    PasteForm,
    PublishForm,
    RenewForm,
    ReportForm,
    ReturnForm,
)
from app.postings.forms.posting import SECTIONS, PostingForm, form_for, row_form_for, typed_form, typed_in

__all__ = [
    "SECTIONS",
    "CloseForm",
    "ImportForm",
    "OutcomeForm",
    "PasteForm",
    "PostingForm",
    "PublishForm",
    "RenewForm",
    "ReportForm",
    "ReturnForm",
    "form_for",
    "row_form_for",
    "typed_form",
    "typed_in",
]
