"""Who is signed in on this browser, and the pages to see and end one's sessions."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import Request, Response, flash, g, redirect, render_template, request, session, url_for
from flask_login import current_user

from app.accounts import consents, policy, queries
from app.accounts.device import cut_address, device_words
from app.accounts.models import SignInSession, User
from app.accounts.routes.blueprint import bp
from app.accounts.services import sessions
from app.core.db import get_or_404, now, transaction
from app.core.errors import authorize
from app.core.guard import local_target, public, signed_in

FRESH_FOR = timedelta(minutes=15)  # after a password or code, sensitive changes need no second proof

FREE_OF_CONSENT = frozenset(
    {
        "accounts.consent",
        "accounts.sign_out",
        "accounts.terms",
        "accounts.privacy",
        "accounts.close",
        "static",
    }
)


def load_user(_request: Request) -> User | None:
    """The user behind the token in the browser's cookie, if that session is still alive."""
    found = sessions.live(session.get("token"))
    g.sign_in = found
    return found.user if found else None


def current_session() -> SignInSession:
    """The session of this request; only for views that need sign-in."""
    return g.sign_in


def open_session(user: User, consent: str) -> None:
    """Sign *user* in on this browser, with a fresh cookie. Call inside a transaction."""
    token = sessions.begin(
        user,
        device=device_words(request.user_agent.string),
        address=cut_address(request.remote_addr),
        consent=consent,
    )
    session.clear()
    session["token"] = token
    session.permanent = True


def confirmed(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only for whoever proved a few minutes ago that it is them; others prove it first and come back."""

    @wraps(view)
    def checked(*args: Any, **kwargs: Any) -> Any:
        if current_session().confirmed_at < now() - FRESH_FOR:
            return redirect(url_for("accounts.confirm", next=local_target(request.path)), 303)
        return view(*args, **kwargs)

    return checked


def ask_consent() -> Response | None:
    """Lead whoever has not agreed to the current texts to the page that asks."""
    if not current_user.is_authenticated or request.endpoint in FREE_OF_CONSENT or request.method != "GET":
        return None
    known = g.sign_in.consent
    if known is None or known == consents.current_versions():
        return None
    return redirect(url_for("accounts.consent", next=request.full_path.rstrip("?")), 303)


@bp.post("/sign-out")
@public
def sign_out() -> Response:
    if current_user.is_authenticated:
        with transaction():
            sessions.end(current_session())
    session.clear()
    return redirect(url_for("discovery.home"), 303)


@bp.get("/account/sessions", endpoint="sessions")
@signed_in
def list_sessions() -> str:
    rows = queries.sessions_of(current_user)
    return render_template("accounts/sessions.html", rows=rows, current_id=current_session().id)


@bp.post("/account/sessions/<int:session_id>/end")
@signed_in
def end_session(session_id: int) -> Response:
    row = get_or_404(SignInSession, session_id)
    authorize(policy.can_end(current_user, row))
    with transaction():
        sessions.end(row)
    flash("那台设备已退出登录", "success")
    return redirect(url_for("accounts.sessions"), 303)


@bp.post("/account/sessions/end-others")
@signed_in
def end_other_sessions() -> Response:
    with transaction():
        ended = sessions.end_all(current_user, but=current_session())
    flash("别处的登录都已退出" if ended else "没有别处的登录", "success")
    return redirect(url_for("accounts.sessions"), 303)
