"""Pay of a posting as pages show it: by the month, or in the author's own unit where that is not a month."""

import re

from app.core import presentation
from app.postings.models import Posting

OTHER_UNIT = re.compile(r"(?:/|每|一|／)\s*(?:天|日|小时|时|周|h)|日薪|时薪|日结|计件|件", re.IGNORECASE)


def own_words(posting: Posting) -> str:
    """The author's words where they count in days, hours or pieces; else empty."""
    return posting.salary_words if OTHER_UNIT.search(posting.salary_words or "") else ""


def short(posting: Posting) -> str:
    return presentation.pay(posting.salary_min, posting.salary_max, posting.salary_months, own_words(posting))


def full(posting: Posting) -> str:
    by_month = presentation.pay_full(posting.salary_min, posting.salary_max, posting.salary_months)
    words = own_words(posting)
    return f"{words}（约{by_month}）" if words else by_month
