"""A card shows what the tables hold now, though most of it is kept rendered."""

from datetime import timedelta

from app.core.db import db, now, transaction
from app.postings.cards import cards
from app.postings.models import Posting


def _shown(app, posting_id):
    with app.test_request_context("/"):
        found = cards([posting_id])
    return found[0].face if found else None


def test_a_changed_posting_gets_a_new_face(app, make):
    posting = make.posting(make.organization(), title="充装工")
    assert _shown(app, posting.id).title == "充装工"
    with transaction():
        db.session.get(Posting, posting.id).title = "氢氟酸充装工"
    assert _shown(app, posting.id).title == "氢氟酸充装工"


def test_a_renamed_employer_is_named_at_once(app, make):
    organization = make.organization()
    posting = make.posting(organization)
    _shown(app, posting.id)
    with transaction():
        organization.name = "清流新名氟业有限公司"
    face = _shown(app, posting.id)
    assert face.enterprise == "清流新名氟业有限公司"
    assert "清流新名氟业有限公司" in face.foot


def test_a_closed_posting_has_no_card_though_its_face_is_kept(app, make):
    posting = make.posting(make.organization())
    assert _shown(app, posting.id) is not None
    with transaction():
        db.session.get(Posting, posting.id).valid_until = (now() - timedelta(days=2)).date()
    assert _shown(app, posting.id) is None


def test_each_language_has_its_own_face(app, make):
    posting = make.posting(make.organization(), benefits=["双休"], is_urgent=True)
    with app.test_client() as client:
        client.get("/?lang=zh-Hans")
    chinese = _shown(app, posting.id)
    with app.test_request_context("/?lang=en"):
        app.preprocess_request()
        english = cards([posting.id])[0].face
    assert "急招" in chinese.tags
    assert "急招" not in english.tags


def test_cards_stand_in_the_order_asked_for(app, make):
    organization = make.organization()
    ids = [make.posting(organization, published_at=now() - timedelta(hours=n)).id for n in (3, 1, 2)]
    with app.test_request_context("/"):
        assert [card.id for card in cards(ids)] == ids


def test_markup_in_a_title_is_text(app, make):
    posting = make.posting(make.organization(), title="<b>操作工</b>")
    page = app.test_client().get("/").get_data(as_text=True)
    assert _shown(app, posting.id).title == "<b>操作工</b>"
    assert "<b>操作工</b>" not in page
    assert "&lt;b&gt;操作工&lt;/b&gt;" in page
