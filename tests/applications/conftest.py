"""A small hiring scene: an employer with a posting, its recruiter, a seeker who applies."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from app.applications import services
from app.core.county_time import today
from app.core.db import now, transaction
from app.organizations.queries import membership_of
from app.people.queries import main_resume


@pytest.fixture
def scene(app, make):
    """posting, recruiter, person and their user; nothing is handed in yet."""
    organization = make.organization()
    recruiter = make.recruiter(organization)
    posting = make.posting(organization, created_by=recruiter)
    person = make.person()
    return SimpleNamespace(
        organization=organization, recruiter=recruiter, posting=posting, person=person, seeker=person.user
    )


@pytest.fixture
def hand_in(app):
    """Apply as *person* to *posting*, as the page does."""

    def hand_in_(person, posting, given=None, **more):
        with transaction():
            application, _is_new = services.apply(person, posting, main_resume(person), given or {}, **more)
        return application

    return hand_in_


@pytest.fixture
def take(app):
    """One step of the recruiter, with the version as it stands."""

    def take_(application, verb, recruiter, reason=""):
        version = application.version
        with transaction():
            services.take(application, verb, membership_of(recruiter), reason=reason, seen_version=version)
        return application

    return take_


@pytest.fixture
def invited(app):
    """Invite to slots that begin after so many hours."""

    def invite(application, recruiter, hours=(48, 72)):
        version = application.version
        with transaction():
            return services.propose(
                application,
                membership_of(recruiter),
                slots=[now() + timedelta(hours=each) for each in hours],
                minutes=30,
                mode="现场面试",
                place="办公楼二楼",
                note="带证书原件",
                seen_version=version,
            )

    return invite


@pytest.fixture
def offered(app):
    def offer(application, recruiter, **given):
        on = today()
        values = {
            "salary": 7000,
            "months": 13,
            "starts_on": on + timedelta(days=14),
            "terms": "试用期两个月，四班三运转，包住。",
            "answer_by": on + timedelta(days=5),
        } | given
        version = application.version
        with transaction():
            return services.make(application, membership_of(recruiter), seen_version=version, **values)

    return offer
