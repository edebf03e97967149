"""The web site (Flask). Read create_app first: it names every part, from the floor up."""

from typing import Any

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from app import (
    accounts,
    applications,
    demo,
    discovery,
    events,
    notifications,
    office,
    organizations,
    people,
    postings,
)
from app.core import (
    assets,
    audit,
    catalogue,
    cli,
    crypto,
    db,
    errors,
    gallery,
    guard,
    headers,
    jobs,
    limits,
    navigation,
    presentation,
    production,
    statistics,
    storage,
    translation,
)
from app.core.extensions import csrf, login_manager
from app.core.translation import SpeakingFlask

FLOOR = (
    cli,
    db,
    crypto,
    audit,
    errors,
    guard,
    headers,
    limits,
    statistics,
    storage,
    translation,
    catalogue,
    navigation,
    presentation,
    assets,
    jobs,
    gallery,
)
FEATURES = (
    accounts,
    notifications,
    organizations,
    people,
    postings,
    applications,
    events,
    discovery,
    office,
    demo,
)


def create_app(config: Any) -> Flask:
    app = SpeakingFlask(__name__)
    app.config.from_object(config)
    production.check(app)
    if proxies := app.config["TRUSTED_PROXIES"]:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=proxies, x_proto=proxies, x_host=proxies)  # type: ignore[method-assign]
    app.config["DATA_DIR"].mkdir(parents=True, exist_ok=True, mode=0o700)
    csrf.init_app(app)
    login_manager.init_app(app)
    for part in FLOOR:
        part.init_app(app)
    for feature in FEATURES:
        feature.init_app(app)
    guard.check_declarations(app)
    return app
