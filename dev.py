#!/usr/bin/env python3
"""Two commands on a fresh machine: `python3 dev.py run` (the site with demo data), `python3 dev.py test`.

Needs Python 3.11 or newer and its venv module, nothing else: it makes the environment itself.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import hmac
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
NOT_IN_PRODUCTION = "This is a production configuration (APP_ENV=production): `dev.py {}` would destroy or invent data. Stopped."


def say(text: str) -> None:
    print(text, flush=True)


def step(number: int, of: int, text: str) -> None:
    say(f"[{number}/{of}] {text}")


def stop(text: str) -> None:
    sys.exit(f"\n{text}")


def refuse_production(command: str) -> None:
    if os.environ.get("APP_ENV") == "production":
        stop(NOT_IN_PRODUCTION.format(command))


def environment(requirements: str) -> None:
    """Make .venv and install exactly what the locked file names, once per content of that file."""
    if sys.version_info < (3, 11):
        stop(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}.")
    locked = ROOT / requirements
    wanted = hashlib.sha256(locked.read_bytes()).hexdigest()
    stamp = VENV / f".{requirements}.installed"
    if PYTHON.exists() and stamp.exists() and stamp.read_text() == wanted:
        return
    if not PYTHON.exists():
        say("      making .venv")
        made = subprocess.run([sys.executable, "-m", "venv", str(VENV)], check=False)
        if made.returncode:
            stop("The venv module is missing: on Debian or Ubuntu run `apt-get install python3-venv`.")
    say(f"      installing {requirements} (a few minutes the first time)")
    command = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--require-hashes",
        "--disable-pip-version-check",
        "-r",
        str(locked),
    ]
    for attempt in (1, 2, 3):
        if subprocess.run([*command, "--quiet", "--progress-bar", "on"], check=False).returncode == 0:
            stamp.write_text(wanted)
            return
        say(f"      the package index did not answer well (try {attempt} of 3)")
        time.sleep(5 * attempt)
    stop("The packages could not be installed; see pip's message above.")


def find_chromium() -> str | None:
    return next(
        (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))),
        None,
    )


def has_chinese_font() -> bool:
    look = "import sys, typst; from app.core.typesetting import CHINESE_FONTS as c; sys.exit(not set(c) & set(typst.Fonts().families()))"
    return subprocess.run([PYTHON, "-c", look], cwd=ROOT, check=False).returncode == 0


# What pip does not bring: the Debian package, what it is needed for, and how to see whether it is there.
SYSTEM_PACKAGES: dict[str, tuple[str, Callable[[], object]]] = {
    "chromium": ("a browser", find_chromium),
    "fonts-noto-cjk": ("Chinese in PDFs and pictures", has_chinese_font),
}


def install_system(*packages: str) -> list[str]:
    """Install those of *packages* that are missing; one sentence for each that still is."""
    missing = [package for package in packages if not SYSTEM_PACKAGES[package][1]()]
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        say(f"      installing {' and '.join(missing)} by apt")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for _ in range(2):
            for arguments in (
                ["update", "-qq"],
                ["install", "-y", "-qq", "--no-install-recommends", *missing],
            ):
                subprocess.run(["apt-get", *arguments], env=env, capture_output=True, check=False)
            missing = [package for package in missing if not SYSTEM_PACKAGES[package][1]()]
            if not missing:
                break
    return [
        f"{package} ({SYSTEM_PACKAGES[package][0]}) is missing: as root, `apt-get install {package}`"
        for package in missing
    ]


def site_environment(data: str | None) -> dict[str, str]:
    env = {**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONPATH": str(ROOT), "FLASK_APP": "wsgi"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)  # compiling everything at each start would cost seconds
    if data:
        env["DATA_DIR"] = str(Path(data).resolve())
    return env


def flask(arguments: list[str], env: dict[str, str]) -> None:
    done = subprocess.run([PYTHON, "-m", "flask", *arguments], cwd=ROOT, env=env, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def wait_until_up(url: str, processes: list[subprocess.Popen[bytes]]) -> None:
    for _ in range(300):
        if any(process.poll() is not None for process in processes):
            stop("The site did not start; see the lines above.")
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own address
                return
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.1)
    stop("The site did not answer within 30 seconds.")


def data_folder(data: str | None) -> Path:
    return Path(data or os.environ.get("DATA_DIR") or ROOT / "instance").resolve()


def prepare(env: dict[str, str], *, is_empty: bool) -> None:
    """Migrate, seed and index; left out when this folder was prepared for these migrations already.

    An index that was damaged since then is the worker's business: it heals while the site answers.
    """
    folder = data_folder(env.get("DATA_DIR"))
    migrations = sorted((ROOT / "migrations" / "versions").glob("*.py"))
    wanted = hashlib.sha256(b"".join(path.read_bytes() for path in migrations)).hexdigest()
    stamp = folder / f"prepared-{'empty' if is_empty else 'demo'}"
    if (
        "DATABASE_URL" not in env
        and (folder / "site.db").exists()
        and stamp.exists()
        and stamp.read_text() == wanted
    ):
        say("      already prepared")
        return
    flask(["prepare", *(["--empty"] if is_empty else [])], env)
    for sentence in install_system("fonts-noto-cjk"):
        say(f"      {sentence}; until then there are no PDFs")
    stamp.write_text(wanted)


def second_factor(key: str) -> str:
    """The code that an authenticator shows now for *key* (RFC 6238, SHA-1, 30 s, six digits)."""
    counter = int(time.time()) // 30
    digest = hmac.new(base64.b32decode(key), counter.to_bytes(8, "big"), "sha1").digest()
    start = digest[-1] & 15
    return f"{(int.from_bytes(digest[start : start + 4], 'big') & 0x7FFFFFFF) % 1_000_000:06d}"


def show_sign_ins(folder: Path) -> None:
    """One sign-in for each role, as the demonstration's seeding wrote them down."""
    path = folder / "sign-ins.txt"
    if not path.exists():
        return
    for line in path.read_text(encoding="utf-8").splitlines():
        words, _, key = line.partition("\t")
        say(f"  {words}" + (f"  动态码密钥 {key}（现在是 {second_factor(key)}）" if key else ""))
    say("  短信和邮件在 /dev/messages")


def run(options: argparse.Namespace) -> None:
    """Environment, tables, demo data, index, matcher, then the site and its worker."""
    if not options.empty:
        refuse_production("run")
    step(1, 3, "Environment")
    environment("requirements.txt")
    env = site_environment(options.data)
    step(2, 3, "Tables, demo data, index and matcher" if not options.empty else "Tables and index")
    prepare(env, is_empty=options.empty)
    step(3, 3, "Starting the site and its worker")
    address = f"127.0.0.1:{options.port}"
    env.setdefault("SERVER_URL", f"http://{address}")
    gunicorn = [
        PYTHON,
        "-m",
        "gunicorn",
        "--config",
        "deploy/gunicorn.conf.py",
        "--bind",
        address,
        "wsgi:app",
    ]
    processes = [
        subprocess.Popen(gunicorn, cwd=ROOT, env=env),
        subprocess.Popen([PYTHON, "-m", "flask", "work"], cwd=ROOT, env=env),
    ]

    def end(*_: object) -> None:
        for process in processes:
            process.terminate()
        for process in processes:
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
        sys.exit(0)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    wait_until_up(f"http://{address}/healthz", processes)
    say(f"\n清才荟萃 is at http://{address}")
    show_sign_ins(data_folder(options.data))
    say("Stop it with Ctrl-C.")
    while all(process.poll() is None for process in processes):
        time.sleep(1)
    say("A process ended by itself; stopping the other.")
    end()


def reset(options: argparse.Namespace) -> None:
    """Delete the data folder: database, index, files, queue."""
    refuse_production("reset")
    folder = data_folder(options.data)
    if folder == ROOT or ROOT.is_relative_to(folder):
        stop(f"{folder} holds the project itself; not deleted.")
    if folder.exists() and not any((folder / name).exists() for name in ("site.db", "index", "jobs.db")):
        stop(f"{folder} does not look like a data folder of this site; not deleted.")
    if folder.exists():
        shutil.rmtree(folder)
    say(f"{folder} is empty. `python3 dev.py run` fills it again.")


def seed(options: argparse.Namespace) -> None:
    refuse_production("seed")
    environment("requirements.txt")
    env = site_environment(options.data)
    flask(["prepare", "--empty"], env)
    flask(["seed", "--size", options.size], env)


# ── test ────────────────────────────────────────────────────────────────────────────────────────


CHECKS = {
    "lint": ["-m", "ruff", "check", "."],
    "format": ["-m", "ruff", "format", "--check", "."],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command; lint_imports_command()"],
    "templates": ["-m", "djlint", "app", "--lint", "--quiet"],
}


def run_check(name: str, arguments: list[str]) -> bool:
    started = time.monotonic()
    done = subprocess.run([PYTHON, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    say(f"      {name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)")
    if done.returncode:
        say((done.stdout + done.stderr)[-8000:])
    return done.returncode == 0


class Outcome(NamedTuple):
    passed: int
    failed: int  # errors included
    skipped: dict[str, list[str]]  # the reason → the names


def run_pytest(marks: str, extra: list[str], workers: str) -> Outcome:
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        command = [
            PYTHON,
            "-m",
            "pytest",
            "-q",
            "-n",
            workers,
            "--dist",
            "loadgroup",
            "-m",
            marks,
            f"--junitxml={report}",
            *extra,
        ]
        done = subprocess.run(command, cwd=ROOT, env=site_environment(None), check=False)
        if not report.exists():
            return Outcome(0, 1, {})
        suites = ET.parse(report).getroot().iter("testsuite")  # noqa: S314 - written by pytest just now
        total = failed = 0
        skipped: dict[str, list[str]] = {}
        for suite in suites:
            total += int(suite.get("tests", 0))
            failed += int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            for case in suite.iter("testcase"):
                for skip in case.iter("skipped"):
                    name = f"{case.get('classname', '')}.{case.get('name', '')}"
                    skipped.setdefault(skip.get("message", ""), []).append(name)
        if done.returncode not in {0, 1, 5} and not failed:
            failed = 1
        return Outcome(total - failed - sum(map(len, skipped.values())), failed, skipped)


def test(options: argparse.Namespace) -> None:
    """Every standing check and test; --quick leaves out browser, PostgreSQL and whatever is marked slow."""
    started = time.monotonic()
    step(1, 4, "Environment")
    environment("requirements-dev.txt")
    step(2, 4, "Fonts" if options.quick else "Browser and fonts")
    missing = install_system("fonts-noto-cjk", *([] if options.quick else ["chromium"]))
    step(3, 4, "Standing checks")
    broken = [name for name, arguments in CHECKS.items() if not run_check(name, arguments)]
    step(4, 4, "Tests")
    marks = "not browser and not postgres and not slow" if options.quick else ""
    outcome = run_pytest(marks, options.pytest, os.environ.get("TEST_WORKERS", "2"))
    say("")
    for sentence in missing:
        say(sentence)
    if options.quick:
        say("not run: browser, postgres, slow (left out by --quick)")
    for reason, names in outcome.skipped.items():
        say(f"not run: {reason}")
        for name in names:
            say(f"    {name}")
    if broken:
        say(f"standing checks failed: {', '.join(broken)}")
    passed = outcome.passed + len(CHECKS) - len(broken)
    failed = outcome.failed + len(broken)
    say(f"{time.monotonic() - started:.0f} s, {len(CHECKS)} standing checks counted as tests")
    skips = sum(map(len, outcome.skipped.values()))
    word = "incomplete (see what was not run): " if missing else ""
    say(f"{word}{passed} passed, {failed} failed, {skips} skipped")
    sys.exit(1 if failed else 0)


def bench(options: argparse.Namespace) -> None:
    environment("requirements-dev.txt")
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    sys.exit(
        subprocess.run(
            [PYTHON, "-m", f"tests.bench.{options.what}", *options.rest], cwd=ROOT, env=env, check=False
        ).returncode
    )


def lock(_options: argparse.Namespace) -> None:
    """Write the locked requirement files from pyproject.toml."""
    environment("requirements-dev.txt")
    base = [
        PYTHON,
        "-m",
        "uv",
        "pip",
        "compile",
        "pyproject.toml",
        "--quiet",
        "--universal",
        "--generate-hashes",
    ]
    base += ["--python-version", "3.11", "--no-annotate", "--no-header", "--no-emit-index-url"]
    for name, extra in (("requirements.txt", []), ("requirements-dev.txt", ["--group", "dev"])):
        subprocess.run([*base, *extra, "-o", name], cwd=ROOT, check=True)


def pictures(options: argparse.Namespace) -> None:
    """Take the README's screenshots again."""
    environment("requirements-dev.txt")
    if missing := install_system("chromium", "fonts-noto-cjk"):
        stop("\n".join(missing))
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    sys.exit(
        subprocess.run(
            [PYTHON, "-m", "tests.browser.pictures", *options.rest], cwd=ROOT, env=env, check=False
        ).returncode
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="dev.py", description=__doc__)
    commands = parser.add_subparsers(required=True)
    add = commands.add_parser("run", help="the site with demo data on http://127.0.0.1:8000")
    add.add_argument("--port", type=int, default=8000)
    add.add_argument(
        "--data", metavar="FOLDER", help="where database, index and files lie (default: instance/)"
    )
    add.add_argument("--empty", action="store_true", help="no demo data")
    add.set_defaults(do=run)
    add = commands.add_parser("test", help="every standing check and test")
    add.add_argument("--quick", action="store_true", help="no browser, no PostgreSQL, nothing slow")
    add.add_argument("pytest", nargs="*", help="handed on to pytest")
    add.set_defaults(do=test)
    add = commands.add_parser("reset", help="delete the data folder")
    add.add_argument("--data", metavar="FOLDER")
    add.set_defaults(do=reset)
    add = commands.add_parser("seed", help="fill an empty site with invented data")
    add.add_argument("--size", choices=("small", "county", "large"), default="county")
    add.add_argument("--data", metavar="FOLDER")
    add.set_defaults(do=seed)
    add = commands.add_parser("bench", help="measure: pages, search, match")
    add.add_argument("what")
    add.add_argument("rest", nargs=argparse.REMAINDER)
    add.set_defaults(do=bench)
    add = commands.add_parser("lock", help="write requirements*.txt from pyproject.toml")
    add.set_defaults(do=lock)
    add = commands.add_parser("pictures", help="take the README's screenshots")
    add.add_argument("rest", nargs=argparse.REMAINDER)
    add.set_defaults(do=pictures)
    options = parser.parse_args()
    options.do(options)


if __name__ == "__main__":
    main()
