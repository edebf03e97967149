"""The inbox, and the development sender's page."""

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.core.db import get_or_404, paginate, transaction
from app.core.guard import local_target, public, signed_in
from app.notifications import policy, queries, services
from app.notifications.models import Notification

bp = Blueprint("notifications", __name__, template_folder="templates")


def _page_url(number: int) -> str:
    return url_for(request.endpoint or "", **request.args.to_dict() | {"page": number})


@bp.get("/notifications")
@signed_in
def index() -> str:
    is_unread = request.args.get("show") == "unread"
    page = paginate(
        queries.inbox(current_user, is_unread=is_unread), number=request.args.get("page", 1, type=int)
    )
    unread = queries.unread_count(current_user)
    return render_template(
        "notifications/index.html", page=page, is_unread=is_unread, unread=unread, page_url=_page_url
    )


@bp.get("/notifications/<int:notification_id>")
@signed_in
def show(notification_id: int) -> Response:
    """Mark one line as read and go where it leads."""
    notification = get_or_404(Notification, notification_id)
    if not policy.can_read(current_user, notification):
        abort(404)
    target = local_target(notification.path) or url_for("notifications.index")
    if notification.read_at is None:
        with transaction():
            services.read(notification)
    return redirect(target, 303)


@bp.post("/notifications/read")
@signed_in
def read_all() -> Response:
    with transaction():
        services.read_all(current_user)
    flash("全部标为已读了", "success")
    return redirect(url_for("notifications.index"), 303)


@bp.get("/dev/messages")
@public
def messages() -> str:
    """What the development sender sent. Does not exist where real gateways are set."""
    if current_app.config.get("SENDERS") != "development" or current_app.config.get("IS_PRODUCTION"):
        abort(404)
    address = request.args.get("q", "").strip()
    page = paginate(queries.messages(address), number=request.args.get("page", 1, type=int))
    return render_template("notifications/messages.html", page=page, address=address, page_url=_page_url)
