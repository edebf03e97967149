"""The weekly digest: on Mondays, each seeker who wants it hears of the new posts that suit them best, with the reason."""

from datetime import datetime, time, timedelta

from app.core.county_time import COUNTY_TIME
from app.core.db import db, now, transaction
from app.core.fit import Fit
from app.discovery import exposures, queries, services
from app.discovery.models import Digest, Place
from app.notifications.services import notify
from app.people.models import Person
from app.postings.models import Posting

MONDAY, HOUR = 0, time(8)
WEEK = timedelta(days=6)  # so that one sent late on a Monday does not put off the next
NAMED, LOOKED_AT = 3, 20
LEAST_BAND = 2
BATCH = 200  # people looked at in one minute


def is_on(person: Person) -> bool:
    setting = queries.digest_of(person.id)
    return setting is None or setting.is_on


def switch(person: Person, *, is_on: bool) -> None:
    _setting(person).is_on = is_on


def _setting(person: Person) -> Digest:
    setting = queries.digest_of(person.id)
    if setting is None:
        setting = Digest(person_id=person.id, is_on=True)
        db.session.add(setting)
    return setting


def send_due() -> None:
    """Send what is due; each person in a transaction of their own, so that a crash repeats nobody."""
    moment = now()
    local = moment.astimezone(COUNTY_TIME)
    if local.weekday() != MONDAY or local.time() < HOUR:
        return
    for person in queries.people_due_a_digest(moment - WEEK, BATCH):
        with transaction():
            send(person, moment)
    exposures.notes().write()


def send(person: Person, moment: datetime) -> int:
    """Tell one person about new posts; returns how many. The week counts as told when there is nothing to tell, too."""
    setting = _setting(person)
    since = max(setting.sent_at or moment - WEEK, moment - 2 * WEEK)
    found = dict(services.recommended(person, LOOKED_AT))
    good = [id_ for id_, match in found.items() if match.band >= LEAST_BAND]
    fresh = {row.id: row for row in queries.open_postings(good) if (row.published_at or since) > since}
    chosen = [fresh[id_] for id_ in good if id_ in fresh][:NAMED]
    setting.sent_at = moment
    if chosen:
        more = len(fresh) - len(chosen)
        notify(
            person.user,
            _words(chosen, found, more),
            "/jobs/recommended",
            by_message=True,
            subject="本周推荐的职位",
        )
        exposures.note_postings(Place.DIGEST, person.user_id, [row.id for row in chosen])
    return len(chosen)


def _words(postings: list[Posting], found: dict[int, Fit], more: int) -> str:
    named = "；".join(f"{row.title}（{found[row.id].why}）" for row in postings)
    return f"本周有{len(postings) + more}个新职位合适你：{named}" + (f"，还有{more}个" if more else "")
