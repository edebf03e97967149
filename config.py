"""Settings, read from the environment once. Nothing below app/ imports this module."""

import os
from pathlib import Path

ROOT = Path(__file__).parent


def _flag(name: str, default: bool) -> bool:
    return os.environ.get(name, "1" if default else "0").strip().lower() in {"1", "true", "yes", "on"}


class Config:
    """One environment, one configuration. APP_ENV=production makes app.core.production check it."""

    APP_ENV = os.environ.get("APP_ENV", "development")
    IS_PRODUCTION = APP_ENV == "production"
    DATA_DIR = Path(os.environ.get("DATA_DIR", ROOT / "instance")).resolve()
    SECRET_KEY = os.environ.get(
        "SECRET_KEY", "" if IS_PRODUCTION else "development only, never in production"
    )
    DEBUG = _flag("FLASK_DEBUG", False)
    SERVER_URL = os.environ.get(
        "SERVER_URL", "" if IS_PRODUCTION else "http://127.0.0.1:8000"
    )  # in messages and feeds

    SQLALCHEMY_ENGINES = {"default": os.environ.get("DATABASE_URL", f"sqlite:///{DATA_DIR}/site.db")}
    ALEMBIC = {
        "script_location": str(ROOT / "migrations"),
        "version_locations": [str(ROOT / "migrations" / "versions")],
    }
    INDEX_DIR = Path(os.environ.get("INDEX_DIR", DATA_DIR / "index"))
    JOBS_URL = os.environ.get("JOBS_URL", f"sqlite:///{DATA_DIR}/jobs.db")  # or redis://…, postgresql://…
    JOBS_INLINE = False  # or the topics that run as soon as a transaction is committed
    LIMITS_URL = os.environ.get("LIMITS_URL", f"sqlite-limits:///{DATA_DIR}/limits.db")
    IS_LIMITED = _flag("IS_LIMITED", True)
    MATCHING_BACKEND = os.environ.get(
        "MATCHING_BACKEND", ""
    )  # of joblib: "" here and now, loky, threading, dask
    MATCHING_SCHEDULER = os.environ.get("MATCHING_SCHEDULER", "")  # of the Dask cluster, tcp://…

    SENDERS = os.environ.get("SENDERS", "" if IS_PRODUCTION else "development")  # development, or gateways
    SMTP_URL = os.environ.get("SMTP_URL", "")  # smtps://user:password@host:465?from=no-reply@example.cn
    SMS_URL = os.environ.get("SMS_URL", "")  # https gateway that takes {"phone", "text"} as JSON
    SMS_TOKEN = os.environ.get("SMS_TOKEN", "")

    SESSION_COOKIE_SAMESITE = "Lax"
    SESSION_COOKIE_HTTPONLY = True
    SESSION_COOKIE_SECURE = IS_PRODUCTION
    PERMANENT_SESSION_LIFETIME = 30 * 24 * 3600
    WTF_CSRF_TIME_LIMIT = 12 * 3600
    MAX_CONTENT_LENGTH = 22 * 1024 * 1024  # two files of storage.LARGEST and the words of their form
    MAX_FORM_MEMORY_SIZE = 2 * 1024 * 1024
    TRUSTED_PROXIES = int(os.environ.get("TRUSTED_PROXIES", "0"))  # how many proxies stand before the site


class TestConfig(Config):
    """For pytest: cheap hashes, jobs run as soon as a transaction is committed, no limits."""

    APP_ENV = "test"
    TESTING = True
    SECRET_KEY = "test secret key, long enough to be one"  # noqa: S105 - protects nothing
    SERVER_URL = "http://localhost"
    WTF_CSRF_ENABLED = False
    CHEAP_PASSWORD_HASHES = True
    JOBS_INLINE = frozenset({"messages"})  # tests of search add "index": see tests/conftest.py
    IS_LIMITED = False
