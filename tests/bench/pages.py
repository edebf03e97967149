"""Pages under load: `python3 dev.py bench pages --json`.

Home, search, a post's page and applying, at county size, 50 connections kept alive from a second
process on the same two cores (so the server has less than both). Requests a second, p50 and p99 in
milliseconds, CPU milliseconds of the workers for each page, RSS of each worker. Then the same pages
beside 10,000 posts. `search` asks 100 questions again and again, as visitors do: the site remembers
an answer until the index changes. `search_unseen` asks each question once, so nothing can be
remembered. `apply` opens the form and sends it, each time by another person to another post.
"""

import argparse
import asyncio
import json
import multiprocessing
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

from tests.bench import server

QUERIES = (
    "氟化工艺", "清流 大专 双休 6000以上", "化验员", "不倒班的化验员", "DCS内操", "聚四氟乙烯", "电工", "设备 维修", "应届", "仓管",
    "EHS", "六氟磷酸锂", "制冷剂", "仪表", "销售 双休", "会计", "氢氟酸", "PVDF 研发", "司机", "焊工",
)  # fmt: skip
FILTERS = (
    "",
    "&town=温郊乡",
    "&family=生产操作",
    "&degree=3",
    "&benefit=五险一金&pay=6000",
    "&sort=newest",
    "&page=2",
)
TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


class Client:
    """One kept-alive connection."""

    def __init__(self, url: str, cookie: str = "") -> None:
        parts = urlsplit(url)
        self.host, self.port, self.cookie = parts.hostname, parts.port, cookie

    def close(self) -> None:
        """Hang up; the next request connects anew."""
        if getattr(self, "writer", None) is not None:
            self.writer.close()
        self.reader = self.writer = None

    async def request(self, method: str, path: str, body: bytes = b"") -> tuple[int, bytes]:
        head = f"{method} {path} HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nCookie: {self.cookie}\r\n"
        if body:
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            head += f"Referer: http://{self.host}:{self.port}{path}\r\n"
        for attempt in (1, 2):
            try:
                self.writer.write(head.encode() + b"\r\n" + body)
                await self.writer.drain()
                status = await self.reader.readline()
                if status:
                    break
            except (AttributeError, ConnectionError):
                pass
            if attempt == 2:
                raise ConnectionError(path)
            self.close()
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port, limit=2**22)
        length = 0
        while (line := await self.reader.readline()) not in {b"\r\n", b""}:
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            elif name.lower() == b"set-cookie":
                pair = value.strip().split(b";")[0].decode()
                if pair.startswith("session="):
                    self.cookie = pair
        return int(status.split()[1]), await self.reader.readexactly(length)


async def _read_once(url: str, paths: list[str], cookies: list[str], until: float, seed: int) -> list[float]:
    """Each connection takes the next page of its share, so that no page is read twice."""
    return await _read_pages(url, paths[seed::50], cookies, until, -1)


async def _read_pages(url: str, paths: list[str], cookies: list[str], until: float, seed: int) -> list[float]:
    rng, times = random.Random(seed), []
    client = Client(url, cookies[seed % len(cookies)] if cookies else "")
    turns = iter(paths) if seed < 0 else iter(lambda: rng.choice(paths), None)
    while time.perf_counter() < until:
        path, started = next(turns), time.perf_counter()
        status, _ = await client.request("GET", path)
        if status != 200:
            raise RuntimeError(f"{path}: {status}")
        times.append(time.perf_counter() - started)
    return times


async def _apply(url: str, paths: list[str], cookies: list[str], until: float, seed: int) -> list[float]:
    """One application after another; the time of a pair is that of the form and of its answer."""
    rng, times = random.Random(seed), []
    mine = paths[:]
    rng.shuffle(mine)
    client = Client(url, cookies[seed % len(cookies)])
    while time.perf_counter() < until and mine:
        path, started = mine.pop() + "/apply", time.perf_counter()
        status, page = await client.request("GET", path)
        if status in {302, 303}:
            continue
        token = TOKEN.search(page)
        resume = re.search(rb'name="resume"[^>]*value="(\d+)"', page)
        if not token:
            raise RuntimeError(f"{path}: {status}, no form")
        form = {"csrf_token": token[1].decode(), "consent": "y", "agree": "y", "is_agreed": "y"}
        if resume:
            form["resume"] = resume[1].decode()
        status, page = await client.request("POST", path, urlencode(form).encode())
        if status not in {302, 303}:
            raise RuntimeError(f"POST {path}: {status} {page[:300]!r}")
        times.append(time.perf_counter() - started)
    return times


def _drive(
    what, url: str, paths: list[str], cookies: list[str], connections: int, seconds: float, pipe
) -> None:
    async def everybody() -> list[float]:
        until = time.perf_counter() + seconds
        found = await asyncio.gather(*(what(url, paths, cookies, until, n) for n in range(connections)))
        return [each for times in found for each in times]

    try:
        pipe.send(asyncio.run(everybody()))
    except Exception as error:
        pipe.send(f"{type(error).__name__}: {error}")


def measure(
    what, url: str, web, paths: list[str], cookies=(), *, connections: int = 50, seconds: float = 8
) -> dict:
    ours, theirs = multiprocessing.Pipe()
    arguments = (what, url, paths, list(cookies), connections, seconds, theirs)
    driver = multiprocessing.Process(target=_drive, args=arguments)
    before, started = server.cpu_seconds(web), time.perf_counter()
    driver.start()
    times = ours.recv()
    driver.join()
    if isinstance(times, str):
        raise RuntimeError(times)
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


def answering(url: str, paths: list[str]) -> list[str]:
    """Those that are pages: a second page of few hits only leads back to the last one."""

    async def kept() -> list[str]:
        client = Client(url)
        return [path for path in paths if (await client.request("GET", path))[0] == 200]

    return asyncio.run(kept())


def unseen() -> list[str]:
    """100,000 questions of which none comes twice: two things asked for, a filter, and a page."""
    rng = random.Random(3)
    asked = [
        f"/jobs?q={quote(f'{a} {b}')}{quote(each, safe='&=')}&pay={pay}&years={years}"
        for a in QUERIES
        for b in QUERIES
        if a != b
        for each in FILTERS[:5]
        for pay in ("", "5000", "6000", "8000", "10000")
        for years in ("", "0", "1", "3", "5", "10")
    ]
    rng.shuffle(asked)
    return asked


def inside(folder: Path, sessions: int) -> dict:
    command = [sys.executable, "-m", "tests.bench.inside", str(sessions)]
    env = server.environment(folder, 0)
    done = subprocess.run(command, cwd=server.ROOT, env=env, capture_output=True, text=True, check=True)
    return json.loads(done.stdout.strip().splitlines()[-1])


def site(folder: Path, seconds: float) -> dict:
    found = {}
    known = inside(folder, 200)
    posts = [f"/jobs/{id_}" for id_ in random.Random(2).sample(known["ids"], min(200, len(known["ids"])))]
    with server.running(folder) as (url, web):
        time.sleep(2)
        for name, paths in (("home", ["/"]), ("search", answering(url, searches())), ("post", posts)):
            measure(_read_pages, url, web, paths, seconds=1.5)
            found[name] = measure(_read_pages, url, web, paths, seconds=seconds)
            print(f"{name}: {found[name]}", file=sys.stderr)
        fresh = unseen()
        measure(_read_once, url, web, fresh[:20_000], seconds=1.5)
        found["search_unseen"] = measure(_read_once, url, web, fresh[20_000:], seconds=seconds)
        print(f"search_unseen: {found['search_unseen']}", file=sys.stderr)
        found["apply"] = measure(_apply, url, web, posts, known["cookies"], seconds=seconds)
        print(f"apply: {found['apply']}", file=sys.stderr)
        found["rss_mb"] = [round(p.memory_info().rss / 2**20) for p in server.web_workers(web)]
        print(f"rss: {found['rss_mb']}", file=sys.stderr)
    return found


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--many", type=int, default=10_000, help="posts of the second site; 0 leaves it out")
    parser.add_argument("--seconds", type=float, default=8)
    options = parser.parse_args()
    result = {}
    with tempfile.TemporaryDirectory() as folder:
        server.flask(Path(folder), "prepare")
        result["county"] = site(Path(folder), options.seconds)
    if options.many:
        with tempfile.TemporaryDirectory() as folder:
            server.flask(Path(folder), "prepare", "--empty")
            server.flask(Path(folder), "seed", "--size", "county", "--posts", str(options.many))
            result[f"{options.many}_posts"] = site(Path(folder), options.seconds)
    if options.json:
        print(json.dumps(result, ensure_ascii=False, indent=1))
        return
    for size, pages in result.items():
        print(size)
        for name, figures in pages.items():
            print(f"  {name}: {figures}")


if __name__ == "__main__":
    main()
