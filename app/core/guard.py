"""Every view declares who may call it; an undeclared view stops the site from booting."""

from collections.abc import Callable
from enum import StrEnum
from typing import Any, TypeVar
from urllib.parse import urlsplit

from flask import Flask, current_app, redirect, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.errors import NotAllowed

View = TypeVar("View", bound=Callable[..., Any])


class Role(StrEnum):
    """What a signed-in person is here for. Which organization they act for is a membership."""

    SEEKER = "seeker"  # 求职者
    ENTERPRISE = "enterprise"  # 企业成员
    ORGANIZER = "organizer"  # 学校等活动组织者
    OFFICE = "office"  # 人才办
    ADMIN = "admin"  # 系统管理员


ANYONE = frozenset({"anyone"})
SIGNED_IN = frozenset(role.value for role in Role)


class ViewUndeclared(RuntimeError):
    """A view was registered without saying who may call it."""


def _declare(view: View, roles: frozenset[str]) -> View:
    view.allowed = roles  # type: ignore[attr-defined]  # a function may carry attributes
    return view


def public(view: View) -> View:
    """Anybody may call this view, signed in or not."""
    return _declare(view, ANYONE)


def signed_in(view: View) -> View:
    """Anybody who is signed in may call this view, whatever their role."""
    return _declare(view, SIGNED_IN)


def only(*roles: Role) -> Callable[[View], View]:
    """Only people of these roles may call this view: `@only(Role.SEEKER)`."""
    return lambda view: _declare(view, frozenset(role.value for role in roles))


def allowed_roles(app: Flask, endpoint: str) -> frozenset[str]:
    if endpoint == "static" or endpoint.endswith(".static"):
        return ANYONE
    view = app.view_functions[endpoint]
    roles = getattr(view, "allowed", None) or getattr(getattr(view, "view_class", None), "allowed", None)
    if roles is None:
        raise ViewUndeclared(f"{endpoint} does not declare who may call it: use @public, @signed_in or @only")
    return roles


def local_target(target: str | None) -> str | None:
    """*target* if it is a path of this site, else None: no open redirects."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    parts = urlsplit(target)
    return None if parts.scheme or parts.netloc else target


def _check() -> Response | None:
    if request.endpoint is None:
        return None
    roles = allowed_roles(current_app, request.endpoint)
    if roles is ANYONE or roles == ANYONE:
        return None
    if not current_user.is_authenticated:
        target = (
            request.full_path.rstrip("?")
            if request.method == "GET"
            else request.referrer and urlsplit(request.referrer).path
        )
        return redirect(url_for("accounts.sign_in", next=local_target(target)))
    if current_user.role not in roles:
        raise NotAllowed
    return None


def check_declarations(app: Flask) -> None:
    """Fail at boot, not at the first visit."""
    for endpoint in app.view_functions:
        allowed_roles(app, endpoint)


def init_app(app: Flask) -> None:
    app.before_request(_check)
