"""A real site for measuring: gunicorn and its worker on a folder of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


def environment(folder: Path, port: int, **more: str) -> dict[str, str]:
    return {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FLASK_APP": "wsgi",
        "APP_ENV": "development",
        "DATA_DIR": str(folder),
        "SERVER_URL": f"http://127.0.0.1:{port}",
        "IS_LIMITED": "0",
        **more,
    }


def flask(folder: Path, *arguments: str, **more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "flask", *arguments],
        cwd=ROOT,
        env=environment(folder, 0, **more),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"flask {' '.join(arguments)} failed:\n{done.stdout}\n{done.stderr}")
    return done.stdout


def start_web(env: dict[str, str], port: int) -> subprocess.Popen:
    command = [sys.executable, "-m", "gunicorn", "--config", "deploy/gunicorn.conf.py"]
    return subprocess.Popen([*command, "--bind", f"127.0.0.1:{port}", "wsgi:app"], cwd=ROOT, env=env)


def start_worker(env: dict[str, str]) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "flask", "work"], cwd=ROOT, env=env, stderr=subprocess.DEVNULL
    )


def wait(url: str, seconds: float = 240) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} did not answer within {seconds} s")


def stop(*processes: subprocess.Popen) -> None:
    for process in processes:
        process.terminate()
    for process in processes:
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def running(folder: Path, **more: str):
    """The address of a site on *folder* (already prepared) and its web process."""
    port = free_port()
    env = environment(folder, port, **more)
    web, worker = start_web(env, port), start_worker(env)
    try:
        wait(f"http://127.0.0.1:{port}/healthz")
        yield f"http://127.0.0.1:{port}", web
    finally:
        stop(web, worker)


def web_workers(web: subprocess.Popen) -> list[psutil.Process]:
    return psutil.Process(web.pid).children()


def cpu_seconds(web: subprocess.Popen) -> float:
    total = 0.0
    for process in web_workers(web):
        times = process.cpu_times()
        total += times.user + times.system
    return total
