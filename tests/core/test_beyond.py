"""Numbers that no row can have are pages that do not exist, not errors of ours."""

import pytest

BEYOND = "99999999999999999999"


@pytest.mark.parametrize(
    "path", ["/jobs/{}", "/jobs/{}/detail", "/jobs/{}/share", "/companies/{}", "/events/{}", "/jobs?page={}"]
)
def test_a_number_beyond_the_database_is_not_found(app, path):
    answer = app.test_client().get(path.format(BEYOND))
    assert answer.status_code in ({200, 303} if "?" in path else {404})


def test_so_it_is_behind_a_sign_in(make, login):
    recruiter = login(make.recruiter(make.organization()))
    assert recruiter.get(f"/desk/candidates/{BEYOND}").status_code == 404
    assert recruiter.get(f"/postings/{BEYOND}/edit").status_code == 404
    assert recruiter.get(f"/people?page={BEYOND}").status_code in {200, 303, 404}
    assert login(make.user()).get(f"/notifications?page={BEYOND}").status_code in {200, 303, 404}
