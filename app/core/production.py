"""What a production configuration must have: the site refuses to boot without it and names it."""

from flask import Flask

SHORTEST_KEY = 32
WEAK_WORDS = ("development", "change", "secret", "test", "example", "password")


class UnsafeConfiguration(RuntimeError):
    """The settings are not fit for production; the message names each of them."""


def problems(config: dict) -> list[str]:
    """Every reason why these settings must not go live, in words."""
    found = []
    key = str(config.get("SECRET_KEY") or "")
    if not key:
        found.append("SECRET_KEY is missing")
    elif len(key) < SHORTEST_KEY:
        found.append(f"SECRET_KEY is short: {len(key)} characters, at least {SHORTEST_KEY} are needed")
    elif any(word in key.lower() for word in WEAK_WORDS):
        found.append(
            "SECRET_KEY is a default: make one with `python3 -c 'import secrets; print(secrets.token_hex(32))'`"
        )
    if config.get("DEBUG"):
        found.append("DEBUG is on")
    if not str(config.get("SERVER_URL") or "").startswith("https://"):
        found.append("SERVER_URL is missing or not https://")
    senders = config.get("SENDERS")
    if senders != "gateways":
        found.append("SENDERS is not 'gateways': sign-in codes would reach nobody")
    else:
        found += [
            f"{name} is missing" for name in ("SMTP_URL", "SMS_URL", "SMS_TOKEN") if not config.get(name)
        ]
    return found


def check(app: Flask) -> None:
    """Raise `UnsafeConfiguration` if the site is told to be in production and must not."""
    if app.config.get("APP_ENV") != "production":
        return
    if found := problems(app.config):
        raise UnsafeConfiguration("refusing to start in production: " + "; ".join(found))
