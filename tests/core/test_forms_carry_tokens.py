"""Each form that changes something sends the session's token; the tests' own site does not ask for it."""

import re
from pathlib import Path

import app

ROOT = Path(app.__file__).parent
FORM = re.compile(r'<form\b[^>]*method="post".*?</form>', re.DOTALL)
INCLUDED = re.compile(r"{%-? include '([^']+)'")
TOKEN = re.compile(r"csrf_token|hidden_tag\(\)|place\(\)")  # place: a macro of the page that writes it
# Their address is the authority, and a tablet keeps them open for a day: see app/events/routes/doors.py.
AT_THE_DOOR = {"door.html", "walk_in.html"}


def whole(text):
    """The template with what it includes."""

    def content(match):
        found = next(ROOT.rglob(f"templates/{match[1]}"), None)
        return found.read_text("utf-8") if found else ""

    return INCLUDED.sub(lambda match: content(match) + match[0], text)


def test_every_form_of_every_template_sends_a_token():
    forms = [
        (path.name, whole(form))
        for path in ROOT.rglob("templates/**/*.html")
        for form in FORM.findall(path.read_text("utf-8"))
        if path.name != "states.html"  # the gallery of parts: nothing is sent
    ]
    assert len(forms) > 80
    assert {name for name, form in forms if not TOKEN.search(form)} == AT_THE_DOOR
