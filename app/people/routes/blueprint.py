"""The blueprint that the seeker's pages hang on."""

from flask import Blueprint, abort
from flask_login import current_user

from app.accounts.models import User
from app.core.db import transaction
from app.people import queries, services
from app.people.models import Person, Resume

bp = Blueprint("people", "app.people", url_prefix="/me", template_folder="templates")


def me() -> User:
    return current_user._get_current_object()  # noqa: SLF001 - services take the real user


def own_person() -> Person:
    """The signed-in seeker's person, made at first need."""
    person = queries.person_of(me())
    if person is None:
        with transaction():
            person = services.ensure_person(me())
    return person


def own_resume(resume_id: int) -> Resume:
    resume = queries.resume_of(own_person(), resume_id)
    if resume is None:
        abort(404)
    return resume
