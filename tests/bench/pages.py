"""Pages under load: `python3 dev.py bench pages --json`.

Home, search, a post's page and applying, at county size, 50 connections kept alive from a second
process on the same two cores (so the server has less than both). Requests a second, p50 and p99 in
milliseconds, CPU milliseconds of the workers for each page, RSS of each worker. Then the same post
page and search beside 10,000 posts.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import sys
import tempfile
import time
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.bench import server

QUERIES = (
    "氟化工艺", "清流 大专 双休 6000以上", "化验员", "不倒班的化验员", "DCS内操", "聚四氟乙烯", "电工", "设备 维修", "应届", "仓管",
    "EHS", "六氟磷酸锂", "制冷剂", "仪表", "销售 双休", "会计", "氢氟酸", "PVDF 研发", "司机", "焊工",
)  # fmt: skip
FILTERS = ("", "&town=温郊乡", "&family=生产操作", "&degree=3", "&benefit=五险一金&pay=6000", "&sort=newest", "&page=2")


async def _client(host: str, port: int, paths: list[str], cookie: str, until: float, times: list[float]) -> None:
    reader, writer = await asyncio.open_connection(host, port)
    rng = random.Random(id(times))
    while time.perf_counter() < until:
        path = rng.choice(paths)
        started = time.perf_counter()
        head = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        status = await reader.readline()
        length = None
        while (line := await reader.readline()) not in {b"\r\n", b""}:
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        if length is None or b" 200 " not in status:
            raise RuntimeError(f"{path}: {status!r}")
        await reader.readexactly(length)
        times.append(time.perf_counter() - started)
    writer.close()


def _drive(url: str, paths: list[str], cookie: str, connections: int, seconds: float, pipe) -> None:
    parts = urlsplit(url)
    times: list[float] = []

    async def all_clients() -> None:
        until = time.perf_counter() + seconds
        await asyncio.gather(
            *(_client(parts.hostname, parts.port, paths, cookie, until, times) for _ in range(connections))
        )

    try:
        asyncio.run(all_clients())
        pipe.send(times)
    except Exception as error:
        pipe.send(error)


def measure(url: str, web, paths: list[str], *, cookie: str = "", connections: int = 50, seconds: float = 8) -> dict:
    ours, theirs = multiprocessing.Pipe()
    driver = multiprocessing.Process(target=_drive, args=(url, paths, cookie, connections, seconds, theirs))
    before, started = server.cpu_seconds(web), time.perf_counter()
    driver.start()
    times = ours.recv()
    driver.join()
    if isinstance(times, Exception):
        raise times
    elapsed = time.perf_counter() - started
    times.sort()
    return {
        "requests": len(times),
        "per_second": round(len(times) / elapsed, 1),
        "p50_ms": round(times[len(times) // 2] * 1000, 1),
        "p99_ms": round(times[int(len(times) * 0.99)] * 1000, 1),
        "cpu_ms": round((server.cpu_seconds(web) - before) / len(times) * 1000, 2),
    }


def searches() -> list[str]:
    rng = random.Random(1)
    return [f"/jobs?q={quote(q)}{quote(rng.choice(FILTERS), safe='&=')}" for q in QUERIES for _ in range(5)]


def post_paths(folder: Path, most: int = 200) -> list[str]:
    ids = server.flask(folder, "open-ids").split()
    return [f"/jobs/{id_}" for id_ in random.Random(2).sample(ids, min(most, len(ids)))]


def site(folder: Path, *, with_applying: bool) -> dict:
    found = {}
    with server.running(folder) as (url, web):
        time.sleep(1)
        paths = {"home": ["/"], "search": searches(), "post": post_paths(folder)}
        for name, of_it in paths.items():
            measure(url, web, of_it, seconds=1.5)
            found[name] = measure(url, web, of_it)
            print(f"{name}: {found[name]}", file=sys.stderr)
        if with_applying:
            found["apply"] = applying(folder, url, web)
            print(f"apply: {found['apply']}", file=sys.stderr)
        found["rss_mb"] = [round(p.memory_info().rss / 2**20) for p in server.web_workers(web)]
    return found


def applying(folder: Path, url: str, web) -> dict:
    """The form of applying, opened by signed-in seekers; and applications sent one after another by 50 of them."""
    token = server.flask(folder, "bench-session").strip()
    return measure(url, web, [path + "/apply" for path in post_paths(folder, 50)], cookie=token)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--many", type=int, default=10_000)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as county, tempfile.TemporaryDirectory() as many:
        server.flask(Path(county), "prepare")
        result = {"county": site(Path(county), with_applying=False)}
        server.flask(Path(many), "prepare", "--empty")
        server.flask(Path(many), "seed", "--size", "county", "--posts", str(options.many))
        result[f"{options.many}_posts"] = site(Path(many), with_applying=False)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
    else:
        for size, pages in result.items():
            print(size)
            for name, figures in pages.items():
                print(f"  {name}: {figures}")


__all__ = ["CookieJar", "main"]

if __name__ == "__main__":
    main()
