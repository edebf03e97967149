"""Languages: templates and messages are written in 简体; each run of Chinese is its own catalogue key.

A Jinja extension turns every Chinese run of a template's text and attribute values into a
lookup, so that templates stay plain Chinese. English comes from `translations/en.po`, 繁體 is
made from 简体 by OpenCC (with `translations/zh_Hant.po` for the exceptions): words as they are compiled
and, for what people wrote, the text of the finished page. A missing key shows the Chinese words.
"""

import functools
import re
from collections.abc import Iterator, Mapping, MutableMapping
from contextvars import ContextVar
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from babel.messages.pofile import read_po
from flask import Flask, has_request_context, request
from flask.templating import Environment as FlaskEnvironment
from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream
from jinja2.runtime import Context
from markupsafe import Markup
from opencc import OpenCC

from app.core import place_names
from app.core.assets import SettledAssets
from app.core.sentences import HAN, Sentences, choose

SOURCE = "zh-Hans"
LANGUAGES = {"zh-Hans": "简体", "zh-Hant": "繁體", "en": "English"}
COOKIE = "lang"
FOLDER = Path(__file__).parents[1] / "translations"
RUN = re.compile(r'[^<>"\s][^<>"]*')
# What a page in 繁體 keeps as it is: markup, scripts, what somebody types, links to the other languages.
KEPT = re.compile(
    r"(<(?:textarea|script|style)\b[^>]*>.*?</(?:textarea|script|style)>|<a [^>]*hreflang[^>]*>[^<]*</a>|<[^>]*>)",
    re.DOTALL,
)
BEFORE_LINK = re.compile(r"(?<=[^\s>(（「])(?=<(?:a|b|strong|button)[ >])")
AFTER_LINK = re.compile(
    r"(?<=</a>)(?=[\u4e00-\u9fff])|(?<=</b>)(?=[\u4e00-\u9fff])|(?<=</strong>)(?=[\u4e00-\u9fff])"
)
READ_OUT = re.compile(r'(?<= )(?:aria-label|title|alt|placeholder|content)="[^"]*"')


@functools.cache
def catalogue(language: str) -> dict[str, str]:
    """Source words → words in *language*, as far as somebody wrote them."""
    path = FOLDER / f"{language.replace('-', '_')}.po"
    if not path.exists():
        return {}
    with path.open("rb") as file:
        return {
            str(m.id): str(m.string) for m in read_po(file) if m.id and m.string and isinstance(m.id, str)
        }


@functools.cache
def _converter() -> OpenCC:
    return OpenCC("s2tw")


@functools.lru_cache(maxsize=20_000)
def _traditional(text: str) -> str:
    return catalogue("zh-Hant").get(text) or _converted(text)


def _converted(text: str) -> str:
    return (
        _converter().convert(text).replace("裡田", "里田") if HAN.search(text) else text
    )  # a township's name


_current: ContextVar[str | None] = ContextVar("language", default=None)


def language() -> str:
    """The language of this request: asked for, kept in a cookie, or what the browser prefers."""
    current = _current.get()
    if current is None:
        current = _asked_for() if has_request_context() else SOURCE
    return current


def _asked_for() -> str:
    asked = request.args.get("lang") or request.cookies.get(COOKIE)
    if asked in LANGUAGES:
        return asked
    offered = ["zh-CN", "zh-Hans", "zh", "zh-TW", "zh-HK", "zh-Hant", "en"]
    best = request.accept_languages.best_match(offered)
    return {"zh-TW": "zh-Hant", "zh-HK": "zh-Hant", "zh-Hant": "zh-Hant", "en": "en"}.get(best or "", SOURCE)


def _begin() -> None:
    _current.set(_asked_for())


def _end(_error: BaseException | None) -> None:
    _current.set(None)


def translate(text: Any) -> Any:
    """*text* in the language of the request; Markup stays Markup."""
    current = language()
    if current == SOURCE or text is None:
        return text
    found = _said(str(text), current)
    return Markup(found) if isinstance(text, Markup) else found  # noqa: S704 - was Markup before


def _said(words: str, spoken: str) -> str:
    if spoken == SOURCE:
        return words
    return _traditional(words) if spoken == "zh-Hant" else sentences(spoken).say(words)


def said_in(spoken: str, text: str) -> str:
    """*text* for somebody who reads another language than the one who causes it."""
    return _said(text, spoken if spoken in LANGUAGES else SOURCE)


@functools.cache
def sentences(spoken: str) -> Sentences:
    return Sentences(catalogue(spoken), place_names.spoken())


def speak(message: str, values: Mapping[str, object]) -> str:
    """The message with its values, which go in after translation; English says one job, two jobs."""
    said = str(translate(message))
    return choose(said, values) % values if values else said


def split_runs(text: str) -> Iterator[tuple[bool, str]]:
    """Cut template text into (is Chinese, piece); markup and spaces around a run stay outside it."""
    position = 0
    for match in RUN.finditer(text):
        run = match[0].rstrip()
        if not HAN.search(run):
            continue
        yield False, text[position : match.start()]
        yield True, run
        position = match.start() + len(run)
    yield False, text[position:]


class PlainChinese(Extension):
    """Puts each Chinese run of a template into the environment's language when the template is compiled.

    There is one environment, and so one compiled template, for each language: rendering costs nothing more.
    Runs inside {% trans %} blocks are left to the block.
    """

    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        in_trans = False
        previous = ""
        for token in stream:
            if token.type == "name" and previous == "block_begin":
                in_trans = {"trans": True, "endtrans": False}.get(token.value, in_trans)
            previous = token.type
            if token.type != "data" or in_trans:
                yield token
                continue
            spoken = getattr(self.environment, "language", SOURCE)
            yield Token(token.lineno, "data", _template_text(token.value, spoken))


def _template_text(text: str, spoken: str) -> str:
    if spoken == "en":  # Chinese needs no space between a sentence and the link in it
        text = AFTER_LINK.sub(" ", BEFORE_LINK.sub(" ", text))
    return "".join(
        _said(re.sub(r"\s+", " ", piece), spoken) if is_chinese else piece
        for is_chinese, piece in split_runs(text)
    )


@pass_context
def _gettext(context: Context, message: str, /, **values: Any) -> str:
    """What {% trans %} calls. Values are escaped as they go into Markup."""
    said = choose(str(translate(message)), values)
    return (Markup(said) if context.eval_ctx.autoescape else said) % values  # noqa: S704 - the catalogue is ours


@pass_context
def _ngettext(context: Context, singular: str, plural: str, count: int, /, **values: Any) -> str:
    values.setdefault("num", count)
    return str(_gettext(context, singular if count == 1 else plural, **values))


def _language_links() -> dict[str, Any]:
    if not has_request_context() or request.endpoint is None:
        return {"lang_urls": [], "lang": language()}
    arguments = {k: v for k, v in request.args.items(multi=True) if k != "lang"}
    base = request.path + "?" + "".join(f"{quote(k)}={quote(v)}&" for k, v in arguments.items())
    links = [
        {"code": code, "label": label, "href": f"{base}lang={code}", "current": code == language()}
        for code, label in LANGUAGES.items()
    ]
    return {"lang_urls": links, "lang": language()}


def _remember(response: Any) -> Any:
    asked = request.args.get("lang")
    if asked in LANGUAGES:
        response.set_cookie(COOKIE, asked, max_age=365 * 24 * 3600, samesite="Lax", httponly=True)
    response.headers.setdefault("Content-Language", language())
    if language() == "zh-Hant" and response.mimetype == "text/html" and not response.is_streamed:
        response.set_data(traditional_page(response.get_data(as_text=True)))
    return response


def traditional_page(page: str) -> str:
    """The text of a page in 繁體, what people wrote included; what a form sends back stays as it was typed."""
    pieces = enumerate(KEPT.split(page))
    return "".join(
        READ_OUT.sub(lambda found: _converted(found[0]), piece) if at % 2 else _converted(piece)
        for at, piece in pieces
    )


def install(environment: Environment) -> None:
    environment.add_extension("jinja2.ext.i18n")
    environment.globals |= {"gettext": _gettext, "ngettext": _ngettext, "_": _gettext}
    environment.newstyle_gettext = True  # type: ignore[attr-defined]  # added by the extension
    environment.add_extension(PlainChinese)
    environment.filters["t"] = translate


class SharedGlobals(FlaskEnvironment):
    """Templates look their globals up in one plain dictionary, not in a chain of two for each template.

    Imported macros are then found ready (Jinja otherwise compares both chains at each import).
    """

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        return super().make_globals(d) if d else self.globals


class SpeakingFlask(Flask):
    """Flask with one template environment for each language; filters and globals are shared."""

    jinja_environment = SharedGlobals
    jinja_options = {"extensions": [SettledAssets]}  # noqa: RUF012 - Flask declares it so

    @cached_property
    def _environments(self) -> dict[str, Any]:
        base = self.create_jinja_environment()
        install(base)
        spoken = {SOURCE: base}
        for code in LANGUAGES:
            if code != SOURCE:
                spoken[code] = base.overlay()
        for code, environment in spoken.items():
            environment.language = code  # type: ignore[attr-defined]  # read by PlainChinese
        return spoken

    @property
    def jinja_env(self) -> Any:
        return self._environments[language()]


def init_app(app: Flask) -> None:
    app.before_request(_begin)
    app.teardown_request(_end)
    app.context_processor(_language_links)
    app.after_request(_remember)
