"""Every page of accounts opens for whom it is meant."""

import pytest

from app.core.guard import Role

PUBLIC = [
    "/sign-in",
    "/sign-in?way=password",
    "/sign-up",
    "/sign-up?as=enterprise",
    "/recover",
    "/terms",
    "/privacy",
]


@pytest.mark.parametrize("path", PUBLIC)
def test_strangers_can_open(app, path):
    response = app.test_client().get(path)
    assert response.status_code == 200
    assert "<h1" in response.text


@pytest.mark.parametrize(
    "path",
    ["/account", "/account/sessions", "/account/password", "/account/address", "/account/close", "/consent"],
)
@pytest.mark.parametrize("role", list(Role))
def test_people_of_every_role_can_open_their_settings(make, login, role, path):
    assert login(make.user(role)).get(path).status_code == 200


@pytest.mark.parametrize("path", ["/admin/users", "/admin/users/new", "/account/recovery-codes"])
def test_the_administrator_can_open(make, login, path):
    assert login(make.user(Role.ADMIN)).get(path).status_code == 200


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_pages_open_in_every_language(app, language):
    assert app.test_client().get(f"/sign-up?lang={language}").status_code == 200
