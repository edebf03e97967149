"""No text of a stranger breaks a page of search, however it is meant."""

from urllib.parse import quote

import pytest

from tests.bench.search_posts import HOSTILE

pytestmark = pytest.mark.indexed


def test_every_page_of_search_answers_any_text(app, make):
    make.posting(title="电工")
    client = app.test_client()
    for text in HOSTILE:
        asked = quote(text.encode("utf-8", "replace")[:2_000])
        for path in (
            "/jobs?q=",
            "/companies?q=",
            "/events?q=",
            "/jobs.atom?q=",
            "/suggest?q=",
            "/jobs?q=x&plain=",
            "/jobs?town=",
        ):
            response = client.get(path + asked)
            assert response.status_code in {200, 303}, (path, text[:40])
            assert b"<script>alert" not in response.data
