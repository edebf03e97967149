"""The words that need translating: collected from templates and Python, merged into `translations/en.po`."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from flask import Flask
from jinja2 import Environment

from app.core.translation import FOLDER, HAN, split_runs

# Chinese that is read, matched or invented, not said to anybody: folders and modules.
UNSPOKEN = frozenset({"demo", "reading", "data"})
DATA_MODULES = frozenset(
    [
        "places",
        "numerals",
        "documents_in",
        "documents_out",
        "halfwidth",
        "gallery",
        "columns",
        "guessing",
        "free_text",
        "field_readers",
        "wording",
        "wording_rules",
        "wording_terms",
        "wording_innocent",
        "pay_grammar",
        "qualifications",
        "days",
        "post_facts",
        "post_labels",
        "post_sections",
        "post_splitting",
    ]
)
SAMPLES = frozenset({"states.html"})
COMPOSED = (  # what Python puts together out of a value and a word
    *("%(n)s人", "%(n)s分钟", "%(n)s元以上", "%(n)s年经验", "%(n)s天", "%(n)s个月", "%(n)s项", "%(n)s年"),
    *("高中/中专/技校及以上", "大专及以上", "本科及以上", "硕士及以上"),
    *("高中/中专/技校以上", "大专以上", "本科以上", "硕士以上", "其他省份"),
)


def _environment() -> Environment:
    environment = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the extension
    return environment


def words_of_template(source: str) -> Iterator[str]:
    """Runs of text and attributes, bodies of trans blocks, and Chinese strings inside expressions."""
    environment = _environment()
    for _line, _function, message in environment.extract_translations(source):  # type: ignore[attr-defined]  # added by the i18n extension
        yield from (m for m in ([message] if isinstance(message, str) else message) if m)
    in_trans = False
    for _line, kind, value in environment.lex(source):
        if kind == "name" and value in {"trans", "endtrans"}:
            in_trans = value == "trans"
        elif kind == "data" and not in_trans:
            yield from (re.sub(r"\s+", " ", run) for is_chinese, run in split_runs(value) if is_chinese)
        elif kind == "string":
            yield ast.literal_eval(value)


def _aliases(term: ast.Call) -> list[ast.expr]:
    """What people type for a term; only its name and short label are shown."""
    return [*term.args[2:], *(word.value for word in term.keywords if word.arg == "aliases")]


def words_of_python(source: str) -> Iterator[str]:
    """String constants that could reach a page: no docstrings, no pieces of f-strings."""
    tree = ast.parse(source)
    silent: set[int] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            silent.add(id(node.value))
        elif isinstance(node, ast.JoinedStr):
            silent.update(id(piece) for piece in node.values)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Term":
            silent.update(id(alias) for part in _aliases(node) for alias in ast.walk(part))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


def extract(folder: Path) -> list[str]:
    """Every source word under *folder*, sorted, each once."""
    found: set[str] = set()
    for path in folder.rglob("*.html"):
        if "templates" in path.parts and path.name not in SAMPLES:
            found.update(words_of_template(path.read_text("utf-8")))
    for path in folder.rglob("*.py"):
        if path.stem not in DATA_MODULES and not UNSPOKEN & set(path.relative_to(folder).parts):
            found.update(words_of_python(path.read_text("utf-8")))
    return sorted(word for word in found if HAN.search(word))


def merge(words: Iterable[str], path: Path) -> tuple[int, int]:
    """Write *words* into the catalogue at *path*; what was translated stays, what nobody says any more goes.

    Returns how many words there are and how many of them have a translation.
    """
    said: dict[str, str] = {}
    if path.exists():
        with path.open("rb") as file:
            said = {str(m.id): str(m.string) for m in read_po(file) if m.id}
    merged = Catalog(locale="en", project="Qingcai", charset="utf-8", fuzzy=False)
    wanted = sorted(set(words))
    for word in wanted:
        merged.add(word, said.get(word, ""))
    path.parent.mkdir(exist_ok=True)
    with path.open("wb") as file:
        write_po(file, merged, width=0, omit_header=True, sort_output=True)
    return len(wanted), sum(bool(said.get(word)) for word in wanted)


@click.command("extract-words")
def extract_words() -> None:
    """Collect the words on screen into translations/en.po."""
    count, translated = merge(extract(FOLDER.parent), FOLDER / "en.po")
    click.echo(f"{count} words, {translated} translated")


def init_app(app: Flask) -> None:
    app.cli.add_command(extract_words)
