"""Background work on huey: rows in the database say what is to be done, the queue only wakes the worker.

A feature registers what runs soon after a commit (`after_commit`) and what runs each minute
(`each_minute`) or night (`each_night`). Everything is repeatable and may be interrupted at any point.
"""

import logging
from collections.abc import Callable
from urllib.parse import urlsplit

import click
from flask import Flask, current_app
from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab

from app.core.audit import acting
from app.core.db import committed, db

Job = Callable[[], object]
log = logging.getLogger(__name__)

_soon: dict[str, Job] = {}
_each_minute: dict[str, Job] = {}
_each_night: dict[str, Job] = {}
NIGHT = {"hour": "19", "minute": "10"}  # UTC: ten past three in the county


def after_commit(topic: str, job: Job) -> None:
    """Run *job* within a second or so of each commit whose session noted `wake:<topic>`."""
    _soon[topic] = job


def each_minute(name: str, job: Job) -> None:
    _each_minute[name] = job


def each_night(name: str, job: Job) -> None:
    """Run *job* once a night, and whenever the worker starts: a night that was missed is made up for."""
    _each_night[name] = job


def run(name: str, job: Job) -> None:
    """Run one job; a failing job is logged and never stops the others."""
    try:
        with acting(f"job:{name}"):
            job()
    except Exception:
        db.session.rollback()
        db.session.info.clear()
        log.exception("job %s failed", name)


def run_all() -> None:
    """What the worker does each minute: everything that may have been missed, then the timers."""
    for name, job in (*_soon.items(), *_each_minute.items()):
        run(name, job)


def run_nightly() -> None:
    for name, job in _each_night.items():
        run(name, job)


def _queue(url: str) -> Huey:
    scheme = urlsplit(url).scheme
    if scheme.startswith("redis"):
        return RedisHuey("qingcai", url=url)
    if scheme.startswith("postgres"):
        return PostgresHuey("qingcai", dsn=url)
    return SqliteHuey("qingcai", filename=url.removeprefix("sqlite:///"), fsync=False)


def _wake(app: Flask, notes: dict) -> None:
    topics = [topic for topic in _soon if notes.get(f"wake:{topic}")]
    if not topics:
        return
    inline = app.config.get("JOBS_INLINE") or ()
    if app.config.get("JOBS_INLINE") is not False:
        for topic in topics:
            if topic in inline:
                run(topic, _soon[topic])
        return
    for topic in topics:
        try:
            app.extensions["wake"](topic)
        except Exception:  # noqa: BLE001 - the row is safe; the worker looks each minute anyway
            log.warning("could not wake the worker for %s", topic)


def init_app(app: Flask) -> None:
    committed.connect(_wake, sender=app)
    if app.config.get("JOBS_INLINE") is False:
        queue = _queue(app.config["JOBS_URL"])

        @queue.task()
        def wake(topic: str) -> None:
            with app.app_context():
                run(topic, _soon[topic])

        @queue.periodic_task(crontab(minute="*"))
        def minute() -> None:
            with app.app_context():
                run_all()

        @queue.periodic_task(crontab(**NIGHT))
        def night() -> None:
            with app.app_context():
                run_nightly()

        app.extensions["huey"], app.extensions["wake"] = queue, wake
    app.cli.add_command(work)


@click.command("work")
def work() -> None:
    """Run the worker: index, matcher, messages, timers."""
    run_all()
    run_nightly()
    queue: Huey = current_app.extensions["huey"]
    queue.create_consumer(workers=1, periodic=True, initial_delay=0.05, backoff=1.2, max_delay=0.4).run()
