"""Prepares the fair that `fair.py` measures, and counts what the doors wrote: run in the site's own environment."""

import json
import random
import sys
from datetime import timedelta
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import func, insert, select

from app import create_app
from app.accounts.models import SignInSession, User
from app.core import crypto
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.events import tickets
from app.events.models import (
    CheckIn,
    Event,
    EventState,
    Exhibitor,
    ExhibitorPosting,
    ExhibitorState,
    HelperLink,
    Registration,
)
from app.events.services import registering
from app.people.models import Person
from app.postings.models import Posting, PostingState
from config import Config
from tests.bench.fair import BAD, DOOR, PATTERNS, PHONES


def event_of(office):
    start = now() - timedelta(hours=1)
    event = Event(
        kind="fair", title="测量用双选会", created_by_id=office.id, place="馆", address="", starts_at=start,
        ends_at=start + timedelta(hours=8), introduction="", rules="", audience={}, contact_name="", contact_phone="",
        state=EventState.PUBLISHED, published_at=start, capacity=5_000,
    )  # fmt: skip
    db.session.add(event)
    db.session.flush()
    return event


def main(folder):
    app = create_app(Config)
    rng = random.Random(7)
    with app.app_context(), transaction() as session:
        office = session.scalars(select(User).where(User.role == Role.OFFICE)).first()
        event, other = event_of(office), event_of(office)
        session.add(
            HelperLink(event_id=event.id, token_digest=crypto.digest(DOOR), door="门", made_by_id=office.id)
        )
        rows = [
            registering.Row(n, {}, registering.Visitor(f"访客{n}", f"139{n:08d}"))
            for n in range(PHONES * len(PATTERNS))
        ]
        registering.import_rows(event, rows, "bench", by=office, organization=None)
        setup = applications(session, event)
        session.flush()
        setup |= {
            "tickets": shown(session, event, other, rng),
            "stream": f"/events/{event.id}/stream",
            "figures": f"/events/{event.id}/figures.json",
        }
        setup["applications"] = [
            [cookie_of(app, session, user), path] for user, path in setup["applications"]
        ]
    (folder / "fair.json").write_text(json.dumps(setup))


def shown(session, event, other, rng):
    """Tickets for each pattern: nine in ten are good."""
    from_table = Registration
    good = list(
        session.scalars(select(from_table).where(from_table.event_id == event.id).order_by(from_table.id))
    )
    key, strange = tickets.private_key(), Ed25519PrivateKey.generate()
    found = {}
    for pattern in PATTERNS:
        mine = [good.pop() for _ in range(PHONES)]
        found[pattern] = []
        for row in mine:
            if rng.random() >= BAD:
                words = row.code if rng.random() < 0.1 else tickets.write(event.id, row.serial, key)
                found[pattern].append({"kind": "valid", "shown": words})
                continue
            bad = rng.choice(("forged", "other", "mistyped"))
            words = {
                "forged": tickets.write(event.id, row.serial, strange),
                "other": tickets.write(other.id, row.serial, key),
                "mistyped": row.code[:-1] + ("2" if row.code[-1] != "2" else "3"),
            }[bad]
            found[pattern].append({"kind": bad, "shown": words})
    return found


def applications(session, event):
    """A booth with posts that ask no questions, and pairs of seeker and address for applying."""
    posts = [
        post
        for post in session.scalars(select(Posting).where(Posting.state == PostingState.PUBLISHED))
        if not post.questions
    ]
    employer = max(
        {post.organization_id for post in posts}, key=lambda o: sum(p.organization_id == o for p in posts)
    )
    mine = [post for post in posts if post.organization_id == employer]
    stand = Exhibitor(
        event_id=event.id, organization_id=employer, state=ExhibitorState.APPROVED, wishes={}, card="", staff=[],
        booth_reasons=[], applied_at=now(),
    )  # fmt: skip
    session.add(stand)
    session.flush()
    for post in mine:
        session.add(ExhibitorPosting(exhibitor_id=stand.id, posting_id=post.id))
    people = list(session.scalars(select(Person).order_by(Person.id).limit(80)))
    pairs = [
        (person.user_id, f"/events/{event.id}/booths/{stand.id}/apply/{post.id}")
        for post in mine
        for person in people
    ]
    return {"booth": f"/events/{event.id}/booths/{stand.id}", "applications": pairs[:600]}


def cookie_of(app, session, user_id, known={}):  # noqa: B006 - one session for each person
    if user_id not in known:
        token = crypto.new_token()
        row = {
            "user_id": user_id,
            "token_digest": crypto.digest(token),
            "device": "bench",
            "address": "127.0.0",
        }
        session.execute(insert(SignInSession.__table__), row)
        value = SecureCookieSessionInterface().get_signing_serializer(app).dumps({"token": token})
        known[user_id] = f"session={value}"
    return known[user_id]


def count():
    """Rows of check-ins, and different tickets among them."""
    with create_app(Config).app_context():
        rows = db.session.scalar(select(func.count(CheckIn.id)))
        people = db.session.scalar(select(func.count(func.distinct(CheckIn.registration_id))))
    print(rows, people)


if __name__ == "__main__":
    count() if "--count" in sys.argv else main(Path(sys.argv[1]))
