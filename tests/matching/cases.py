"""A post, people and the graded collection that several test modules look at."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from matching import Candidate, Education, HeldCertificate, Matcher, Post, Work
from matching.collection import Collection, read_collection

FOLDER = Path(__file__).parent / "collection"

POST = Post(
    id=1,
    title="氟化氢装置内操",
    family="生产操作",
    chain_link="无水氟化氢/氢氟酸",
    duties="在中控室看DCS，调回转炉和精馏塔，处理报警，和外操对讲。",
    requirements="中专以上，2年以上化工装置操作经验，持氟化工艺作业证，能上夜班。",
    degree_min="中专",
    majors=("应用化工技术", "化学工艺"),
    years_min=2,
    certificates=("氟化工艺作业",),
    salary_min=6500,
    salary_max=9000,
    city="三明市清流县",
    shift="四班三倒",
)
PERSON = Candidate(
    id="a",
    headline="内操，四年氟化工",
    education=(Education("高职院校", "大专", "应用化工技术", 2020),),
    work=(Work("氢氟酸企业", "内操", 48, "盯DCS，回转炉、洗涤塔、精馏塔都调过，处理过两次泄漏报警。"),),
    skills=("DCS操作", "精馏"),
    certificates=(HeldCertificate("氟化工艺作业证"),),
    expected_jobs=("内操",),
    expected_places=("清流县",),
    salary_min=7000,
    summary="夜班没问题。",
    years=4,
)
STRANGER = Candidate(
    id="b",
    headline="平面设计",
    education=(Education("高职院校", "大专", "视觉传达设计", 2019),),
    work=(Work("广告公司", "设计师", 40, "画册、展台、LOGO。"),),
    expected_jobs=("平面设计",),
    expected_places=("厦门市",),
    salary_min=8000,
    years=3,
)


@cache
def matcher() -> Matcher:
    """Return a matcher that holds the post and both people."""
    return Matcher().fit([POST], [PERSON, STRANGER])


@cache
def collection() -> Collection:
    """Return the graded collection."""
    return read_collection(FOLDER / "jobs.jsonl", FOLDER / "candidates.jsonl", FOLDER / "labels.jsonl")


def score(person: Candidate, post: Post = POST) -> float:
    """Return the score of a pair that is not held."""
    return matcher().explain(post, person).score


def with_summary(person: Candidate, words: str) -> Candidate:
    """Return the person with more words in the summary."""
    return replace(person, summary=person.summary + words)
