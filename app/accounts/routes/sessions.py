"""Who is signed in on this browser, and the pages to see and end one's sessions."""

from flask import Request, Response, g, redirect, request, session, url_for
from flask_login import current_user

from app.accounts import consents
from app.accounts.device import cut_address, device_words
from app.accounts.models import SignInSession, User
from app.accounts.routes.blueprint import bp
from app.accounts.services import sessions
from app.core.db import transaction
from app.core.guard import public

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
