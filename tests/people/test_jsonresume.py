import json
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.core.degrees import Degree
from app.people.contact import Contact
from app.people.content import (
    ARRIVALS,
    NO_SCHOOL,
    Certificate,
    Content,
    Education,
    Intention,
    Language,
    Project,
    Work,
)
from app.people.jsonresume import NotAJsonResume, from_json_resume, to_json_resume

SCHEMA = json.loads((Path(__file__).parent / "data" / "jsonresume-1.0.0.schema.json").read_text("utf-8"))
VALIDATOR = jsonschema.Draft4Validator(SCHEMA, format_checker=jsonschema.FormatChecker())

lines = st.text(st.sampled_from("氟化工𠮷👷ab<>&\"'"), max_size=6)
months = st.none() | st.sampled_from(["2019-09", "2023-06", "1998-12"])
contents = st.builds(
    Content,
    headline=lines,
    summary=lines,
    education=st.lists(
        st.builds(
            Education,
            lines,
            st.sampled_from([int(each) for each in Degree]),
            lines,
            months,
            months,
            st.booleans(),
        )
    ).map(tuple),
    work=st.lists(st.builds(Work, lines, lines, months, months, st.booleans(), lines, lines)).map(tuple),
    projects=st.lists(st.builds(Project, lines, lines, months, months, lines)).map(tuple),
    skills=st.lists(lines.filter(bool), unique=True).map(tuple),
    certificates=st.lists(st.builds(Certificate, lines, lines, months, months)).map(tuple),
    languages=st.lists(st.builds(Language, lines, lines)).map(tuple),
    intention=st.builds(
        Intention,
        st.lists(lines.filter(bool), unique=True, max_size=2).map(tuple),
        st.just(("350423",)),
        st.none() | st.integers(1, 99999),
        st.none() | st.integers(1, 99999),
        st.sampled_from(("", *ARRIVALS)),
    ),
)


@settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))  # a busy machine
@given(contents)
def test_every_resume_is_valid_json_resume_and_comes_back_without_loss(content):
    contact = Contact("林小溪", "13800138000", "lin@example.com")
    exported = json.loads(json.dumps(to_json_resume(content, contact)))
    VALIDATOR.validate(exported)
    assert from_json_resume(exported) == (content, contact)


def test_the_schema_in_the_test_can_say_no():
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"work": [{"startDate": "2019年9月"}]})
    with pytest.raises(jsonschema.ValidationError):
        VALIDATOR.validate({"photo": "x"})


def test_contact_that_may_not_be_shown_is_not_exported():
    exported = to_json_resume(Content(headline="操作工"), Contact())
    assert exported["basics"] == {"label": "操作工"}


def test_a_month_that_is_none_is_left_out_so_that_the_file_stays_valid():
    exported = to_json_resume(Content(work=(Work("厂", "工", "去年"),)), Contact())
    VALIDATOR.validate(exported)
    assert "startDate" not in exported["work"][0]


def test_a_resume_of_another_tool_is_read_without_photo_or_address():
    content, contact = from_json_resume(
        {
            "basics": {
                "name": "Lin Xiaoxi",
                "label": "Process engineer",
                "image": "https://example.com/me.jpg",
                "location": {"address": "Some Street 1", "city": "Sanming"},
            },
            "work": [
                {
                    "company": "A chemical plant",
                    "position": "Operator",
                    "startDate": "2021-03-15",
                    "summary": "DCS",
                    "highlights": ["No stop in five years", 7],
                }
            ],
            "education": [{"institution": "A college", "studyType": "Bachelor", "endDate": "2019"}],
            "skills": [{"name": "Control", "keywords": ["DCS", "SIS"]}, "not an object"],
            "interests": [{"name": "fishing"}],
        }
    )
    assert contact == Contact("Lin Xiaoxi")
    assert content.work == (
        Work(
            "A chemical plant",
            "Operator",
            "2021-03",
            None,
            is_current=True,
            text="DCS\nNo stop in five years",
        ),
    )
    assert content.education == (Education("A college", Degree.BACHELOR, ended_on="2019-07"),)
    assert content.skills == ("Control", "DCS", "SIS")
    assert "example.com" not in json.dumps(content.to_dict())
    assert "Street" not in json.dumps(content.to_dict())


@pytest.mark.parametrize("data", [None, [], "x", 3, {}, {"title": "something else"}, {"basics": 7}])
def test_what_is_no_json_resume_is_refused(data):
    with pytest.raises(NotAJsonResume):
        from_json_resume(data)


def test_values_of_the_wrong_shape_become_empty_and_never_an_error():
    content, contact = from_json_resume(
        {
            "basics": {"name": ["x"], "label": {}, "summary": 1},
            "work": [{"name": [], "startDate": 2019, "highlights": "x"}],
            "education": {"institution": "x"},
            "projects": [{"roles": [1, "组员"], "endDate": "2019-13"}],
            "meta": {"qingcai": []},
        }
    )
    assert contact == Contact()
    assert content.work == (Work(),)
    assert content.education == ()
    assert content.projects == (Project(role="组员"),)


def test_a_school_that_was_left_out_is_not_exported():
    content = Content(education=(Education(school=NO_SCHOOL, degree=3, major="应用化工技术"),))
    [entry] = to_json_resume(content, Contact("陈某"))["education"]
    assert "institution" not in entry
    assert entry["area"] == "应用化工技术"
