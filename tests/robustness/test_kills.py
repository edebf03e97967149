"""Workers are killed at fifty random moments while people apply and the office publishes.

Nothing that was acknowledged may be lost, nothing may be half done, and a minute later the index
says what the tables say.
"""

import asyncio
import os
import random
import re
import shutil
import signal
import sqlite3
import time
from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest
from sqlalchemy import func, select

from app.accounts.consents import current_versions
from app.accounts.models import SignInSession
from app.applications.models import Application, StageMove
from app.core import crypto
from app.core.audit import AuditEntry
from app.core.db import db, now, transaction
from app.discovery import contents, shelves
from app.organizations.models import Membership
from app.postings.models import Posting, PostingState
from search import digest
from tests.bench import server
from tests.bench.pages import TOKEN, Client
from tests.conftest import app_on
from tests.factory import Make

KILLS = 50
SEEKERS = 10
POSTINGS = 60
VERSION = re.compile(rb'name="version"[^>]*value="(\d+)"')


def cookie_of(app, user, make):
    token = crypto.new_token()
    with transaction() as session:
        session.add(
            SignInSession(user_id=user.id, token_digest=crypto.digest(token), device="t", address="t")
        )
    signer = app.session_interface.get_signing_serializer(app)
    return "session=" + signer.dumps({"token": token, "consents": current_versions()})


async def patiently(client, *request, until):
    """Ask again while workers die; the site is back within a second."""
    while time.monotonic() < until:
        try:
            return await client.request(*request)
        except (ConnectionError, asyncio.IncompleteReadError, OSError, ValueError, IndexError):
            client.close()
            await asyncio.sleep(0.1)
    return 0, b""


async def apply_to_all(url, cookie, ids, acknowledged, until):
    client = Client(url, cookie)
    for id_ in ids:
        path = f"/jobs/{id_}/apply"
        status, page = await patiently(client, "GET", path, until=until)
        token, resume = TOKEN.search(page), re.search(rb'name="resume"[^>]*value="(\d+)"', page)
        if status != 200 or not token:
            continue
        body = f"csrf_token={token[1].decode()}&consent=y&resume={resume[1].decode() if resume else ''}"
        status, page = await patiently(client, "POST", path, body.encode(), until=until)
        if status in {302, 303}:
            acknowledged.append(id_)
    client.close()


async def publish_all(url, cookie, ids, acknowledged, until):
    client = Client(url, cookie)
    for id_ in ids:
        path = f"/review/postings/{id_}"
        status, page = await patiently(client, "GET", path, until=until)
        token, version = TOKEN.search(page), VERSION.search(page)
        if status != 200 or not token:
            continue
        body = f"csrf_token={token[1].decode()}&version={version[1].decode() if version else ''}"
        status, _ = await patiently(client, "POST", f"{path}/publish", body.encode(), until=until)
        if status in {302, 303}:
            acknowledged.append(id_)
    client.close()


async def kill_at_random(web, workers, env, rng, done):
    """SIGKILL a web worker or the job worker, whichever the dice say; gunicorn and this test start them again."""
    for _ in range(KILLS):
        await asyncio.sleep(rng.uniform(0.02, 0.35))
        if rng.random() < 0.7:
            children = psutil.Process(web.pid).children()
            if children:
                os.kill(rng.choice(children).pid, signal.SIGKILL)
        else:
            workers[-1].kill()
            workers[-1].wait()
            workers.append(server.start_worker(env))
    done.set()


@pytest.mark.slow
@pytest.mark.xdist_group("long")
def test_nothing_acknowledged_is_lost_when_workers_are_killed(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "site.db")
    port = server.free_port()
    env = server.environment(tmp_path, port)
    app = app_on(tmp_path, JOBS_INLINE=frozenset(), SECRET_KEY="development only, never in production")
    with app.app_context():
        make = Make()
        seekers = [make.person() for _ in range(SEEKERS)]
        recruiter = make.recruiter()
        organization = (
            db.session.scalars(select(Membership).filter_by(user_id=recruiter.id)).one().organization
        )
        open_ids = [make.posting(organization, title=f"操作工{n}").id for n in range(POSTINGS)]
        waiting = [
            make.posting(
                organization,
                title=f"化验员{n}",
                state=PostingState.SUBMITTED,
                submitted_at=now(),
                published_at=None,
            ).id
            for n in range(POSTINGS)
        ]
        cookies = [cookie_of(app, person.user, make) for person in seekers]
        office = cookie_of(app, make.office(), make)
        people = [person.id for person in seekers]
        db.session.close()
        db.engine.dispose()
    web = server.start_web(env, port)
    workers = [server.start_worker(env)]
    url, rng = f"http://127.0.0.1:{port}", random.Random(7)
    applied: dict[int, list[int]] = {n: [] for n in range(SEEKERS)}
    published: list[int] = []
    try:
        server.wait(f"{url}/healthz")

        async def everything():
            until, done = time.monotonic() + 240, asyncio.Event()
            await asyncio.gather(
                kill_at_random(web, workers, env, rng, done),
                publish_all(url, office, waiting, published, until),
                *(apply_to_all(url, cookies[n], open_ids, applied[n], until) for n in range(SEEKERS)),
            )

        # A thread of its own, because the browser tests of the same process may have left an event loop in this one.
        with ThreadPoolExecutor(1) as loop:
            loop.submit(asyncio.run, everything()).result()
        ended = time.monotonic()
        assert sum(map(len, applied.values())) > SEEKERS, "the load never got through"
        assert published, "nothing was published"
        with app.app_context():
            _nothing_is_lost(people, applied, published)
            while time.monotonic() < ended + 60 and not _index_agrees():
                time.sleep(1)
            assert _index_agrees()
            db.session.close()
            db.engine.dispose()
    finally:
        server.stop(web, workers[-1])
    with sqlite3.connect(tmp_path / "site.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def _nothing_is_lost(people, applied, published):
    for n, person_id in enumerate(people):
        kept = set(db.session.scalars(select(Application.posting_id).filter_by(person_id=person_id)))
        assert set(applied[n]) <= kept
    states = db.session.execute(select(Posting.state).where(Posting.id.in_(published))).scalars()
    assert all(state is PostingState.PUBLISHED for state in states)
    applications = db.session.scalar(select(func.count()).select_from(Application))
    moves = db.session.scalar(select(func.count(func.distinct(StageMove.application_id))))
    audited = db.session.scalar(
        select(func.count()).select_from(AuditEntry).where(AuditEntry.action == "applications.apply")
    )
    assert applications == moves == audited


def _index_agrees():
    held = shelves.index(shelves.POSTINGS).ids()
    wanted = {document.id: digest(document) for document in contents.postings(None)}
    return held == wanted
