"""gunicorn: two workers with threads, the application loaded once and shared by fork."""

import ctypes
import gc
import multiprocessing
import os
import time

from gunicorn.workers.gthread import ThreadWorker

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190  # a question of some hundred Chinese characters in the address
max_requests = 50_000
max_requests_jitter = 5_000
loglevel = os.environ.get("LOG_LEVEL", "warning")

# Threads share one heap: with an arena for each, what one gave back another could not take, 10 MB a worker.
M_ARENA_MAX = -8
if hasattr(libc := ctypes.CDLL(None), "mallopt"):  # glibc
    libc.mallopt(M_ARENA_MAX, 1)

SLOTS = 64
AHEAD = 4  # connections that a worker may hold more than the one that holds fewest
FRESH = 3.0  # seconds; a worker that said nothing for longer hangs or is gone
held = multiprocessing.Array(
    "d", 2 * SLOTS, lock=False
)  # for each worker: when it said so, and how many it holds


class EvenWorker(ThreadWorker):
    """Leaves a new connection to a sibling that holds fewer.

    Kept-alive connections stay where they were accepted, and whoever wakes first may take most of them:
    with 50 connections one worker was seen to hold 36, and its visitors waited twice as long as the others'.
    """

    @property
    def worker_connections(self):
        """How many connections this worker may hold just now; gunicorn asks in every turn of its loop."""
        now, own = time.monotonic(), 2 * (self.age % SLOTS)
        held[own], held[own + 1] = now, self.nr_conns
        fewest = min(held[at + 1] for at in range(0, 2 * SLOTS, 2) if now - held[at] < FRESH)
        return min(self.cfg.worker_connections, int(fewest) + AHEAD)

    @worker_connections.setter
    def worker_connections(self, value):
        """gunicorn sets it once, to what the configuration says."""


worker_class = EvenWorker


def when_ready(server):
    """The workers share what was loaded: objects that are never looked at again by the collector stay unwritten."""
    from app.core.db import db
    from app.discovery.fitting import matcher
    from app.discovery.services import warm_up

    with server.app.wsgi().app_context():
        warm_up()
        matcher().warm_up()
        db.session.close()
        db.engine.dispose()
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """A worker makes its own database connections."""
    from app.core.db import db

    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)


def child_exit(server, worker):
    """What a worker held that is gone counts no more."""
    held[2 * (worker.age % SLOTS)] = float("-inf")
