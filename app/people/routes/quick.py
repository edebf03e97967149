"""The eight questions, one a screen, saved as they are answered; works without a script."""

from typing import Any

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from app.core import county_time
from app.core.db import transaction
from app.core.guard import Role, local_target, only
from app.people import queries, services
from app.people.content import Content, completeness
from app.people.forms import FORMS
from app.people.forms.quick import QuickForm
from app.people.models import Person, Resume, Visibility
from app.people.quick import CERTIFICATE_NOTES, QUESTIONS, Question, question_of, summary
from app.people.routes.blueprint import bp, me, own_person

LAST = len(QUESTIONS)


def _target() -> str | None:
    """Where the person came from, an application for one; every address of the questions carries it."""
    return local_target(request.args.get("next"))


@bp.route("/quick/<int:step>", methods=["GET", "POST"])
@only(Role.SEEKER)
def quick(step: int) -> ResponseReturnValue:
    if not 1 <= step <= LAST:
        return redirect(url_for("people.quick", step=1, next=_target()))
    question = question_of(step)
    person = queries.person_of(me())
    answers = _answers(person)
    form = FORMS[question.name](data=answers.get(question.name))
    if "name" in form and me().name:
        del form.name
    if form.validate_on_submit():
        _keep(question, form, is_last=step == LAST)
        if step == LAST:
            return redirect(url_for("people.quick_done", next=_target()), 303)
        return redirect(url_for("people.quick", step=step + 1, next=_target()), 303)
    status = 422 if request.method == "POST" else 200
    return _page(step, question, form, answers), status


def _answers(person: Person | None) -> dict[str, Any]:
    row = queries.quick_answers_of(person) if person else None
    return row.answers if row else {}


def _keep(question: Question, form: QuickForm, *, is_last: bool) -> None:
    with transaction():
        person = services.ensure_person(me())
        services.answer_quick(person, {question.name: form.answer()})
        if is_last:
            services.finish_quick(person, name=form.answer().get("name") or "", today=county_time.today())


def _page(step: int, question: Question, form: QuickForm, answers: dict[str, Any]) -> str:
    return render_template(
        "people/quick.html",
        step=step,
        last=LAST,
        question=question,
        following=QUESTIONS[step].short if step < LAST else "",
        form=form,
        notes=CERTIFICATE_NOTES,
        target=_target(),
        done=[
            (number, each.short, summary(each, answers[each.name]))
            for number, each in enumerate(QUESTIONS, start=1)
            if each.name in answers and number != step
        ],
    )


@bp.get("/quick/done")
@only(Role.SEEKER)
def quick_done() -> ResponseReturnValue:
    person = queries.person_of(me())
    resume = _made(person) if person else None
    if person is None or resume is None:
        return redirect(url_for("people.quick", step=1, next=_target()))
    return render_template(
        "people/quick_done.html",
        resume=resume,
        found=completeness(Content.from_dict(resume.content)),
        target=_target(),
        is_findable=person.visibility is Visibility.ENTERPRISES,
    )


def _made(person: Person) -> Resume | None:
    row = queries.quick_answers_of(person)
    return queries.resume_of(person, row.resume_id) if row and row.resume_id else None


@bp.post("/quick/visible")
@only(Role.SEEKER)
def become_visible() -> ResponseReturnValue:
    """One press at the end of the questions: let verified enterprises find me."""
    person = own_person()
    with transaction():
        services.set_privacy(person, visibility=Visibility.ENTERPRISES, is_matching_on=True)
    flash("好了，已核验的企业能找到你", "success")
    return redirect(url_for("people.quick_done", next=_target()), 303)
