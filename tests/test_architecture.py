"""House rules that no linter knows."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted(p for top in ("app", "matching", "search") for p in (ROOT / top).rglob("*.py"))
TREES = {path: ast.parse(path.read_text(encoding="utf-8")) for path in SOURCES}
TEMPLATES = sorted((ROOT / "app").rglob("*.html"))


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_modules_stay_readable(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400
    assert path.stem not in {"util", "utils", "helpers", "common", "misc"}


def test_only_transaction_commits():
    commits = {
        name(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "commit"
    }
    assert commits <= {"app/core/db.py", *(name(p) for p in SOURCES if p.parts[-2] == "search")}
    assert "app/core/db.py" in commits


def test_no_imports_inside_functions():
    offenders = [
        f"{name(path)}:{inner.lineno}"
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not offenders


def test_the_environment_is_read_in_one_place():
    offenders = [
        name(path)
        for path, tree in TREES.items()
        for node in ast.walk(tree)
        if path.parts[-2:] not in {("people", "extraction.py"), ("search", "pinyin.py")}  # they write it
        and isinstance(node, ast.Attribute)
        and node.attr == "environ"
    ]
    assert not offenders


def test_templates_hold_no_script_style_or_foreign_address():
    banned = re.compile(
        r"<script(?![^>]*\b(src|type=\"application/ld\+json\"))|<style|\sstyle=|\son[a-z]+=\"|javascript:"
    )
    foreign = re.compile(r"(?:src|href)=\"(?:https?:)?//(?!www\.w3\.org)")
    offenders = [
        f"{name(path)}: {match[0]}"
        for path in TEMPLATES
        for pattern in (banned, foreign)
        if (match := pattern.search(path.read_text(encoding="utf-8")))
    ]
    assert not offenders


def test_top_level_is_as_the_owner_fixed_it():
    allowed = {"app", "matching", "search", "migrations", "tests", "deploy", ".ci"}
    hidden = {".git", ".venv", "instance"}
    folders = {p.name for p in ROOT.iterdir() if p.is_dir()} - hidden
    assert {f for f in folders if not f.startswith(".") and f != "__pycache__"} <= allowed
