"""Searches that seekers keep: kept, renamed, forgotten, and looked through once a day for new postings."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from urllib.parse import parse_qsl

from sqlalchemy import select, update
from werkzeug.datastructures import MultiDict

from app.accounts.models import User
from app.core import audit
from app.core.county_time import COUNTY_TIME
from app.core.db import db, now, transaction
from app.core.errors import DomainError
from app.discovery import queries, services
from app.discovery.forms import SearchRequest
from app.discovery.models import SavedSearch
from app.notifications.services import SITE, notify, send_to
from app.postings.models import Posting

MOST = 20  # searches that one seeker keeps
HOUR = time(8)  # of the county's day: when digests go out
NAMED = 3  # new postings that a digest names
LOOKED_THROUGH = 50  # newest hits of a search among which the new ones are found
BATCH = 200  # searches looked through in one minute
LAG = timedelta(minutes=1)  # a posting may reach the index a little after it was published


class TooManySearches(DomainError):
    message = f"最多保存{MOST}个搜索，先删掉不用的"


def of_user(user: User) -> list[SavedSearch]:
    query = select(SavedSearch).where(SavedSearch.user_id == user.id).order_by(SavedSearch.id.desc())
    return list(db.session.scalars(query))


def of_user_by_id(user: User, search_id: int) -> SavedSearch | None:
    found = db.session.get(SavedSearch, search_id)
    return found if found is not None and found.user_id == user.id else None


def asked_by(saved: SavedSearch) -> SearchRequest:
    """The search as its page would read it; what has since become unknown is left out."""
    return SearchRequest(MultiDict(parse_qsl(saved.parameters)))


def keep(user: User, asked: SearchRequest, name: str, *, is_daily: bool) -> SavedSearch:
    """Keep a search; one that is kept already gets the new name and switch."""
    parameters = asked.parameters()
    mine = of_user(user)
    saved = next((each for each in mine if each.parameters == parameters), None)
    if saved is None:
        if len(mine) >= MOST:
            raise TooManySearches
        saved = SavedSearch(user=user, parameters=parameters, name=name, is_daily=is_daily)
        db.session.add(saved)
    change(saved, name, is_daily=is_daily)
    return saved


def change(saved: SavedSearch, name: str, *, is_daily: bool) -> None:
    """Rename a search, switch its digest; what was published while it was off is not told later."""
    if is_daily and not saved.is_daily:
        saved.told_until = now()
    saved.name, saved.is_daily = name, is_daily


def forget(saved: SavedSearch) -> None:
    db.session.delete(saved)


def new_postings(saved: SavedSearch) -> list[Posting]:
    """Open postings of a search that were published since it was last told about, newest first."""
    query = replace(asked_by(saved).query(LOOKED_THROUGH, ()), sort="newest", page=1, highlight=False)
    ids = [hit.id for hit in services.search(query).results.hits]
    rows = [
        row for row in queries.open_postings(ids) if (row.published_at or saved.told_until) > saved.told_until
    ]
    return sorted(rows, key=lambda row: row.published_at or saved.told_until, reverse=True)


def send_digests(at: datetime | None = None) -> int:
    """Tell each seeker once a day, from eight o'clock, what is new; silent when nothing is. Returns messages sent."""
    at = at or now()
    eight = datetime.combine(at.astimezone(COUNTY_TIME).date(), HOUR, COUNTY_TIME)
    if at < eight:
        return 0
    sent = 0
    due = select(SavedSearch).where(SavedSearch.is_daily, SavedSearch.told_until < eight - LAG)
    by_user: dict[int, list[SavedSearch]] = defaultdict(list)
    for saved in db.session.scalars(due.order_by(SavedSearch.user_id).limit(BATCH)):
        by_user[saved.user_id].append(saved)
    for searches in by_user.values():
        with transaction():
            sent += _tell(searches, at)
    return sent


def _tell(searches: Sequence[SavedSearch], at: datetime) -> int:
    user = searches[0].user
    found = {saved: new_postings(saved) for saved in searches} if user.is_active else {}
    lines = [line(saved, postings) for saved, postings in found.items() if postings]
    for saved, postings in found.items():
        if postings:
            notify(user, line(saved, postings), address(saved))
            before = {"told_until": saved.told_until.isoformat()}
            audit.note(saved, before, {"told_until": at.isoformat(), "new": len(postings)})
    if lines:
        first = next(saved for saved, postings in found.items() if postings)
        path = address(first) if len(lines) == 1 else "/jobs/searches"
        if to := user.phone or user.email:
            send_to(to, SITE, "；".join(lines), path=path)
    ids = [saved.id for saved in searches]  # past the log: that somebody looked changes nothing
    db.session.execute(update(SavedSearch).where(SavedSearch.id.in_(ids)).values(told_until=at - LAG))
    return len(lines)


def line(saved: SavedSearch, postings: Sequence[Posting]) -> str:
    """What the digest says about one search."""
    titles = "、".join(posting.title for posting in postings[:NAMED])
    return f"「{saved.name}」有{len(postings)}个新职位：{titles}" + ("等" if len(postings) > NAMED else "")


def address(saved: SavedSearch) -> str:
    return f"/jobs?{saved.parameters}&sort=newest"
