"""Whatever happens to an index on the disk, its page answers with the right thing, and a minute later all is well."""

import contextlib
import random

import pytest

from app.core.db import transaction
from app.discovery import shelves, sync
from app.organizations.queries import membership_of
from search import IndexUnavailable, Query, digest
from tests.search.test_faults import FAULTS, harm

pytestmark = [
    pytest.mark.indexed,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # whoosh leaves files open that it could not write
]


KINDS = {"postings": "post", "people": "person", "companies": "organization", "events": "event"}


@pytest.fixture
def scene(app, make, login, gathering):
    """For each kind: who looks, the address, what must be there, and its row."""
    recruiter = make.recruiter()
    person, event = make.person(), gathering(title="冬季双选会")
    posting = make.posting(membership_of(recruiter).organization, title="充装工")
    visitor, employer = app.test_client(), login(recruiter)
    return {
        "postings": (visitor, "/jobs?q=充装工", f"/jobs/{posting.id}", posting),
        "people": (employer, "/people?q=外操", f"/people/{person.id}", person),
        "companies": (
            visitor,
            f"/companies?q={posting.organization.name}",
            f"/companies/{posting.organization_id}",
            posting.organization,
        ),
        "events": (visitor, "/events?q=双选会", f"/events/{event.id}", event),
    }


def page(client, address):
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("kind", [shelf.name for shelf in shelves.SHELVES])
def test_a_page_answers_right_through_every_fault_and_heals(scene, kind, monkeypatch):
    client, address, sign, _ = scene[kind]
    shelf = next(each for each in shelves.SHELVES if each.name == kind)
    monkeypatch.setattr(shelves.index(shelf), "_timeout", 0.05)
    assert sign in page(client, address)
    for fault in FAULTS:
        end = harm(shelves.index(shelf)._root, fault, random.Random(f"{kind}{fault}"))
        try:
            assert sign in page(client, address), fault
        finally:
            end()
        shelves.reconcile(shelf)
        found = shelves.search(shelf, _everything(kind))
        assert not found.is_from_tables, fault
        assert sign in page(client, address), fault


def _everything(kind):
    return Query("", kind=KINDS[kind])


def test_an_index_that_is_held_keeps_no_other_from_hearing_of_a_change(scene, monkeypatch):
    client, _, _, event = scene["events"]
    posting = scene["postings"][3]
    monkeypatch.setattr(shelves.index(shelves.POSTINGS), "_timeout", 0.05)
    release = harm(shelves.index(shelves.POSTINGS)._root, "locked", random.Random(1))
    with transaction():
        posting.title, event.title = "萤石浮选工", "春季招聘会"
    assert f"/events/{event.id}" in page(client, "/events?q=春季招聘会")
    assert not is_current(shelves.POSTINGS)
    with contextlib.suppress(IndexUnavailable):
        sync.drain()
    release()
    sync.drain()
    assert is_current(shelves.POSTINGS)


def is_current(shelf):
    """Whether the index holds just what the tables say."""
    wanted = {document.id: digest(document) for document in shelf.documents(None)}
    return shelves.index(shelf).ids() == wanted
