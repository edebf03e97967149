"""Workers of the web server share connections evenly (deploy/gunicorn.conf.py)."""

import runpy
from pathlib import Path
from types import SimpleNamespace

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def conf():
    return runpy.run_path(str(ROOT / "deploy/gunicorn.conf.py"))


@pytest.fixture
def worker(conf):
    def make(age, holding):
        one = conf["EvenWorker"].__new__(conf["EvenWorker"])
        one.age, one.nr_conns, one.cfg = age, holding, SimpleNamespace(worker_connections=1000)
        one.said = one.worker_connections  # as its loop does in every turn
        return one

    return make


def may_accept(worker):
    return worker.nr_conns < worker.worker_connections


def test_a_worker_that_holds_more_leaves_new_connections_to_the_other(worker):
    full, idle = worker(1, 20), worker(2, 3)
    assert not may_accept(full)
    assert may_accept(idle)


def test_a_worker_alone_takes_all_up_to_the_limit(worker):
    alone = worker(1, 500)
    assert may_accept(alone)
    alone.nr_conns = 1000
    assert not may_accept(alone)


def test_one_that_is_gone_or_hangs_does_not_hold_the_others_back(conf, worker, monkeypatch):
    full, gone = worker(1, 20), worker(2, 0)
    assert not may_accept(full)
    conf["child_exit"](None, gone)
    assert may_accept(full)
    hanging = worker(3, 0)
    assert not may_accept(full)
    conf["held"][2 * hanging.age] -= conf["FRESH"] + 1
    assert may_accept(full)
