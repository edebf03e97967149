"""The administrator's pages: find, create, suspend accounts."""

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response

from app.accounts import policy, queries
from app.accounts.forms import ROLE_LABELS, NewUserForm, SuspendForm
from app.accounts.models import User
from app.accounts.routes.blueprint import bp
from app.accounts.routes.sign_in import Page
from app.accounts.services import administration, registration
from app.core.db import get_or_404, paginate, transaction
from app.core.guard import Role, only


@bp.get("/admin/users")
@only(Role.ADMIN)
def users() -> str:
    words = request.args.get("q", "").strip()[:80]
    role = Role(request.args["role"]) if request.args.get("role") in set(Role) else None
    is_suspended = request.args.get("state") == "suspended"
    page = paginate(
        queries.users(words, role, is_suspended=is_suspended), number=request.args.get("page", 1, type=int)
    )
    return render_template(
        "accounts/users.html",
        page=page,
        words=words,
        role=role,
        is_suspended=is_suspended,
        role_labels=ROLE_LABELS,
        page_url=lambda number: url_for("accounts.users", **request.args.to_dict() | {"page": number}),
    )


@bp.route("/admin/users/new", methods=["GET", "POST"])
@only(Role.ADMIN)
def new_user() -> Page:
    form = NewUserForm()
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            with transaction():
                user = registration.create(
                    address=form.address.data, name=form.name.data, role=Role(form.role.data)
                )
        except registration.AddressTaken as error:
            form.address.errors = [str(error)]
        else:
            flash("账号开好了，请告诉对方用验证码登录", "success")
            return redirect(url_for("accounts.user", user_id=user.id), 303)
    return render_template("accounts/new_user.html", form=form), status


@bp.route("/admin/users/<int:user_id>", methods=["GET", "POST"])
@only(Role.ADMIN)
def user(user_id: int) -> Page:
    """One account; posting suspends it."""
    shown = get_or_404(User, user_id)
    form = SuspendForm()
    if form.validate_on_submit():
        with transaction():
            administration.suspend(shown, by=current_user, reason=form.reason.data)
        flash("账号已停用", "success")
        return redirect(url_for("accounts.user", user_id=shown.id), 303)
    page = render_template(
        "accounts/user.html",
        user=shown,
        form=form,
        role_labels=ROLE_LABELS,
        can_suspend=policy.can_suspend(current_user, shown),
        sessions=queries.sessions_of(shown),
    )
    return page, 422 if form.is_submitted() else 200


@bp.post("/admin/users/<int:user_id>/resume")
@only(Role.ADMIN)
def resume_user(user_id: int) -> Response:
    shown = get_or_404(User, user_id)
    with transaction():
        administration.resume(shown, by=current_user)
    flash("账号已恢复", "success")
    return redirect(url_for("accounts.user", user_id=shown.id), 303)


@bp.post("/admin/users/<int:user_id>/reset-second-factor")
@only(Role.ADMIN)
def reset_second_factor(user_id: int) -> Response:
    shown = get_or_404(User, user_id)
    with transaction():
        administration.reset_second_factor(shown, by=current_user)
    flash("两步验证已清空，下次登录时重新设置", "success")
    return redirect(url_for("accounts.user", user_id=shown.id), 303)
