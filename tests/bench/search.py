"""Search at size: `python3 dev.py bench search --posts 100000 --json`.

Each engine gets the same synthetic posts, cut into the same words, in a process of its own: time to build, memory
it adds, seconds until 1,000 changed posts are found, and CPU milliseconds a query for the top 20, with filters, with
six facet counts (each without its own filter), and the full page (filters, facets, ten snippets). `qingcai` is ours:
the whole call from text to result, understanding, synonyms and corrections included; the others get words.
Slow engines answer fewer of the queries (`n`). `--curve FILE` draws ours over the number of posts instead.
"""

import argparse
import gc
import json
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from search import Query, WhooshIndex
from tests.bench import search_posts
from tests.bench.search_arrays import Bm25s, Scipy
from tests.bench.search_corpus import Corpus
from tests.bench.search_curve import draw
from tests.bench.search_engines import Tantivy, Whoosh
from tests.bench.search_sql import Fts5, Like, Postgres

Figures = dict[str, Any]
COLUMNS = ("top20", "filtered", "facets", "full")
PREFIXES = ("氢", "氟化", "qing", "qfs", "dian", "操作", "ptf", "福建", "huayan", "li")
PATIENCE = 20.0  # seconds a column of an engine may take before the rest of its queries is left out
LEAST = 10
CHANGED = 1000


def cpu_ms(action: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    started = clock()
    action()
    return (clock() - started) * 1000


def percentiles(times: Sequence[float]) -> Figures:
    return {
        "p50_ms": round(float(np.percentile(times, 50)), 3),
        "p99_ms": round(float(np.percentile(times, 99)), 3),
        "n": len(times),
    }


def rss() -> int:
    gc.collect()
    return psutil.Process().memory_info().rss


def measured(ask: Callable[[int], object], count: int, clock: Callable[[], float]) -> Figures:
    """Times of *ask* for the numbers below *count*, after a few that do not count."""
    for number in range(min(3, count)):
        ask(number)
    times: list[float] = []
    until = time.perf_counter() + PATIENCE
    for number in range(count):
        times.append(cpu_ms(lambda n=number: ask(n), clock))
        if time.perf_counter() > until and len(times) >= LEAST:
            break
    return percentiles(times)


def other(make: Callable[[], Any], corpus: Corpus) -> Figures:
    """Build, ask, change one of the other engines."""
    before, started = rss(), time.process_time()
    wall = time.perf_counter()
    engine = make()
    is_outside = getattr(engine, "clock", "cpu") == "wall"
    build = time.perf_counter() - wall if is_outside else time.process_time() - started
    figures: Figures = {
        "name": engine.name,
        "build_cpu_s": round(build, 1),
        "clock": "wall" if is_outside else "cpu",
    }
    clock = time.perf_counter if is_outside else time.process_time
    figures["rss_mb"] = None if is_outside else (rss() - before) >> 20
    figures["visible_s"] = None
    for column in COLUMNS:
        ask = getattr(engine, column)
        figures[column] = measured(lambda n, ask=ask: ask(*corpus.question(n)), len(corpus.texts), clock)
    why = dict(getattr(engine, "why", {}))
    if is_outside:
        why["rss_mb"] = "the server is not this process"
    if hasattr(engine, "change"):
        wall = time.perf_counter()
        engine.change(min(CHANGED, len(corpus.posts)))
        engine.top20(*corpus.question(0))
        figures["visible_s"] = round(time.perf_counter() - wall, 2)
    figures["why"] = why
    if hasattr(engine, "close"):
        engine.close()
    return figures


def ours(corpus: Corpus, root: Path) -> Figures:
    """The durable index: built and changed by one instance, asked by another that opens the directory."""
    today = lambda: search_posts.TODAY  # noqa: E731
    build = cpu_ms(lambda: WhooshIndex(root, today=today).rebuild(corpus.posts)) / 1000
    figures: Figures = {"name": "qingcai", "build_cpu_s": round(build, 1), "clock": "cpu"}
    before = rss()
    index = WhooshIndex(root, today=today)
    makes: dict[str, Callable[[str, int], Query]] = {
        "top20": lambda text, _: Query(text),
        "filtered": lambda text, number: Query(text, filters=search_posts.filters(number)),
        "facets": lambda text, _: Query(text, facets=search_posts.FACETS),
        "full": search_posts.full,
    }
    for text in ("qfs", "氢弗酸", "氟"):  # as each worker of the site does when it starts
        index.search(Query(text, facets=search_posts.FACETS))
    for name, make in makes.items():
        asked = [make(text, number) for number, text in enumerate(corpus.texts)]
        figures[name] = measured(lambda n, asked=asked: index.search(asked[n]), len(asked), time.process_time)
    index.suggest("a")
    figures["suggest"] = percentiles([cpu_ms(lambda p=p: index.suggest(p)) for p in PREFIXES * 10])
    figures["hostile_max_ms"] = round(
        max(cpu_ms(lambda t=t: index.search(Query(t))) for t in search_posts.HOSTILE), 1
    )
    figures["rss_mb"] = (rss() - before) >> 20
    figures["mapped_mb"] = sum(path.stat().st_size for path in root.glob("store-*/arrays-*")) >> 20
    figures["size_mb"] = index.stats().bytes_on_disk >> 20
    figures["visible_s"] = _visible(root, index, corpus)
    figures["why"] = {}
    return figures


def _visible(root: Path, reader: WhooshIndex, corpus: Corpus) -> float:
    """Seconds on the clock from the start of putting posts until another instance finds them."""
    writer = WhooshIndex(root, today=lambda: search_posts.TODAY)
    writer.stats()
    started = time.perf_counter()
    writer.put(corpus.posts[:CHANGED])
    reader.search(Query("氟"))
    return round(time.perf_counter() - started, 2)


def apart(action: Callable[[], Figures], name: str) -> Figures:
    """Run *action* in a forked process, so that engines do not share memory; a failure is told, not raised."""
    receiving, sending = multiprocessing.get_context("fork").Pipe(duplex=False)

    def run() -> None:
        try:
            sending.send(action())
        except Exception as problem:
            reason = f"{type(problem).__name__}: {problem}"
            sending.send({"name": name, **dict.fromkeys(COLUMNS), "why": {"all": reason}})

    process = multiprocessing.get_context("fork").Process(target=run)
    process.start()
    sending.close()
    found = receiving.recv()
    process.join()
    print(json.dumps(found), file=sys.stderr, flush=True)
    return found


def compare(options: argparse.Namespace) -> Figures:
    corpus = Corpus(list(search_posts.posts(options.posts)), search_posts.queries(options.queries))
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        engines = [apart(lambda: ours(corpus, folder / "ours"), "qingcai")]
        if not options.only_ours:
            _ = corpus.tokens  # cut once, before the processes part; not counted in any build
            makes: dict[str, Callable[[], Any]] = {
                "tantivy": lambda: Tantivy(corpus, folder / "tantivy"),
                "scipy": lambda: Scipy(corpus),
                "bm25s": lambda: Bm25s(corpus),
                "sqlite_fts5": lambda: Fts5(corpus),
                "sqlite_like": lambda: Like(corpus),
                "postgresql": lambda: Postgres(corpus),
                "whoosh": lambda: Whoosh(corpus, folder / "whoosh"),
            }
            engines += [apart(lambda make=make: other(make, corpus), name) for name, make in makes.items()]
    return {"posts": options.posts, "queries": options.queries, "engines": engines}


def curve(options: argparse.Namespace) -> Figures:
    """Ours at 1,000, 10,000 and so on up to --posts."""
    points = []
    size = 1_000
    while size <= options.posts:
        options_here = argparse.Namespace(posts=size, queries=options.queries, only_ours=True)
        points.append({"posts": size, **compare(options_here)["engines"][0]})
        size *= 10
    draw(points, options.curve)
    return {"curve": points}


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--posts", type=int, default=10_000)
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--only-ours", action="store_true")
    parser.add_argument("--curve", type=Path, metavar="FILE.svg")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    figures = curve(options) if options.curve else compare(options)
    print(json.dumps(figures) if options.json else json.dumps(figures, indent=2))
    return 0


if __name__ == "__main__":
    sys.exit(main())
