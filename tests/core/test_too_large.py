"""What is too large is told by the page that fits it; what a form of ours can send is never too long."""

import io
import re
from pathlib import Path
from urllib.parse import urlencode

import pytest

from app.core import places, trades
from app.core.storage import LARGEST
from app.discovery.forms import LONGEST_TEXT

TEMPLATES = sorted(Path(__file__).parents[2].glob("app/**/*.html"))
GUNICORN = Path(__file__).parents[2] / "deploy" / "gunicorn.conf.py"


@pytest.fixture
def small_limit(app, monkeypatch):
    monkeypatch.setitem(app.config, "MAX_CONTENT_LENGTH", 100_000)


def test_a_file_that_is_too_large_is_told_the_limit_of_the_form(small_limit, make, login):
    form = {"file": (io.BytesIO(b"0" * 200_000), "big.pdf")}
    answer = login(make.person().user).post("/me/import", data=form, content_type="multipart/form-data")
    assert answer.status_code == 413
    assert f"一个文件最多{LARGEST // 1024 // 1024} MB" in answer.text
    assert len(re.findall(r"\d+ [KM]B", answer.text)) == 1


def test_words_that_are_too_many_hear_nothing_of_files(small_limit, make, login):
    client = login(make.recruiter(make.organization()))
    answer = client.post("/postings/paste", data={"text": "长" * 50_000})
    assert answer.status_code == 413
    assert "写的内容太长了" in answer.text
    assert "文件" not in re.search(r"<main.*</main>", answer.text, re.DOTALL)[0]


def test_two_files_of_the_allowed_size_fit_into_one_request(app):
    assert app.config["MAX_CONTENT_LENGTH"] > 2 * LARGEST
    assert "client_max_body_size 64m" in (GUNICORN.parent / "nginx.conf").read_text()


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_words_that_travel_in_an_address_are_limited_by_their_field(path):
    """gunicorn answers a longer address in plain English, so no form may be able to send one."""
    for form in re.findall(r"<form(?![^>]*method=\"post\").*?</form>", path.read_text(), re.DOTALL):
        for control in re.findall(r"<input[^>]*>|<textarea[^>]*>", form):
            is_typed = not re.search(r'type="(?:hidden|checkbox|radio|number|date)"', control)
            assert not is_typed or "maxlength=" in control, control


def test_all_conditions_of_the_search_at_once_still_fit_into_an_address():
    groups = {
        "family": trades.FAMILIES.names,
        "link": trades.LINKS.names,
        "shift": trades.SHIFTS.names,
        "benefit": trades.BENEFITS.names,
        "town": [places.label(code) for code in places.TOWNS],
    }
    asked = [(name, value) for name, values in groups.items() for value in values[:30]]
    single = {"degree": "6", "years": "10", "pay": "15000", "sort": "newest", "page": "30"}
    address = urlencode([*asked, *single.items(), ("q", "𠮷" * LONGEST_TEXT)])
    limit = int(re.search(r"limit_request_line = (\d+)", GUNICORN.read_text())[1])
    assert len(asked) > 60
    assert len("GET /jobs? HTTP/1.1") + len(address) < limit
