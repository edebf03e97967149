"""The eight questions, one a screen, saved as they are answered; works without a script."""

from typing import Any

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue

from app.core.db import now, transaction
from app.core.guard import Role, local_target, only
from app.people import queries, services
from app.people.content import Content, completeness
from app.people.forms import FORMS
from app.people.models import Person, Visibility
from app.people.quick import CERTIFICATE_NOTES, QUESTIONS, Question, question_of, summary
from app.people.routes.blueprint import bp, me, own_person

LAST = len(QUESTIONS)


@bp.route("/quick/<int:step>", methods=["GET", "POST"])
@only(Role.SEEKER)
def quick(step: int) -> ResponseReturnValue:
    if not 1 <= step <= LAST:
        return redirect(url_for("people.quick", step=1))
    if target := local_target(request.args.get("next")):
        session["after_quick"] = target
    question = question_of(step)
    person = queries.person_of(me())
    answers = _answers(person)
    form = FORMS[question.name](data=answers.get(question.name) or _known(question))
    if form.validate_on_submit():
        with transaction():
            person = services.ensure_person(me())
            services.answer_quick(person, {question.name: form.answer()})
            if step == LAST:
                services.finish_quick(person, name=form.answer().get("name") or "", today=now().date())
        return redirect(
            url_for("people.quick_done") if step == LAST else url_for("people.quick", step=step + 1), 303
        )
    status = 422 if request.method == "POST" else 200
    return _page(step, question, form, answers), status


def _answers(person: Person | None) -> dict[str, Any]:
    row = queries.quick_answers_of(person) if person else None
    return row.answers if row else {}


def _known(question: Question) -> dict[str, Any]:
    return {"name": me().name} if question.name == "arrival" else {}


def _page(step: int, question: Question, form: Any, answers: dict[str, Any]) -> str:
    return render_template(
        "people/quick.html",
        step=step,
        last=LAST,
        question=question,
        following=QUESTIONS[step].short if step < LAST else "",
        form=form,
        notes=CERTIFICATE_NOTES,
        done=[
            (number, each.short, summary(each, answers[each.name]))
            for number, each in enumerate(QUESTIONS, start=1)
            if each.name in answers and number != step
        ],
    )


@bp.get("/quick/done")
@only(Role.SEEKER)
def quick_done() -> ResponseReturnValue:
    resume = queries.main_resume(own_person())
    if resume is None:
        return redirect(url_for("people.quick", step=1))
    target = session.get("after_quick")
    return render_template(
        "people/quick_done.html",
        resume=resume,
        found=completeness(Content.from_dict(resume.content)),
        target=target,
        is_hidden=resume.person.visibility is not Visibility.ENTERPRISES,
    )


@bp.post("/quick/visible")
@only(Role.SEEKER)
def become_visible() -> ResponseReturnValue:
    """One press at the end of the questions: let verified enterprises find me."""
    person = own_person()
    with transaction():
        services.set_privacy(person, visibility=Visibility.ENTERPRISES, is_matching_on=True)
    flash("好了，已核验的企业能找到你", "success")
    return redirect(url_for("people.quick_done"), 303)
