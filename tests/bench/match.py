"""Times the matcher at scale: `python -m tests.bench.match --posts N --people N [--json]`.

Posts and people are generated from the trade's own words with a fixed seed; CPU time, not wall time.
"""

import argparse
import json
import random
import resource
import time

import numpy as np

from matching import Candidate, Education, HeldCertificate, Matcher, Post, Work
from matching.ontology.families import FAMILY_NAMES
from search.words import lexicon

DEGREES = ("高中", "中专", "大专", "本科", "硕士")
PLACES = ("三明市清流县", "三明市", "福州市", "厦门市")
SHIFTS = ("长白班", "四班三倒", "两班倒")
EMPLOYERS = (
    "氢氟酸企业",
    "农药企业",
    "原料药企业",
    "氯碱企业",
    "水泥厂",
    "电子厂",
    "检测机构",
    "含氟聚合物企业",
)


def words_of(kinds: set[str]) -> list[str]:
    return sorted({entry.canonical for entry in lexicon().entries.values() if entry.kind in kinds})


class Maker:
    """Generates posts and people."""

    def __init__(self, seed: int) -> None:
        self.draw = random.Random(seed)
        self.tasks = words_of({"skill", "process", "equipment", "substance"})
        self.titles = words_of({"occupation"})
        self.certificates = ("氟化工艺作业", "低压电工作业", "化学检验员三级", "叉车司机N1")

    def text(self, n: int) -> str:
        return "，".join("负责" + "、".join(self.draw.sample(self.tasks, 2)) for _ in range(n))

    def post(self, id_: int) -> Post:
        d = self.draw
        low = d.randrange(4000, 15000, 500)
        return Post(
            id=id_, title=d.choice(self.titles), family=d.choice(FAMILY_NAMES), chain_link=d.choice(EMPLOYERS),
            duties=self.text(4), requirements=self.text(2), degree_min=d.choice(DEGREES[:4]), years_min=d.randrange(4),
            certificates=tuple(d.sample(self.certificates, d.random() < 0.3)), salary_min=low, salary_max=low + 3000,
            city=d.choice(PLACES), shift=d.choice(SHIFTS),
        )  # fmt: skip

    def person(self, id_: int) -> Candidate:
        d = self.draw
        work = tuple(
            Work(d.choice(EMPLOYERS), d.choice(self.titles), d.randrange(6, 90), self.text(3))
            for _ in range(2)
        )
        return Candidate(
            id=id_, headline=d.choice(self.titles), education=(Education("", d.choice(DEGREES), "应用化工技术"),), work=work,
            skills=tuple(d.sample(self.tasks, 3)), certificates=tuple(map(HeldCertificate, d.sample(self.certificates, 1))),
            expected_jobs=(d.choice(self.titles),), expected_places=(d.choice(PLACES),),
            salary_min=d.randrange(3500, 16000, 500), summary="能倒班。", years=sum(w.months for w in work) // 12,
        )  # fmt: skip


def timed(work) -> float:
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def spread(values: list[float]) -> dict[str, float]:
    return {
        "p50_ms": round(float(np.percentile(values, 50)), 2),
        "p99_ms": round(float(np.percentile(values, 99)), 2),
    }


def run(n_posts: int, n_people: int, n_asked: int) -> dict[str, object]:
    maker = Maker(1)
    posts, people = [maker.post(i) for i in range(n_posts)], [maker.person(i) for i in range(n_people)]
    matcher = Matcher()
    report: dict[str, object] = {"posts": n_posts, "people": n_people}
    report["read_ms_each"] = round(timed(lambda: matcher.fit(posts, people)) / (n_posts + n_people), 3)
    matcher.posts_for(0, 1), matcher.candidates_for(0, 1)
    report["person_top50_explained"] = spread(
        [timed(lambda i=i: matcher.posts_for(i % n_people, 50)) for i in range(n_asked)]
    )
    report["post_top50_explained"] = spread(
        [timed(lambda i=i: matcher.candidates_for(i % n_posts, 50)) for i in range(n_asked)]
    )
    report["explain"] = spread(
        [timed(lambda i=i: matcher.explain(i % n_posts, i % n_people)) for i in range(n_asked)]
    )
    asked = list(range(min(n_people, 100)))
    each = timed(lambda: [matcher.posts_for(i, 20, explained=False) for i in asked]) / len(asked)
    report["batch_s_all_people"] = round(each * n_people / 1000, 2)
    report["batch_is_extrapolated"] = n_people > len(asked)
    report["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--posts", type=int, default=600)
    arguments.add_argument("--people", type=int, default=1600)
    arguments.add_argument("--asked", type=int, default=60)
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    report = run(given.posts, given.people, given.asked)
    print(json.dumps(report, ensure_ascii=False, indent=None if given.json else 2))


if __name__ == "__main__":
    main()
