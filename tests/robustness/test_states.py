"""Random histories of postings and applications against a plain model: no illegal state, index equals tables.

The model below is written by hand from the rules, not read from the tables of kinds: if a table
changes, this must be changed by somebody who means it.
"""

import shutil
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, multiple, rule
from sqlalchemy import select

from app.applications import services as applications
from app.applications.models import Application, Interview, InterviewState, Offer, OfferState, StageMove
from app.core import county_time
from app.core.db import db, now, transaction
from app.core.errors import DomainError
from app.discovery import contents, shelves, sync
from app.organizations.models import Membership, Organization, Standing
from app.people.models import Person
from app.people.queries import main_resume
from app.postings import services as postings
from app.postings.models import Posting
from search import digest
from tests.conftest import app_on
from tests.factory import Make

RUNS = 200
MAKE = Make()  # numbers go on from run to run: all runs share one database
POSTING_MOVES = {  # verb: (from, to)
    "submit": ({"draft", "returned"}, "submitted"),
    "recall": ({"submitted"}, "draft"),
    "publish": ({"submitted"}, "published"),
    "return": ({"submitted", "published", "paused"}, "returned"),
    "pause": ({"published"}, "paused"),
    "resume": ({"paused"}, "published"),
    "close": ({"returned", "published", "paused", "expired"}, "closed"),
    "renew": ({"expired"}, "published"),
}
NEEDS_EMPLOYER = {"submit", "publish", "resume", "renew"}
ALIVE = {"submitted", "viewed", "shortlisted", "interview", "offer"}
APPLICATION_MOVES = {  # verb: (from, to), offers left out
    "view": ({"submitted"}, "viewed"),
    "shortlist": ({"submitted", "viewed"}, "shortlisted"),
    "reconsider": ({"rejected"}, "shortlisted"),
}


def fails(action) -> bool:
    """Whether the service refused; whatever was begun is rolled back."""
    try:
        with transaction():
            action()
    except DomainError:
        return True
    return False


class Recruiting(RuleBasedStateMachine):
    """Two employers, one of which may be suspended, their postings, three seekers."""

    postings = Bundle("postings")
    pairs = Bundle("pairs")

    @initialize()
    def begin(self):
        make = self.make = MAKE
        self.office = make.office()
        self.writers = [make.recruiter() for _ in range(2)]
        self.members = [
            db.session.scalars(select(Membership).filter_by(user_id=user.id)).one() for user in self.writers
        ]
        self.people = [make.person() for _ in range(3)]
        self.suspended = [False, False]
        self.state: dict[int, str] = {}
        self.owner: dict[int, int] = {}
        self.stage: dict[tuple[int, int], str] = {}
        self.offer: dict[tuple[int, int], str | None] = {}
        self.invited: dict[tuple[int, int], str | None] = {}

    # ── postings ──

    @rule(target=postings, who=st.integers(0, 1))
    def write(self, who):
        template = self.make.posting(self.members[who].organization, created_by=self.writers[who])
        with transaction():
            copy = postings.duplicate(template, self.writers[who])
        with transaction() as session:
            session.delete(session.get(Posting, template.id))
        self.state[copy.id], self.owner[copy.id] = "draft", who
        return copy.id

    @rule(id_=postings, verb=st.sampled_from(sorted(POSTING_MOVES)))
    def move_posting(self, id_, verb):
        posting = db.session.get(Posting, id_)
        author = self.writers[self.owner[id_]]
        actions = {
            "submit": lambda: postings.submit(posting, author),
            "recall": lambda: postings.recall(posting, author),
            "publish": lambda: postings.publish(posting, self.office, seen_version=posting.version),
            "return": lambda: postings.return_(
                posting, self.office, seen_version=posting.version, reason="改"
            ),
            "pause": lambda: postings.pause(posting, author),
            "resume": lambda: postings.resume(posting, author),
            "close": lambda: postings.close(posting, author, "招满了"),
            "renew": lambda: postings.renew(posting, author, county_time.today() + timedelta(days=30)),
        }
        sources, target = POSTING_MOVES[verb]
        allowed = self.state[id_] in sources and not (
            verb in NEEDS_EMPLOYER and self.suspended[self.owner[id_]]
        )
        assert fails(actions[verb]) is not allowed, (verb, self.state[id_])
        if allowed:
            self.state[id_] = target

    @rule(id_=postings)
    def a_day_too_late(self, id_):
        posting = db.session.get(Posting, id_)
        with transaction():
            posting.valid_until = county_time.today() - timedelta(days=1)
        with transaction():
            postings.expire(posting)
        if self.state[id_] in {"published", "paused"}:
            self.state[id_] = "expired"
        else:
            with transaction():
                posting.valid_until = county_time.today() + timedelta(days=30)

    @rule(who=st.integers(0, 1), is_suspended=st.booleans())
    def stand(self, who, is_suspended):
        organization = db.session.get(Organization, self.members[who].organization_id)
        with transaction():
            organization.standing = Standing.SUSPENDED if is_suspended else Standing.VERIFIED
        self.suspended[who] = is_suspended

    # ── applications ──

    @rule(target=pairs, id_=postings, who=st.integers(0, 2))
    def apply(self, id_, who):
        posting, person = db.session.get(Posting, id_), db.session.get(Person, self.people[who].id)
        key = (id_, who)
        before = self.stage.get(key)
        is_open = self.state[id_] == "published" and not self.suspended[self.owner[id_]]
        refused = fails(lambda: applications.apply(person, posting, main_resume(person), {}))
        known = before is not None and before != "withdrawn"
        assert refused is not (known or is_open)
        if refused or known:
            return multiple() if before is None else key
        self.stage[key], self.offer[key], self.invited[key] = "submitted", None, None
        return key

    def _application(self, key):
        query = select(Application).filter_by(posting_id=key[0], person_id=self.people[key[1]].id)
        return db.session.scalars(query).one()

    def _member(self, key):
        return db.session.get(Membership, self.members[self.owner[key[0]]].id)

    def _may_handle(self, key):
        return not self.suspended[self.owner[key[0]]]

    @rule(key=pairs, verb=st.sampled_from(["shortlist", "reconsider", "view"]))
    def step(self, key, verb):
        application, member = self._application(key), self._member(key)
        sources, target = APPLICATION_MOVES[verb]
        allowed = self.stage[key] in sources and self._may_handle(key)
        refused = fails(
            lambda: applications.take(application, verb, member, seen_version=application.version)
        )
        assert refused is not allowed, (verb, self.stage[key])
        if allowed:
            self.stage[key] = target

    @rule(key=pairs, reason=st.sampled_from(["", "经验不符"]))
    def reject(self, key, reason):
        application, member = self._application(key), self._member(key)
        allowed = (
            self.stage[key] in ALIVE
            and self.offer[key] != "accepted"
            and self._may_handle(key)
            and bool(reason)
        )
        refused = fails(
            lambda: applications.take(
                application, "reject", member, reason=reason, seen_version=application.version
            )
        )
        assert refused is not allowed
        if allowed:
            self.stage[key], self.offer[key] = "rejected", None
            self.invited[key] = None

    @rule(key=pairs)
    def invite(self, key):
        application, member = self._application(key), self._member(key)
        slots = [now() + timedelta(days=2), now() + timedelta(days=3)]
        allowed = (
            self.stage[key] in {"submitted", "viewed", "shortlisted", "interview"}
            and self.invited[key] != "proposed"
            and self._may_handle(key)
        )
        refused = fails(
            lambda: applications.propose(
                application,
                member,
                slots=slots,
                minutes=30,
                mode="现场面试",
                place="办公楼",
                note="",
                seen_version=application.version,
            )
        )
        assert refused is not allowed, (self.stage[key], self.invited[key])
        if allowed:
            self.stage[key], self.invited[key] = "interview", "proposed"

    @rule(key=pairs, fits=st.booleans())
    def answer_invitation(self, key, fits):
        query = select(Interview).filter_by(
            application_id=self._application(key).id, state=InterviewState.PROPOSED
        )
        interview = db.session.scalars(query).one_or_none()
        assert (interview is not None) is (self.invited[key] == "proposed")
        if interview is None:
            return
        user = interview.application.person.user
        action = (
            (lambda: applications.accept_slot(interview, user, interview.slots[0]))
            if fits
            else (lambda: applications.none_fits(interview, user, "要上班"))
        )
        assert not fails(action)
        self.invited[key] = "accepted" if fits else None

    @rule(key=pairs)
    def make_offer(self, key):
        application, member = self._application(key), self._member(key)
        allowed = (
            self.stage[key] in {"shortlisted", "interview"}
            and self.offer[key] is None
            and self._may_handle(key)
        )
        today = county_time.today()
        refused = fails(
            lambda: applications.make(
                application,
                member,
                salary=7000,
                months=12,
                starts_on=today + timedelta(days=20),
                terms="试用两个月",
                answer_by=today + timedelta(days=5),
                seen_version=application.version,
            )
        )
        assert refused is not allowed, (self.stage[key], self.offer[key])
        if allowed:
            self.stage[key], self.offer[key] = "offer", "open"

    @rule(key=pairs, accepts=st.booleans())
    def answer_offer(self, key, accepts):
        offers = select(Offer).filter_by(application_id=self._application(key).id).order_by(Offer.id.desc())
        offer = db.session.scalars(offers).first()
        if offer is None:
            assert self.offer[key] is None
            return
        user = offer.application.person.user
        action = (
            (lambda: applications.accept(offer, user))
            if accepts
            else (lambda: applications.decline(offer, user, ""))
        )
        allowed = self.offer[key] == "open"
        assert fails(action) is not allowed
        if allowed and accepts:
            self.offer[key] = "accepted"
        elif allowed:
            self.stage[key], self.offer[key], self.invited[key] = "declined", None, None

    @rule(key=pairs)
    def hire(self, key):
        application, member = self._application(key), self._member(key)
        allowed = self.stage[key] == "offer" and self.offer[key] == "accepted" and self._may_handle(key)
        refused = fails(
            lambda: applications.take(application, "hire", member, seen_version=application.version)
        )
        assert refused is not allowed
        if allowed:
            self.stage[key] = "hired"

    @rule(key=pairs)
    def withdraw(self, key):
        application = self._application(key)
        allowed = self.stage[key] in ALIVE
        assert fails(lambda: applications.withdraw(application, application.person.user)) is not allowed
        if allowed:
            self.stage[key], self.offer[key], self.invited[key] = "withdrawn", None, None

    # ── what always holds ──

    @invariant()
    def tables_say_what_the_model_says(self):
        if not hasattr(self, "state"):
            return
        rows = db.session.execute(select(Posting.id, Posting.state).where(Posting.id.in_(self.state)))
        assert {id_: str(state) for id_, state in rows} == self.state
        for key, stage in self.stage.items():
            application = self._application(key)
            assert str(application.stage) == stage
            last = db.session.scalars(
                select(StageMove).filter_by(application_id=application.id).order_by(StageMove.id.desc())
            ).first()
            assert str(last.to_stage) == stage
            live = db.session.scalars(
                select(Offer)
                .filter_by(application_id=application.id)
                .where(Offer.state.in_((OfferState.OPEN, OfferState.ACCEPTED)))
            ).all()
            assert [str(offer.state) for offer in live] == ([self.offer[key]] if self.offer[key] else [])

    def teardown(self):
        if not hasattr(self, "state"):
            return
        sync.drain()
        public = {
            id_
            for id_, state in self.state.items()
            if state == "published" and not self.suspended[self.owner[id_]]
        }
        held = {
            id_: found for id_, found in shelves.index(shelves.POSTINGS).ids().items() if id_ in self.state
        }
        assert set(held) == public
        documents = {document.id: digest(document) for document in contents.postings(None)}
        assert all(documents[id_] == found for id_, found in held.items())


@pytest.mark.slow
@pytest.mark.xdist_group("long")
def test_no_history_leads_to_an_illegal_state(migrated, tmp_path):
    shutil.copy(migrated, tmp_path / "site.db")
    app = app_on(tmp_path, JOBS_INLINE=False)
    with app.app_context():
        shelves.heal(shelves.POSTINGS)  # a site is prepared with an index, be it empty
        machine = type(
            "Machine",
            (Recruiting,),
            {},
        )
        machine.TestCase.settings = settings(
            max_examples=RUNS,
            stateful_step_count=15,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        )
        machine.TestCase("runTest").runTest()
        db.session.close()
        db.engine.dispose()
