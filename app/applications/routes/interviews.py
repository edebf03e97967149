"""Interviews: invite, answer, call off, result, the calendar of the employer, and the .ics file."""

from datetime import UTC, datetime, timedelta
from typing import Any

from flask import Response as FileResponse
from flask import abort, current_app, flash, redirect, render_template, request, url_for
from icalendar import Alarm, Calendar, Event
from werkzeug.wrappers import Response

from app.applications import policy, services
from app.applications.forms import NONE_FITS, CallOffForm, InviteForm, ResultForm
from app.applications.kinds import INTERVIEW_LABELS
from app.applications.models import Application, Interview, InterviewState
from app.applications.queries import interviewing as reads
from app.applications.queries.clashes import clashing
from app.applications.routes.access import candidate_or_404, me, my_membership, own_or_404
from app.applications.routes.answers import answer_form, slot_words
from app.applications.routes.blueprint import bp
from app.applications.routes.seeking import seeker_page
from app.applications.services.moving import require_handling
from app.core.db import get_or_404, now, paginate, transaction
from app.core.guard import Role, only
from app.core.limits import limiter
from app.organizations.queries import membership_of

TABS = {"upcoming": "要来的", "confirm": "等确认", "held": "已面试"}


@bp.route("/desk/candidates/<int:application_id>/invite", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
@limiter.limit("60/hour", methods=["POST"])
def invite(application_id: int) -> str | Response | tuple[str, int]:
    membership = my_membership()
    application = candidate_or_404(membership, application_id)
    require_handling(application, membership)
    form = InviteForm(place=application.posting.address)
    if request.method == "GET":
        form.version.data = str(application.version)
        return _invite_page(application, form)[0]
    if not form.validate():
        return _invite_page(application, form, 422)
    clashes = clashing(form.slots(), form.minutes.data, reads.busy(membership.user_id, form.slots()[0]))
    if clashes and not form.is_sure.data:
        return _invite_page(application, form, 422, clashes)
    with transaction():
        services.propose(
            application,
            membership,
            slots=form.slots(),
            minutes=form.minutes.data,
            mode=form.mode.data,
            place=form.place.data,
            note=form.note.data or "",
            seen_version=form.seen_version,
        )
    flash("面试邀约已发出，等对方选时间", "success")
    return redirect(url_for("applications.candidate", application_id=application_id), 303)


def _invite_page(
    application: Application, form: InviteForm, status: int = 200, clashes: Any = ()
) -> tuple[str, int]:
    said = [
        {"slot": slot_words(slot), "name": other.application.person.name, "at": slot_words(other.starts_at)}
        for slot, other in clashes
    ]
    page = render_template("applications/invite.html", application=application, form=form, clashes=said)
    return page, status


@bp.post("/applications/<int:application_id>/interviews/<int:interview_id>")
@only(Role.SEEKER)
def answer(application_id: int, interview_id: int) -> Response | tuple[str, int]:
    application = own_or_404(application_id)
    interview = get_or_404(Interview, interview_id)
    if interview.application_id != application.id:
        abort(404)
    form = answer_form(interview, formdata=request.form)
    if interview.state in {InterviewState.ACCEPTED, InterviewState.DECLINED}:  # in another tab
        flash("你已经答复过这个邀约，下面是最新的", "warning")
        return redirect(url_for("applications.show", application_id=application_id), 303)
    if form.slot.data in interview.slots:
        form.slot.validate_choice = False  # it may have passed meanwhile: the service says so
    if interview.state is InterviewState.PROPOSED and not form.validate():
        return seeker_page(application, answer_form=form), 422
    with transaction():
        if form.slot.data == NONE_FITS:
            services.none_fits(interview, me(), form.words.data or "")
        else:
            services.accept_slot(interview, me(), form.slot.data or "")
    words = "已告诉公司时间都不合适" if form.slot.data == NONE_FITS else "面试时间约好了，到时会提醒你"
    flash(words, "success")
    return redirect(url_for("applications.show", application_id=application_id), 303)


def _of_employer_or_404(interview_id: int) -> tuple[Interview, Any]:
    membership = my_membership()
    interview = get_or_404(Interview, interview_id)
    if not policy.can_read(membership, interview.application):
        abort(404)
    return interview, membership


@bp.route("/desk/interviews/<int:interview_id>/call-off", methods=["GET", "POST"])
@only(Role.ENTERPRISE)
def call_off(interview_id: int) -> str | Response | tuple[str, int]:
    interview, membership = _of_employer_or_404(interview_id)
    form = CallOffForm()
    if form.validate_on_submit():
        with transaction():
            services.call_off(interview, membership, form.reason.data or "")
        flash("面试已取消，对方收到了通知", "success")
        return redirect(url_for("applications.candidate", application_id=interview.application_id), 303)
    page = render_template("applications/call_off.html", interview=interview, form=form)
    return page, 422 if request.method == "POST" else 200


@bp.post("/desk/interviews/<int:interview_id>/result")
@only(Role.ENTERPRISE)
def result(interview_id: int) -> Response:
    interview, membership = _of_employer_or_404(interview_id)
    form = ResultForm()
    if form.validate():
        with transaction():
            services.record_result(interview, membership, form.result.data, form.words.data or "")
        flash("面试结果已保存，只有本单位看得到", "success")
    else:
        flash("评语最多300字，没有保存", "error")
    return redirect(url_for("applications.candidate", application_id=interview.application_id), 303)


@bp.get("/desk/interviews")
@only(Role.ENTERPRISE)
def interviews() -> str:
    membership = my_membership()
    organization_id, at = membership.organization_id, now()
    lists = {
        "upcoming": reads.upcoming(organization_id, at),
        "confirm": reads.to_confirm(organization_id),
        "held": reads.held(organization_id, at),
    }
    chosen = request.args.get("show", "upcoming")
    chosen = chosen if chosen in lists else "upcoming"
    page = paginate(lists[chosen], number=request.args.get("page", 1, type=int), size=20)
    tabs = [
        {"label": label, "href": url_for("applications.interviews", show=key), "current": key == chosen}
        for key, label in TABS.items()
    ]
    return render_template(
        "applications/interviews.html",
        membership=membership,
        page=page,
        tabs=tabs,
        chosen=chosen,
        labels=INTERVIEW_LABELS,
        url_for_page=lambda n: url_for("applications.interviews", show=chosen, page=n),
        now=at,
    )


@bp.get("/interviews/<int:interview_id>.ics")
@only(Role.SEEKER, Role.ENTERPRISE)
def calendar(interview_id: int) -> FileResponse:
    """A settled interview for the calendar of either side; opening a newer file replaces the older entry."""
    interview = get_or_404(Interview, interview_id)
    application = interview.application
    is_seeker = policy.is_own(me(), application)
    if not is_seeker and not policy.can_read(membership_of(me()), application):
        abort(404)
    if interview.state is not InterviewState.ACCEPTED or interview.starts_at is None:
        abort(404)
    data = _ics(interview, for_seeker=is_seeker)
    headers = {"Content-Disposition": f'attachment; filename="interview-{interview.id}.ics"'}
    return FileResponse(data, mimetype="text/calendar", headers=headers)


def _ics(interview: Interview, *, for_seeker: bool) -> bytes:
    application, starts_at = interview.application, interview.starts_at or now()
    posting = application.posting
    event = Event()
    event.add("uid", f"interview-{interview.id}@{current_app.config['SERVER_URL'].split('//')[-1]}")
    event.add("sequence", interview.version)
    event.add("dtstamp", datetime.now(UTC))
    event.add("dtstart", starts_at.astimezone(UTC))
    event.add("dtend", (starts_at + timedelta(minutes=interview.minutes)).astimezone(UTC))
    other = posting.organization.name if for_seeker else application.person.name
    event.add("summary", f"面试：{posting.title}（{other}）")
    event.add("location", interview.place)
    event.add("description", "\n".join(part for part in (interview.mode, interview.note) if part))
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", "面试快到了")
    alarm.add("trigger", timedelta(hours=-1))
    event.add_component(alarm)
    file = Calendar()
    file.add("prodid", "-//qingcai//applications//ZH")
    file.add("version", "2.0")
    file.add_component(event)
    return file.to_ical()
