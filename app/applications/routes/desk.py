"""The employer's desk: what to do first, the pipeline in columns, lists with bulk moves, export."""

from dataclasses import dataclass
from typing import Any

from flask import Response as FileResponse
from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from app.applications import policy, services
from app.applications.forms import ReasonForm
from app.applications.kinds import COLUMNS, LISTS, OVER, RECRUITING, REJECTION_REASONS, STAGES, Column, Step
from app.applications.models import Stage
from app.applications.queries import desk as reads
from app.applications.routes.access import my_membership
from app.applications.routes.blueprint import bp
from app.applications.routes.cards import bands_of, candidate_card
from app.applications.routes.export import table_of
from app.applications.routes.todo import first_things
from app.applications.services.moving import BulkResult
from app.core import fit
from app.core.county_time import today
from app.core.db import paginate, transaction
from app.core.guard import Role, only
from app.core.limits import limiter
from app.organizations.models import Membership

IN_A_COLUMN = 6
BANDS = {"3": "匹配强", "2": "匹配中", "1": "匹配弱"}
BULK = [step for step in RECRUITING.moves.values() if isinstance(step, Step) and step.is_bulk]


@dataclass(frozen=True)
class Filters:
    """The state of the desk as its address says it."""

    posting: int | None
    band: str
    words: str

    def args(self, **other: Any) -> dict[str, Any]:
        """For url_for; None drops a part."""
        known = {"posting": self.posting, "band": self.band or None, "words": self.words or None}
        return {**known, **other}


def _filters() -> Filters:
    band = request.args.get("band", "")
    return Filters(
        request.args.get("posting", type=int),
        band if band in BANDS else "",
        request.args.get("words", "").strip()[:60],
    )


def _scope(membership: Membership, filters: Filters) -> reads.Scope:
    person_ids = None
    if filters.band and filters.posting:
        known = fit.current().bands_of_people(filters.posting, reads.people_of(filters.posting))
        person_ids = tuple(person for person, found in known.items() if found.band == int(filters.band))
    return reads.Scope(membership.organization_id, filters.posting, filters.words, person_ids)


@bp.get("/desk")
@only(Role.ENTERPRISE)
def desk() -> str:
    membership = my_membership()
    filters = _filters()
    scope = _scope(membership, filters)
    stages = [stage for column in COLUMNS for stage in column.stages]
    shown = reads.heads(scope, stages, IN_A_COLUMN)
    counts = reads.counts(scope)
    cards = _cards(membership, shown, with_posting=filters.posting is None)
    lanes = []
    for column in COLUMNS:
        found = [cards[a.id] for a in shown if a.stage in column.stages][:IN_A_COLUMN]
        total = sum(counts.get(stage, 0) for stage in column.stages)
        more = url_for("applications.pipeline", **filters.args(stage=column.key))
        lanes.append(
            {"column": column, "cards": found, "total": total, "rest": total - len(found), "url": more}
        )
    return render_template(
        "applications/desk.html",
        membership=membership,
        organization=membership.organization,
        is_suspended=policy.is_suspended(membership),
        may_publish=membership.organization.may_publish(today()),
        todo=first_things(membership.organization_id),
        lanes=lanes,
        over=sum(counts.get(stage, 0) for stage in OVER.stages),
        over_url=url_for("applications.pipeline", **filters.args(stage=OVER.key)),
        is_empty=not counts and not (filters.words or filters.band or filters.posting),
        **_filter_parts(membership, filters, "applications.desk"),
    )


def _cards(membership: Membership, applications: list, *, with_posting: bool) -> dict[int, dict[str, Any]]:
    ids = [application.id for application in applications]
    bands = bands_of(applications) if membership.organization.is_matching_on else {}
    interviews, offers = reads.latest_interviews(ids), reads.live_offers(ids)
    return {
        a.id: candidate_card(
            a, bands.get(a.id), interviews.get(a.id), offers.get(a.id), with_posting=with_posting
        )
        for a in applications
    }


def _filter_parts(membership: Membership, filters: Filters, endpoint: str, **fixed: Any) -> dict[str, Any]:
    """Choices and chips of the filter, for the desk and for its lists."""
    postings = reads.postings_with_counts(membership.organization_id)
    titles = {row[0]: row[1] for row in postings}
    chips = []
    if filters.posting:
        href = url_for(endpoint, **fixed, **filters.args(posting=None, band=None))
        chips.append(
            {"label": "职位", "value": titles.get(filters.posting, f"#{filters.posting}"), "href": href}
        )
    if filters.band:
        href = url_for(endpoint, **fixed, **filters.args(band=None))
        chips.append({"label": "匹配", "value": BANDS[filters.band], "href": href})
    if filters.words:
        href = url_for(endpoint, **fixed, **filters.args(words=None))
        chips.append({"label": "含", "value": filters.words, "href": href})
    return {"filters": filters, "postings": postings, "bands": BANDS, "chips_shown": chips}


@bp.get("/desk/pipeline")
@only(Role.ENTERPRISE)
def pipeline() -> str:
    membership = my_membership()
    return _pipeline_page(membership, ReasonForm(formdata=None))


def _pipeline_page(
    membership: Membership,
    form: ReasonForm,
    result: BulkResult | None = None,
    ticked: frozenset[int] = frozenset(),
) -> str:
    filters = _filters()
    scope = _scope(membership, filters)
    counts = reads.counts(scope)
    column = LISTS.get(request.args.get("stage", "")) or _first_filled(counts)
    is_oldest_first = request.args.get("sort") == "oldest"
    page = paginate(
        reads.listing(scope, column.stages, is_oldest_first=is_oldest_first),
        number=request.args.get("page", 1, type=int),
        size=20,
    )
    here = filters.args(stage=column.key, sort="oldest" if is_oldest_first else None)
    cards = _cards(membership, page.rows, with_posting=filters.posting is None)
    return render_template(
        "applications/pipeline.html",
        membership=membership,
        page=page,
        rows=[(a, cards[a.id]) for a in page],
        has_bands=any(card["band"] for card in cards.values()),
        ticked=ticked,
        column=column,
        stages=STAGES,
        tabs=_stage_tabs(filters, column, counts),
        sorts=_sorts(filters, column, is_oldest_first=is_oldest_first),
        can_handle=not policy.is_suspended(membership),
        bulk=[step for step in BULK if step.sources & set(column.stages)],
        form=form,
        reasons=REJECTION_REASONS,
        result=result,
        here=here,
        url_for_page=lambda n: url_for("applications.pipeline", **here, page=n),
        **_filter_parts(membership, filters, "applications.pipeline", stage=column.key),
    )


def _first_filled(counts: dict[Stage, int]) -> Column:
    """The first column in which somebody waits: nobody arrives at an empty list."""
    return next((each for each in LISTS.values() if any(map(counts.get, each.stages))), COLUMNS[0])


def _stage_tabs(filters: Filters, column: Column, counts: dict) -> list[dict[str, Any]]:
    return [
        {
            "label": each.label,
            "href": url_for("applications.pipeline", **filters.args(stage=key)),
            "current": each is column,
            "count": sum(counts.get(stage, 0) for stage in each.stages),
        }
        for key, each in LISTS.items()
    ]


def _sorts(filters: Filters, column: Column, *, is_oldest_first: bool) -> list[dict[str, Any]]:
    return [
        {
            "label": label,
            "href": url_for("applications.pipeline", **filters.args(stage=column.key, sort=sort)),
            "current": is_oldest_first is (sort == "oldest"),
        }
        for label, sort in (("最近有变化", None), ("最早投递", "oldest"))
    ]


@bp.post("/desk/pipeline")
@only(Role.ENTERPRISE)
@limiter.limit("120/hour")
def move_many() -> str | Response | tuple[str, int]:
    """One step for all that are ticked; what could not be moved is named on the page that follows."""
    membership = my_membership()
    chosen = [pair for raw in request.form.getlist("id") if (pair := _seen(raw))]
    verb = request.form.get("verb", "")
    step = next((each for each in BULK if each.verb == verb), None)
    form = ReasonForm()
    if not chosen or step is None:
        flash("先勾选要处理的人", "error")
        return _pipeline_page(membership, form), 422
    if step.needs_reason and not form.validate():
        return _pipeline_page(membership, form, ticked=frozenset(number for number, _ in chosen)), 422
    reason = form.full_reason if step.needs_reason else ""
    with transaction():
        result = services.take_many(chosen, verb, membership, reason=reason)
    if not result.refused:
        flash(f"{len(result.moved)}人：{step.label}", "success")
        return redirect(request.full_path.rstrip("?"), 303)
    return _pipeline_page(membership, ReasonForm(formdata=None), result)


def _seen(raw: str) -> tuple[int, int] | None:
    """`12.3`: application 12 as it was at version 3."""
    number, _, version = raw.partition(".")
    return (int(number), int(version)) if number.isdigit() and version.isdigit() else None


@bp.post("/desk/export.<any(xlsx, csv):kind>")
@only(Role.ENTERPRISE)
@limiter.limit("30/hour")
def export(kind: str) -> FileResponse:
    """All applications in sight as a table; the export itself leaves a row in the log."""
    membership = my_membership()
    filters = _filters()
    data, mimetype, row_count = table_of(_scope(membership, filters), kind)
    with transaction():
        services.export(membership, posting_id=filters.posting, kind=kind, row_count=row_count)
    headers = {"Content-Disposition": f'attachment; filename="applications.{kind}"'}
    return FileResponse(data, mimetype=mimetype, headers=headers)
