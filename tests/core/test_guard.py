"""Every view says who may call it: the app refuses to boot otherwise, and the table below is what it says."""

from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import AnyConverter, IntegerConverter

from app.core.guard import (
    ANYONE,
    Role,
    ViewUndeclared,
    allowed_roles,
    check_declarations,
    local_target,
    public,
)

TABLE = Path(__file__).with_name("access.tsv")


def matrix(app):
    """Rows of (endpoint, methods, who): anyone, or the roles that may call it."""
    rows = []
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: (r.endpoint, str(r))):
        roles = allowed_roles(app, rule.endpoint)
        who = "anyone" if roles == ANYONE else " ".join(r.value for r in Role if r.value in roles)
        methods = "+".join(sorted(rule.methods - {"HEAD", "OPTIONS"}))
        rows.append(f"{rule.endpoint}\t{methods}\t{rule}\t{who}")
    return rows


def test_an_undeclared_view_stops_the_boot():
    app = Flask("bare")
    app.add_url_rule("/bare", "bare", lambda: "")
    with pytest.raises(ViewUndeclared, match="bare"):
        check_declarations(app)
    app.view_functions["bare"] = public(lambda: "")
    check_declarations(app)


def test_the_matrix_of_roles_and_routes_is_as_declared(app):
    """Print with `-s`; after a deliberate change write the printed rows to access.tsv."""
    rows = matrix(app)
    print("\n".join(rows))
    assert rows == TABLE.read_text(encoding="utf-8").splitlines()


def _address(rule):
    values = dict.fromkeys(rule.arguments, 1)
    for argument, converter in rule._converters.items():
        if isinstance(converter, AnyConverter):
            values[argument] = min(converter.items)
        elif not isinstance(converter, IntegerConverter):
            values[argument] = "x"
    _, path = rule.build(values)
    return path


def test_each_role_is_let_in_or_turned_away_as_declared(app, make, login):
    """Every route × every role over HTTP: the guard's answer, before any view runs its own checks."""
    clients = {
        Role.SEEKER: login(make.user()),
        Role.ENTERPRISE: login(make.recruiter()),
        Role.ORGANIZER: login(make.user(Role.ORGANIZER)),
        Role.OFFICE: login(make.office()),
        Role.ADMIN: login(make.user(Role.ADMIN)),
    }
    app.config["PROPAGATE_EXCEPTIONS"] = False
    stranger = app.test_client()
    wrong = []
    for rule in app.url_map.iter_rules():
        roles = allowed_roles(app, rule.endpoint)
        if roles == ANYONE:
            continue
        method = "GET" if "GET" in rule.methods else "POST"
        path = _address(rule)
        response = stranger.open(path, method=method)
        if response.status_code != 302 or "/sign-in" not in response.location:
            wrong.append((path, "stranger", response.status_code))
        for role, client in clients.items():
            if role.value not in roles and (code := client.open(path, method=method).status_code) != 403:
                wrong.append((path, role, code))
    assert not wrong


@pytest.mark.parametrize(
    "target", ["//evil.example", "https://evil.example", "/\\evil", "javascript:x", "", None]
)
def test_no_open_redirect(target):
    assert local_target(target) is None


def test_a_path_of_the_site_is_a_target():
    assert local_target("/jobs?q=a") == "/jobs?q=a"
