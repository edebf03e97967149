"""What each web worker carries: nothing heavy that only a command needs."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow  # left out by --quick

ROOT = Path(__file__).parents[2]
ONLY_FOR_COMMANDS = ("sklearn", "jieba", "dask")


@pytest.fixture(scope="module")
def loaded(tmp_path_factory):
    """The modules of a process that has the site and answers."""
    code = "import sys, wsgi; wsgi.app.test_client().get('/jobs?q=氟'); print('\\n'.join(sys.modules))"
    env = {"DATA_DIR": str(tmp_path_factory.mktemp("data")), "APP_ENV": "development", "PATH": "/usr/bin"}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True
    )
    return set(done.stdout.split())


@pytest.mark.parametrize("module", ONLY_FOR_COMMANDS)
def test_a_web_worker_does_not_carry_what_commands_need(loaded, module):
    assert module not in loaded
