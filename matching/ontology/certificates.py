"""Certificates: one key for every way of writing a name, what covers what, whether the law asks for it, months to get it."""

import re
from dataclasses import dataclass
from functools import lru_cache

from matching.ontology import table, tree
from search.words import fold

SHORT_MONTHS = 3.0
CACHE_SIZE = 20_000
MOST_VAGUE = 3
LEVEL_NAMES = ("五级", "四级", "三级", "二级", "一级")
_LEVEL = re.compile(r"(五级|四级|三级|二级|一级)$|(高级技师|技师|初级工|中级工|高级工)$")
_BEGINS = re.compile(r"[的了过有持到得下本个张年月校厂里司位前后已刚就把齐证:：)）(（]$|[0-9]$")
_WORKER = {"初级工": 1, "中级工": 2, "高级工": 3, "技师": 4, "高级技师": 5}
_NOISE = re.compile(r"及以上|以上|\(.*?\)|[\s·・,，、。;；:：/\-—_]")
_FILLER = re.compile(
    r"特种作业操作|职业技能等级|操作资格|从业资格|职业资格|考核合格|安全合格|特种作业|操作证|资格证|合格证|证书|作业|资格|职称|证|^持有?"
)


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. `months` is the usual time to get it for a newcomer, None when it cannot be had directly.

    `covers` holds the keys of everything that its holder needs no more, its own key included.
    """

    key: str
    label: str
    is_legal: bool = False
    months: float | None = None
    covers: frozenset[str] = frozenset()
    is_known: bool = False

    @property
    def is_quick(self) -> bool:
        """True when a newcomer can have it within three months."""
        return self.months is not None and self.months <= SHORT_MONTHS


class CertificateBook:
    """Reads any writing of a certificate's name."""

    def __init__(self) -> None:
        self._known: dict[str, Certificate] = {}
        self._by_core: dict[str, str] = {}
        self._writings: dict[str, str] = {}
        self._ladders: list[list[str]] = []
        self._cache: dict[str, Certificate] = {}
        self._load()
        self._rungs = frozenset(key for ladder in self._ladders for key in ladder)
        self._parts = sorted((core for core in self._by_core if len(core) >= 4), key=len, reverse=True)
        self._spelled = self._spell()
        names = sorted(self._spelled, key=len, reverse=True)
        self._pattern = re.compile("|".join(map(re.escape, names)))
        self._jumbled = {"".join(sorted(core)): key for core, key in self._by_core.items() if len(core) >= 5}

    def _spell(self) -> dict[str, str]:
        """Return what names a certificate inside a longer text: whole writings, and bare names of four letters or more."""
        spelled = {writing: key for writing, key in self._writings.items() if len(writing) >= MOST_VAGUE}
        return spelled | {core: key for core, key in self._by_core.items() if len(core) > MOST_VAGUE}

    def _load(self) -> None:
        extra = tree("certificate_ladders.yaml")
        self._ladders = [[fold(name) for name in ladder] for ladder in extra["ladders"]]
        for row in extra["extra"]:
            self._add(row["name"], row["aliases"], row["is_legal"], row["months"])
        for row in table("certificates.tsv"):
            months = float(row["months_for_newcomer"]) if row["months_for_newcomer"] else None
            aliases = [alias for alias in row["aliases"].split(";") if alias]
            aliases += extra["writings"].get(row["certificate"], [])
            self._add(row["certificate"], aliases, row["law_or_habit"] == "法定", months)

    def _add(self, name: str, aliases: list[str], is_legal: bool, months: float | None) -> None:
        key = fold(name)
        self._known[key] = Certificate(key, name, is_legal, months, self._covered(key), is_known=True)
        for writing in (name, *aliases):
            self._writings.setdefault(fold(writing), key)
            self._by_core.setdefault(_core(fold(writing)), key)

    def _covered(self, key: str) -> frozenset[str]:
        covered = {key}
        for ladder in self._ladders:
            if key in ladder:
                covered.update(ladder[: ladder.index(key)])
        group, rank = level_of(key)
        if rank:
            covered.add(group)
            covered.add(f"{group}职业技能等级证书")
            covered.update(f"{group}{name}" for name in LEVEL_NAMES[: rank - 1])
        return frozenset(covered)

    def read(self, name: str) -> Certificate:
        """Return the certificate that `name` means; an unknown name becomes a certificate of its own."""
        found = self._cache.get(name)
        if found is None:
            if len(self._cache) > CACHE_SIZE:
                self._cache.clear()
            found = self._cache[name] = self._find(name)
        return found

    def is_name(self, words: str) -> bool:
        """Tell whether a stretch of text is one of the known writings and nothing else."""
        return words in self._writings

    def named_in(self, words: str) -> Certificate | None:
        """Return the known certificate that a stretch of text names, None when it names none.

        The longest writing counts, and only where it begins a word: 矿井电工证 is no 电工证.
        """
        exact = self._writings.get(words) or (self._by_core.get(_core(words)) if len(words) > 1 else None)
        if exact and (len(_core(words)) > 1 or words in self._writings):
            return self._known[exact]
        for match in self._pattern.finditer(words):
            before = words[: match.start()]
            if not before or _BEGINS.search(before):
                return self._known[self._spelled[match[0]]]
        return None

    def _find(self, name: str) -> Certificate:
        text = fold(name)
        group, rank = level_of(_NOISE.sub("", text))
        for writing in _writings(text):
            key = self._by_core.get(_core(writing))
            if key and (not rank or key in self._rungs or level_of(key)[1]):
                return self._known[key]
        if rank:
            key = f"{group}{LEVEL_NAMES[rank - 1]}"
            return self._known.get(key) or Certificate(key, name, covers=self._covered(key))
        core = _core(text)
        meant = self._jumbled.get("".join(sorted(core)))
        meant = meant or next((self._by_core[part] for part in self._parts if part in core), None)
        return (
            self._known[meant] if meant else Certificate(core or text, name, covers=frozenset({core or text}))
        )


def _writings(text: str) -> list[str]:
    inner = re.findall(r"\((.*?)\)", text)
    outer = re.sub(r"\(.*?\)", "", text)
    return [text.replace("(", "").replace(")", ""), *inner, outer]


def _core(text: str) -> str:
    bare = _NOISE.sub("", text)
    return _FILLER.sub("", bare) or bare


def level_of(name: str) -> tuple[str, int]:
    """Split `化工总控工三级` into its occupation and a rank of 1 to 5; rank 0 means that the name has no level."""
    found = _LEVEL.search(name)
    if not found or name.startswith(("大学英语", "英语", "计算机", "软考")):
        return name, 0
    rank = LEVEL_NAMES.index(found[0]) + 1 if found[0] in LEVEL_NAMES else _WORKER[found[0]]
    return name[: found.start()], rank


@lru_cache(maxsize=1)
def book() -> CertificateBook:
    """Return the one book of the process."""
    return CertificateBook()
