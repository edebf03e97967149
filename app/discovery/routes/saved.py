"""Searches that a seeker keeps, and the Atom feed of any search."""

from dataclasses import replace

from flask import Response, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.accounts.models import User
from app.core.db import transaction
from app.core.errors import DomainError
from app.core.guard import Role, only, public
from app.discovery import queries, saved_searches, services
from app.discovery.forms import KeepForm, SearchRequest
from app.discovery.models import SavedSearch
from app.discovery.routes.blueprint import bp
from app.postings.routes.feeds import atom_feed
from app.postings.routes.public import absolute

FEED_SIZE = 50


def me() -> User:
    return current_user._get_current_object()  # noqa: SLF001 - services take the real user


def _mine(search_id: int) -> SavedSearch:
    saved = saved_searches.of_user_by_id(me(), search_id)
    if saved is None:
        abort(404)
    return saved


def _page(form: KeepForm, asked: SearchRequest, saved: SavedSearch | None = None) -> ResponseReturnValue:
    page = render_template(
        "discovery/keep.html", form=form, saved=saved, chips=asked.spoken(), address="?" + asked.parameters()
    )
    return (page, 422) if form.errors else page


@bp.get("/jobs/searches")
@only(Role.SEEKER)
def saved_list() -> str:
    searches = [(saved, saved_searches.asked_by(saved)) for saved in saved_searches.of_user(me())]
    return render_template("discovery/kept.html", searches=searches)


@bp.route("/jobs/searches/new", methods=["GET", "POST"])
@only(Role.SEEKER)
def keep_search() -> ResponseReturnValue:
    asked = SearchRequest(request.args)
    form = KeepForm(name=asked.name()[:40])
    if form.validate_on_submit():
        try:
            with transaction():
                saved_searches.keep(me(), asked, form.name.data, is_daily=form.is_daily.data)
        except DomainError as refused:
            flash(refused.message, "danger")
            return redirect(url_for("discovery.saved_list"), 303)
        flash("已保存这个搜索", "success")
        return redirect(url_for("discovery.saved_list"), 303)
    return _page(form, asked)


@bp.route("/jobs/searches/<int:search_id>", methods=["GET", "POST"])
@only(Role.SEEKER)
def change_search(search_id: int) -> ResponseReturnValue:
    saved = _mine(search_id)
    form = KeepForm(obj=saved)
    if form.validate_on_submit():
        with transaction():
            saved_searches.change(saved, form.name.data, is_daily=form.is_daily.data)
        flash("已改好", "success")
        return redirect(url_for("discovery.saved_list"), 303)
    return _page(form, saved_searches.asked_by(saved), saved)


@bp.post("/jobs/searches/<int:search_id>/delete")
@only(Role.SEEKER)
def forget_search(search_id: int) -> ResponseReturnValue:
    saved = _mine(search_id)
    with transaction():
        saved_searches.forget(saved)
    flash("已删除", "success")
    return redirect(url_for("discovery.saved_list"), 303)


@bp.get("/jobs.atom")
@public
def search_feed() -> Response:
    """The newest postings of a search, for feed readers."""
    asked = SearchRequest(request.args)
    found = services.search(replace(asked.query(FEED_SIZE, ()), sort="newest", page=1, highlight=False))
    ids = [hit.id for hit in found.results.hits]
    rows = {row.id: row for row in queries.open_postings(ids)}
    here = f"?{asked.parameters()}"
    return atom_feed(
        [rows[id_] for id_ in ids if id_ in rows],
        f"清才荟萃 · {asked.name() or '新职位'}",
        absolute(url_for("discovery.search_feed") + here),
        absolute(url_for("discovery.search") + here),
    )
