"""The words that need translating: collected from templates and Python, merged into `translations/en.po`.

A sentence that Python puts together, f"还剩{left}个", has the key 还剩{left}个; `app.core.sentences` finds it again
in what reaches the page.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from flask import Flask
from jinja2 import Environment

from app.core import qualifications
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
        "sentences",
        "place_names",
    ]
)
SPOKEN_ELSEWHERE = (  # modules of the libraries whose words pages show
    *(f"matching/{name}.py" for name in ("reasons", "requirements", "headline", "shortfalls")),
    *(f"search/{name}.py" for name in ("conditions", "negations")),
)
PATTERN = re.compile(r"\(\?|\[\^|\{\d+,")  # a regular expression, which nobody reads on a page
SAMPLES = frozenset({"states.html"})
MARKS = ("，", "、", "：")  # between words that a template joins
COMPOSED = (  # what Python puts together out of a value and a word
    *("%(n)s人", "%(n)s分钟", "%(n)s元以上", "%(n)s年经验", "%(n)s天", "%(n)s个月", "%(n)s项", "%(n)s年"),
    *("高中/中专/技校及以上", "大专及以上", "本科及以上", "硕士及以上"),
    *(
        "其他省份",
        "{years}年经验可做",
        "%(n)s元起",
        "四班两运转",
        "三班两运转",
        "房补",
        "培训提升",
        "氟化工艺",
    ),
    *("%(n)s元/天", "%(n)s元/日", "%(n)s元/小时", "%(n)s元/时", "%(n)s元/周", "%(n)s元/月", "%(n)s元/件"),
    *(
        "做过{names}",
        "会{names}",
        "{words}专业",
        "{words}等专业",
        "{years}年{months}个月",
        "{title}，{spell_months}",
    ),
    *("学历差一点", "年限不够", "没做过{best_family}类工作", "{len}项要求都符合，{strongest}。"),
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


def _name_of(value: ast.expr) -> str:
    """The last word of an expression: person.name → name, moment(at) → moment, USES[purpose] → purpose."""
    if isinstance(value, ast.Name):
        return value.id
    if isinstance(value, ast.Attribute):
        return value.attr
    if isinstance(value, ast.Call):
        return _name_of(value.func)
    if isinstance(value, ast.Subscript):
        inner = _name_of(value.slice)
        return _name_of(value.value) if inner == "x" else inner
    return "x"


def sentence_of(node: ast.JoinedStr) -> str:
    """The key of an f-string: its words, with {name} where a value goes in; a second name of a kind is name2."""
    seen: Counter[str] = Counter()
    pieces = []
    for piece in node.values:
        if isinstance(piece, ast.FormattedValue):
            name = _name_of(piece.value).strip("_").lower()
            seen[name] += 1
            pieces.append(f"{{{name}{seen[name] if seen[name] > 1 else ''}}}")
        elif isinstance(piece, ast.Constant):
            pieces.append(str(piece.value))
    return "".join(pieces)


def _silent_under(node: ast.AST) -> Iterator[ast.AST]:
    """What under a node is never said: docstrings, pieces of f-strings, other names of terms, patterns."""
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield from node.values
    elif isinstance(node, ast.FormattedValue) and node.format_spec:
        yield from ast.walk(node.format_spec)
    elif isinstance(node, ast.Call):
        called = ast.unparse(node.func)
        if called == "Term":
            for part in _aliases(node):
                yield from ast.walk(part)
        elif called.startswith("re."):
            for argument in node.args:
                yield from ast.walk(argument)


def words_of_python(source: str) -> Iterator[str]:
    """Strings that could reach a page, and f-strings as sentences with {names}."""
    tree = ast.parse(source)
    silent = {id(quiet) for node in ast.walk(tree) for quiet in _silent_under(node)}
    for node in ast.walk(tree):
        if id(node) in silent:
            continue
        if isinstance(node, ast.JoinedStr):
            yield sentence_of(node)
        elif (
            isinstance(node, ast.Constant) and isinstance(node.value, str) and not PATTERN.search(node.value)
        ):
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
    found.update(qualifications.certificates())
    for name in SPOKEN_ELSEWHERE:
        found.update(words_of_python((folder.parent / name).read_text("utf-8")))
    return sorted({word for word in found if HAN.search(word)}.union(MARKS))


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
    unfinished = path.with_suffix(".part")  # whoever starts meanwhile reads the old file whole
    with unfinished.open("wb") as file:
        write_po(file, merged, width=0, omit_header=True, sort_output=True)
    unfinished.replace(path)
    return len(wanted), sum(bool(said.get(word)) for word in wanted)


@click.command("extract-words")
def extract_words() -> None:
    """Collect the words on screen into translations/en.po."""
    count, translated = merge(extract(FOLDER.parent), FOLDER / "en.po")
    click.echo(f"{count} words, {translated} translated")


def init_app(app: Flask) -> None:
    app.cli.add_command(extract_words)
