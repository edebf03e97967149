"""Who somebody is moves nothing: every demonstration résumé, with protected facts of every kind written into its texts."""

import random
from dataclasses import replace
from datetime import date
from functools import cache

import pytest

from app.demo import people
from app.discovery.documents import candidate_from
from app.people.content import Content
from matching import Candidate, Matcher
from tests.matching.cases import POST, collection

TODAY = date(2026, 11, 24)
FACTS = {
    "name": ("我叫陈小梅，", "姓名：欧阳建国。"),
    "sex": ("女，", "性别：男。"),
    "age": ("今年45岁，", "年龄28，"),
    "birth": ("1979年出生，", "2003年5月生，"),
    "marriage": ("已婚已育，", "未婚，"),
    "ethnicity": ("畲族，", "民族：汉族。"),
    "build": ("身高180cm，", "体重50公斤，"),
    "party": ("政治面貌：党员。", "政治面貌：群众。"),
}
HIDDEN = "\u200b\u200b".join("氟化工艺作业证持有DCS精通")


@cache
def everybody() -> tuple[Candidate, ...]:
    draw = random.Random(3)
    contents = (Content.from_dict(people.content(person, draw, TODAY)) for person in people.written())
    return tuple(candidate_from(i, content, TODAY) for i, content in enumerate(contents))


def ranked(candidates):
    held = Matcher(today=lambda: TODAY).fit([], candidates)
    posts = [POST, *list(collection().posts.values())[::8]]
    return [
        [
            (match.candidate_id, match.score, match.band)
            for match in held.candidates_for(post, len(candidates), explained=False)
        ]
        for post in posts
    ]


@cache
def as_written():
    return ranked(everybody())


@pytest.mark.slow
@pytest.mark.parametrize("turn", [0, 1])
def test_protected_facts_in_the_text_change_neither_score_nor_order(turn) -> None:
    facts = "".join(words[turn] for words in FACTS.values())
    marked = [replace(person, summary=facts + person.summary) for person in everybody()]
    assert ranked(marked) == as_written()


@pytest.mark.parametrize("kind", FACTS)
def test_each_fact_swapped_anywhere_changes_nothing(kind) -> None:
    one, other = FACTS[kind]
    for person in everybody()[:: max(len(everybody()) // 40, 1)]:
        held = Matcher(today=lambda: TODAY)
        first = replace(person, headline=one + person.headline, summary=one + person.summary)
        second = replace(person, headline=other + person.headline, summary=other + person.summary)
        assert (
            held.explain(POST, first).score
            == held.explain(POST, second).score
            == held.explain(POST, person).score
        )


@pytest.mark.slow
def test_thirty_injected_lines_and_hidden_text_move_nobody_up_a_band() -> None:
    words = [
        POST.title,
        *POST.duties.split("，"),
        *POST.requirements.split("，"),
        "精通DCS",
        "熟练掌握精馏",
        "持氟化工艺作业证",
    ]
    lines = "。".join(f"{words[i % len(words)]}{'' if i < len(words) else i}" for i in range(30))
    stuffed = [replace(p, summary=f"{p.summary}。{lines}", skills=(*p.skills, HIDDEN)) for p in everybody()]
    before = {id_: band for id_, _, band in as_written()[0]}
    for id_, _, band in ranked(stuffed)[0]:
        assert band <= before[id_], everybody()[id_]


def test_the_year_of_birth_hidden_in_school_years_changes_nothing() -> None:
    for person in everybody()[::20]:
        older = replace(person, education=tuple(replace(e, year=1988) for e in person.education))
        held = Matcher(today=lambda: TODAY)
        assert held.explain(POST, older) == held.explain(POST, person)
