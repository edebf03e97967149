"""What people were shown is noted cheaply, taught to the matcher, and taken up by every process."""

import json
import random
import time

import pytest
from sqlalchemy import func, select

from app.applications.models import Stage, StageMove
from app.core.db import now, transaction
from app.discovery import exposures, learning
from app.discovery.fitting import LOOK_EVERY, MatcherOfProcess
from app.discovery.models import Dismissal, Exposure, Place
from matching.model import load

WORDS = ("化验", "会计", "电工", "叉车", "研发", "外贸", "仪表", "焊工")


def rows(db):
    query = select(Exposure.place, Exposure.posting_id, Exposure.person_id, Exposure.position)
    return [tuple(row) for row in db.session.execute(query.order_by(Exposure.id))]


def count(db):
    return db.session.scalar(select(func.count()).select_from(Exposure))


def test_recommendations_are_noted_with_their_places(make, login, db):
    person = make.person()
    make.posting()
    make.posting(title="外操")
    page = login(person.user).get("/jobs/recommended")
    assert page.status_code == 200
    assert count(db) == 0  # nothing is written while the page is made
    assert exposures.notes().write() == 2
    assert [(place, position) for place, _, _, position in rows(db)] == [
        (Place.RECOMMENDED, 1),
        (Place.RECOMMENDED, 2),
    ]
    assert exposures.notes().write() == 0


def test_a_second_page_of_search_goes_on_counting(make, login, db):
    person, posting = make.person(), make.posting()
    with login(person.user).application.test_request_context():
        exposures.note_postings(Place.SEARCH, person.user.id, [posting.id], 21)
    exposures.notes().write()
    assert rows(db) == [(Place.SEARCH, posting.id, person.id, 21)]


def test_opening_a_posting_is_noted_for_seekers_alone(make, login, db, app):
    person, posting = make.person(), make.posting()
    login(person.user).get(f"/jobs/{posting.id}")
    app.test_client().get(f"/jobs/{posting.id}")
    login(make.recruiter(posting.organization)).get(f"/jobs/{posting.id}")
    login(person.user).get("/jobs/999999")
    exposures.notes().write()
    assert rows(db) == [(Place.POST, posting.id, person.id, 0)]


def test_people_shown_to_an_employer_are_noted_with_the_posting(make, login, db):
    posting, person = make.posting(), make.person()
    client = login(make.recruiter(posting.organization))
    client.get(f"/postings/{posting.id}/people")
    client.get(f"/people/{person.id}?posting={posting.id}")
    exposures.notes().write()
    assert rows(db) == [(Place.PEOPLE, posting.id, person.id, 1), (Place.PERSON, posting.id, person.id, 0)]


def test_who_switched_matching_off_is_never_noted(make, db, login):
    posting, person = make.posting(), make.person(is_matching_on=False)
    login(person.user).get(f"/jobs/{posting.id}")
    exposures.note_people(Place.PEOPLE, posting.id, [person.id])
    assert exposures.notes().write() == 0
    assert count(db) == 0


def test_old_rows_are_forgotten(make, db):
    with transaction() as session:
        for age in (1, 181):
            session.add(
                Exposure(
                    place=Place.SEARCH,
                    posting_id=1,
                    person_id=1,
                    position=1,
                    shown_at=now() - age * exposures.KEPT / 180,
                )
            )
    exposures.forget_old()
    assert count(db) == 1


def shown(posting, person, position=1, place=Place.RECOMMENDED):
    return Exposure(
        place=place, posting_id=posting.id, person_id=person.id, position=position, shown_at=now()
    )


def test_grades_come_from_what_both_sides_did(make):
    person, postings = make.person(), [make.posting() for _ in range(6)]
    stages = (Stage.HIRED, Stage.SUBMITTED, Stage.REJECTED, Stage.REJECTED)
    reasons = (None, None, "缺必须的证书", "岗位已经招满")
    for posting, stage, reason in zip(postings, stages, reasons, strict=False):
        application = make.application(posting, person, stage=stage, rejection_reason=reason)
        with transaction() as session:
            session.add(StageMove(application_id=application.id, to_stage=stage))
    with transaction() as session:
        session.add_all(shown(posting, person, i) for i, posting in enumerate(postings, 1))
        session.add(shown(postings[4], person, 0, Place.POST))
        session.add(Dismissal(person_id=person.id, posting_id=postings[5].id, reason="pay"))
        session.add(shown(postings[5], person, 0, Place.POST))
    _, people, found = learning.examples(now())
    assert dict(zip(found.posts.tolist(), found.grades.tolist(), strict=True)) == {
        posting.id: grade for posting, grade in zip(postings, (3, 2, 0, 2, 1, 0), strict=True)
    }
    assert [candidate.id for candidate in people] == [person.id]


@pytest.fixture
def history(make):
    """Twelve people, twenty posts, and lists in which everybody applies to posts of their own word."""
    draw = random.Random(1)
    organization = make.organization()
    postings = [
        make.posting(organization, title=f"{WORDS[i % 8]}岗位", duties=f"负责{WORDS[i % 8]}工作")
        for i in range(20)
    ]
    people = []
    for i in range(12):
        word = WORDS[i % 8]
        work = {
            "employer": "某厂",
            "title": f"{word}员",
            "started_on": "2020-01",
            "ended_on": "2024-01",
            "text": f"做{word}",
        }
        people.append(
            make.person(content={"headline": word, "work": [work], "intention": {"jobs": [f"{word}岗位"]}})
        )
    with transaction() as session:
        for i, person in enumerate(people):
            for position, posting in enumerate(draw.sample(postings, 20), 1):
                session.add(shown(posting, person, position))
                if posting.title.startswith(WORDS[i % 8]):
                    session.add(shown(posting, person, 0, Place.POST))
    return people, postings


def test_the_matcher_is_trained_promoted_and_rolled_back_by_command(app, history):
    runner = app.test_cli_runner()
    result = runner.invoke(args=["train-matcher"])
    assert result.exit_code == 0, result.output
    said = json.loads(result.output)
    assert said["rows"] == 240
    assert set(said["old"]) == set(said["new"]) == {"by_person", "by_post"}
    worse = any(said["new"][side] < said["old"][side] for side in said["old"])
    assert said["is_promoted"] is not worse
    assert (learning.versions().in_use() == said["model"]) is said["is_promoted"]
    listed = runner.invoke(args=["matcher-models"]).output
    assert said["data"] in listed
    again = json.loads(runner.invoke(args=["train-matcher"]).output)
    assert again["data"] == said["data"]
    assert again["model"] != said["model"]
    while learning.versions().in_use() != "shipped":
        assert runner.invoke(args=["rollback-matcher"]).exit_code == 0
    assert runner.invoke(args=["rollback-matcher"]).exit_code == 1


def test_without_rows_the_shipped_model_stays(app):
    result = app.test_cli_runner().invoke(args=["train-matcher"])
    assert result.exit_code == 1
    assert "not enough" in result.output
    assert learning.versions().in_use() == "shipped"


def test_every_process_takes_a_promoted_model_within_seconds(app, make):
    person, posting = make.person(), make.posting()
    workers = [MatcherOfProcess(app), MatcherOfProcess(app)]
    before = [worker.explain(person.id, posting.id) for worker in workers]
    shipped = load()
    shelf = learning.versions()
    shelf.promote(shelf.add(type(shipped)(shipped.coef * 0, shipped.bias * 0 - 5, shipped.rarity, 9.0, 8.0)))
    time.sleep(LOOK_EVERY + 0.05)
    for worker, fit in zip(workers, before, strict=True):
        assert fit.band > 1
        assert worker.explain(person.id, posting.id).band == 1
    shelf.roll_back()
    time.sleep(LOOK_EVERY + 0.05)
    assert workers[0].explain(person.id, posting.id) == before[0]
