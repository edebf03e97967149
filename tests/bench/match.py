"""Times the matcher at scale: `python -m tests.bench.match [--posts N] [--people N] [--json]`, 100,000 of each by default.

Posts and people are generated from the trade's own words with a fixed seed, read and saved by a process of its own; what is
measured is the matcher opened from that snapshot. Times are CPU times of this process; reading, which runs in `--jobs`
processes, opening, and what a change takes until it is seen are wall times. Beside the matcher stand loops over pairs, `sparse_dot_topn` (where it is installed) and dense latent vectors, on the same rows.
"""

import argparse
import importlib
import json
import multiprocessing
import random
import resource
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
from joblib.externals.loky import get_reusable_executor
from sklearn.decomposition import TruncatedSVD
from sklearn.preprocessing import normalize

from matching import Candidate, Education, Folder, HeldCertificate, Matcher, Post, Work
from matching.batches import backend, rank_everybody
from matching.features import pair_features
from matching.model import load
from matching.ontology.families import FAMILY_NAMES
from matching.shelf import Shelf
from search.words import lexicon

FRESH = multiprocessing.get_context("spawn")
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


def fill(shelf: Shelf, n: int) -> None:
    """Fill a shelf up to n rows with copies of what it holds, each under an id of its own."""
    held = shelf.now()
    ids = held.ids()
    copies = []
    for id_ in range(len(ids), n):
        row = held.row(ids[id_ % len(ids)])
        copies.append(replace(row, reading=replace(row.reading, id=id_)))
    shelf.put(copies)


def build(folder: Path, n_posts: int, n_people: int, n_jobs: int, distinct: int) -> dict[str, float]:
    """Read posts and people and save them as a snapshot; says how long it took."""
    maker = Maker(1)
    posts = [maker.post(i) for i in range(min(n_posts, distinct))]
    people = [maker.person(i) for i in range(min(n_people, distinct))]
    matcher = Matcher()
    start = time.perf_counter()
    with backend("loky" if n_jobs > 1 else "", n_jobs=n_jobs):
        matcher.fit(posts, people)
    if n_jobs > 1:
        get_reusable_executor().shutdown()  # its processes would outlive this one, which would wait for them
    read = time.perf_counter() - start
    fill(matcher._posts, n_posts), fill(matcher._people, n_people)
    start = time.perf_counter()
    matcher.save(folder, {})
    return {"read_s": round(read, 1), "save_s": round(time.perf_counter() - start, 1)}


def ask(folder: Path, n_posts: int, n_people: int, both_asked) -> dict[str, int]:
    """Open the snapshot, answer 100 questions, and say what memory this process has for itself and in all."""
    bare = psutil.Process().memory_full_info().uss
    matcher = Matcher.open(Folder(folder), load())
    for i in range(50):
        matcher.posts_for(i * 37 % n_people, 50), matcher.candidates_for(i * 41 % n_posts, 50)
    both_asked.wait()
    memory = psutil.Process().memory_full_info()
    both_asked.wait()
    return {"bare_uss_mb": bare >> 20, "uss_mb": memory.uss >> 20, "rss_mb": memory.rss >> 20}


def memory_of_two(folder: Path, n_posts: int, n_people: int) -> list[dict[str, int]]:
    """Return the memory of two processes that have the snapshot open at the same time."""
    with FRESH.Manager() as manager, ProcessPoolExecutor(2, FRESH) as two:
        both_asked = manager.Barrier(2)
        asked = [two.submit(ask, folder, n_posts, n_people, both_asked) for _ in range(2)]
        return [each.result() for each in asked]


def saved(folder: Path, *given: int) -> dict[str, float]:
    """Build the snapshot in a process of its own, whose memory then is gone."""
    with ProcessPoolExecutor(1, FRESH) as alone:
        return alone.submit(build, folder, *given).result()


def run(
    n_posts: int, n_people: int, n_asked: int, n_jobs: int, distinct: int, most: int
) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        report: dict[str, object] = {
            "posts": n_posts,
            "people": n_people,
            "jobs": n_jobs,
            "distinct": distinct,
        }
        report |= saved(folder, n_posts, n_people, n_jobs, distinct)
        report["snapshot_mb"] = sum(path.stat().st_size for path in folder.iterdir()) >> 20
        report["two_processes"] = memory_of_two(folder, n_posts, n_people)
        start = time.perf_counter()
        matcher = Matcher.open(Folder(folder), load())
        report["open_s"] = round(time.perf_counter() - start, 2)
        return report | measured(matcher, n_posts, n_people, n_asked, most)


def measured(matcher: Matcher, n_posts: int, n_people: int, n_asked: int, most: int) -> dict[str, object]:
    report: dict[str, object] = {}
    for i in range(5):  # the first answers fill caches that stay
        matcher.posts_for(n_people - 1 - i, 50), matcher.candidates_for(n_posts - 1 - i, 50)
    report["person_top50_explained"] = spread(
        [timed(lambda i=i: matcher.posts_for(i % n_people, 50)) for i in range(n_asked)]
    )
    report["post_top50_explained"] = spread(
        [timed(lambda i=i: matcher.candidates_for(i % n_posts, 50)) for i in range(n_asked)]
    )
    report["explain"] = spread(
        [timed(lambda i=i: matcher.explain(i % n_posts, i % n_people)) for i in range(n_asked)]
    )
    report["nightly"] = nightly(matcher, min(1_600, n_people), min(600, n_posts))
    report["batches"] = batches(matcher, n_people, most)
    report["alternatives"] = alternatives(matcher)
    maker = Maker(2)
    report["change_seen_s"] = changed(matcher, maker.person(0), maker.post(0))
    report["after_2000_changes"] = after_changes(matcher, maker, n_posts, n_people, n_asked)
    report["rss_mb"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return report


def after_changes(
    matcher: Matcher, maker: Maker, n_posts: int, n_people: int, n_asked: int
) -> dict[str, object]:
    """Change a thousand of each, and measure the next change and the questions beside them."""
    some = min(1_000, n_posts // 4, n_people // 4)
    matcher.put([maker.post(i) for i in range(some)], [maker.person(i) for i in range(some)])
    return {
        "change_seen_s": changed(matcher, maker.person(1), maker.post(1)),
        "person_top50_explained": spread(
            [timed(lambda i=i: matcher.posts_for(i % n_people, 50)) for i in range(n_asked)]
        ),
        "post_top50_explained": spread(
            [timed(lambda i=i: matcher.candidates_for(i % n_posts, 50)) for i in range(n_asked)]
        ),
    }


def changed(matcher: Matcher, person: Candidate, post: Post) -> dict[str, float]:
    """Time from a changed résumé or post to the next answer that knows of it."""
    seconds = {}
    for name, change, ask in (
        (
            "person",
            lambda: matcher.put(candidates=[person]),
            lambda: matcher.candidates_for(post.id, 1, explained=False),
        ),
        (
            "post",
            lambda: matcher.put(posts=[post]),
            lambda: matcher.posts_for(person.id, 1, explained=False),
        ),
    ):
        start = time.perf_counter()
        change(), ask()
        seconds[name] = round(time.perf_counter() - start, 3)
    return seconds


def nightly(matcher: Matcher, n_people: int, n_posts: int) -> dict[str, object]:
    """Time the county's batch: the best 20 of 600 posts for each of 1,600 people."""
    posts = matcher._posts.now().table.take(np.arange(n_posts))
    people = matcher._people.now().table.take(np.arange(n_people))
    seconds = timed(lambda: rank_everybody(matcher.model, posts, people, 20)) / 1000
    return {"people": n_people, "posts": n_posts, "cpu_s": round(seconds, 2)}


def batches(matcher: Matcher, n_people: int, most: int) -> list[dict[str, object]]:
    """Time all posts for 100, 1,600 and 10,000 people, and say what all would take; what was not run is marked."""
    posts, people = matcher._posts.now().table, matcher._people.now().table
    curve: list[dict[str, object]] = []
    for size in (100, 1_600, 10_000):
        if size <= min(n_people, most):
            some = people.take(np.arange(size))
            seconds = timed(lambda some=some: rank_everybody(matcher.model, posts, some, 20)) / 1000
            curve.append(
                {"people": size, "posts": len(posts), "cpu_s": round(seconds, 2), "is_extrapolated": False}
            )
    if curve and n_people > curve[-1]["people"]:
        seconds = curve[-1]["cpu_s"] * n_people / curve[-1]["people"]
        curve.append(
            {"people": n_people, "posts": len(posts), "cpu_s": round(seconds, 1), "is_extrapolated": True}
        )
    return curve


def alternatives(matcher: Matcher, n_asked: int = 20) -> dict[str, object]:
    """Time other ways to the best 50 posts of a person, p50 and p99 for one person."""
    posts, people = matcher._posts.now().table, matcher._people.now().table
    n_loop = min(len(posts), 2_000)
    some = posts.take(np.arange(n_loop))

    def loop(i: int) -> None:
        person = people.take(np.array([i]))
        scores = [
            float(matcher.model.scores(pair_features(some.take(np.array([j])), person))[0])
            for j in range(n_loop)
        ]
        np.argsort(scores)[::-1][:50]

    looped = [timed(lambda i=i: loop(i)) * len(posts) / n_loop for i in range(2)]
    found: dict[str, object] = {"loop_over_pairs": spread(looped) | {"is_extrapolated": n_loop < len(posts)}}
    dense = TruncatedSVD(min(128, len(posts) - 1), random_state=0)
    fitted = time.process_time()
    left = normalize(dense.fit_transform(posts.letters)).astype(np.float32)
    fit_s = round(time.process_time() - fitted, 1)

    def latent(i: int) -> None:
        row = normalize(dense.transform(people.letters[i : i + 1])).astype(np.float32)[0]
        np.argpartition(-(left @ row), min(50, len(left) - 1))[:50]

    found["dense_lsa_128"] = spread([timed(lambda i=i: latent(i)) for i in range(n_asked)]) | {"fit_s": fit_s}
    try:
        sdtn = importlib.import_module("sparse_dot_topn")
    except ImportError:
        found["sparse_dot_topn"] = "not installed"
        return found
    turned = posts.letters.T.tocsr()
    found["sparse_dot_topn"] = spread(
        [
            timed(lambda i=i: sdtn.sp_matmul_topn(people.letters[i : i + 1], turned, top_n=50))
            for i in range(n_asked)
        ]
    )
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--posts", type=int, default=100_000)
    arguments.add_argument("--people", type=int, default=100_000)
    arguments.add_argument("--jobs", type=int, default=2, help="processes that read; 1 reads in this one")
    arguments.add_argument("--asked", type=int, default=60)
    arguments.add_argument(
        "--distinct", type=int, default=100_000, help="rows that are read; the rest are copies of them"
    )
    arguments.add_argument("--most", type=int, default=10_000, help="people of the largest batch")
    arguments.add_argument("--json", action="store_true")
    given = arguments.parse_args()
    report = run(given.posts, given.people, given.asked, given.jobs, given.distinct, given.most)
    print(json.dumps(report, ensure_ascii=False, indent=None if given.json else 2))


if __name__ == "__main__":
    main()
