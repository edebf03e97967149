"""gunicorn: two workers with threads, the application loaded once and shared by fork."""

import gc
import os

bind = os.environ.get("BIND", "127.0.0.1:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
limit_request_line = 8190  # a question of some hundred Chinese characters in the address
max_requests = 50_000
max_requests_jitter = 5_000
loglevel = os.environ.get("LOG_LEVEL", "warning")


def when_ready(server):
    """The workers share what was loaded: objects that are never looked at again by the collector stay unwritten."""
    gc.collect()
    gc.freeze()


def post_fork(server, worker):
    """A worker makes its own database connections."""
    from app.core.db import db

    with worker.app.wsgi().app_context():
        db.engine.dispose(close=False)
