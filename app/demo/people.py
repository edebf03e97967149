"""The demonstration's people: the written résumés first, then variations of them."""

import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from app.core import places, trades
from app.core.degrees import Degree
from app.core.degrees import read as read_degree
from app.demo import names
from app.postings.guessing import guess_family

DATA = Path(__file__).with_name("data")
ARRIVALS = ("随时", "随时", "两周内", "一个月内")


def written() -> list[dict[str, Any]]:
    with (DATA / "people.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def endless(rng: random.Random) -> Iterator[dict[str, Any]]:
    """Written people, then variations with other lengths of experience, wishes and certificates, without end."""
    base = written()
    yield from base
    while True:
        person = dict(rng.choice(base))
        factor = rng.uniform(0.6, 1.6)
        person["experience"] = [
            {**work, "months": max(2, round(work["months"] * factor))} for work in person["experience"]
        ]
        person["years"] = round(sum(work["months"] for work in person["experience"]) / 12)
        person["expected_salary_min"] = round(person["expected_salary_min"] * rng.uniform(0.9, 1.2), -2)
        person["expected_city"] = rng.choice((person["expected_city"], "三明市清流县", "三明市"))
        if person["certificates"] and rng.random() < 0.3:
            person["certificates"] = person["certificates"][:-1]
        yield person


def _months_before(today: date, months: int) -> str:
    number = today.year * 12 + today.month - 1 - months
    return f"{number // 12}-{number % 12 + 1:02d}"


def _families(words: str, jobs: list[str]) -> list[str]:
    """Families that are named, then those that the jobs belong to."""
    named = [name for name, _, _ in trades.FAMILIES.find_all(words)]
    guessed = [found[0] for job in jobs if (found := guess_family(job))]
    return list(dict.fromkeys([*named, *guessed]))[:3]


def content(person: dict[str, Any], rng: random.Random, today: date) -> dict[str, Any]:
    """A résumé as app.people.content stores it."""
    work, end = [], rng.randint(0, 2)
    for number, job in enumerate(person["experience"]):
        start = end + job["months"]
        work.append(
            {
                "employer": f"某{job['company_type'].removeprefix('某')}",
                "title": job["title"],
                "started_on": _months_before(today, start),
                "ended_on": None if number == 0 and end == 0 else _months_before(today, end),
                "is_current": number == 0 and end == 0,
                "family": "",
                "text": job["text"],
            }
        )
        end = start + rng.randint(0, 3)
    education = [
        {
            "school": rng.choice(names.SCHOOLS[int(degree)]),
            "degree": int(degree),
            "major": school["major"],
            "started_on": None,
            "ended_on": f"{school['year']}-06",
            "is_current": school["year"] > today.year or (school["year"] == today.year and today.month < 6),
        }
        for school in person["education"]
        if (degree := read_degree(school["degree"]) or Degree.JUNIOR)
    ]
    jobs = [job.strip() for job in person["expected_job"].replace("/", "、").split("、") if job.strip()]
    return {
        "headline": person["headline"],
        "summary": person["self_summary"],
        "education": education,
        "work": work,
        "projects": [],
        "skills": person["skills"],
        "certificates": [
            {"name": name, "level": "", "issued_on": None, "valid_until": None}
            for name in person["certificates"]
        ],
        "languages": [],
        "intention": {
            "jobs": jobs[:3],
            "places": [places.read(person["expected_city"]) or places.HOME],
            "salary_min": person["expected_salary_min"],
            "salary_max": None,
            "arrival": rng.choice(ARRIVALS) if person["years"] else "应届毕业后",
            "shifts": [],
            "families": _families(person["expected_job"], jobs),
        },
    }
