"""A word is what jieba says with the trade lexicon loaded, however it is typed."""

import threading
from pathlib import Path

import pytest

from search import words
from search.folding import fold_with_offsets
from search.pattern import squeeze, term_pattern

DEMO = [
    "坐中控室盯两条无水氟化氢线的DCS画面，精馏塔压力温度超限要先报警后处置",
    "精通C语言和P&ID，会用ICP-MS；technology architecture",
    "聚四氟乙烯后处理，四班三运转，包吃住，五险一金",
]


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("ｐＴＦＥ", "ptfe"),
        ("儀表維修", "仪表维修"),
        ("電工　長白班", "电工 长白班"),
        ("氢\u200b氟\u202e酸\x00", "氢氟酸 "),
        ("６０００以上", "6000以上"),
    ],
)
def test_folding_gives_one_spelling(typed: str, folded: str) -> None:
    assert words.fold(typed) == folded


def test_offsets_lead_back_to_the_text_as_it_was_typed() -> None:
    folded, offsets = fold_with_offsets("A\u200b㎡氫")
    assert folded == "am2氢"
    assert list(offsets) == [0, 2, 2, 3, 4]


def test_letters_and_symbols_survive_as_words() -> None:
    assert words.cut("C语言") == ["c语言"]
    assert words.cut("A证")[0] == "a"
    assert "p&id" in words.cut("看懂P&ID图")
    assert "r32" in words.cut("R32装置")


def test_terms_are_never_cut_out_of_longer_latin_words() -> None:
    assert words.cut("technology architecture") == ["technology", "architecture"]
    assert [term.surface for term in words.terms("HFP与HF")] == ["hfp", "hf"]


@pytest.mark.parametrize(
    ("typed", "word"), [("r 134a", "r134a"), ("ICP MS", "icp-ms"), ("hydrofluoric  acid", None)]
)
def test_a_separator_inside_a_term_does_not_matter(typed: str, word: str | None) -> None:
    found = words.terms(typed)
    assert [words.canonical(term.surface) for term in found] == ([words.canonical(word)] if word else [])


def test_every_lexicon_term_comes_out_whole() -> None:
    for term in words.lexicon().entries:
        surfaces = [words.canonical(token) for token in words.cut(term)]
        assert words.canonical(term) in surfaces, term


def test_word_boundaries_decide_what_is_a_term() -> None:
    assert "电工" not in words.cut("发电工程")


@pytest.mark.parametrize("name", ["特氟龙", "F4", "铁氟龙", "ptfe", "聚四佛乙烯"])
def test_names_of_the_same_thing_share_a_canonical_form(name: str) -> None:
    assert words.canonical(name) == "聚四氟乙烯"


def test_synonyms_come_before_related_things() -> None:
    relations = [link.relation in words.SAME_THING for link in words.synonyms("氟化操作工")]
    assert relations == sorted(relations, reverse=True)
    assert True in relations
    assert False in relations


@pytest.mark.parametrize(
    ("word", "inside"),
    [("电工证", ("电工",)), ("氢氟酸充装工", ("氢氟酸", "充装工")), ("六氟磷酸锂", ()), ("聚四氟乙烯", ())],
)
def test_compounds_split_and_chemical_names_do_not(word: str, inside: tuple[str, ...]) -> None:
    assert words.parts(word) == inside


def test_tokens_point_into_the_folded_text() -> None:
    text = words.fold("精通C语言，ICP MS检测")
    for token in words.tokens(text):
        assert squeeze(text[token.start : token.end]) == squeeze(token.text)


def test_the_longest_term_wins_whatever_the_order() -> None:
    assert term_pattern(["pfc", "pfc-116"]).search("pfc 116").group() == "pfc 116"  # type: ignore[union-attr]  # a miss fails
    assert term_pattern(["pfc-116", "pfc"]).search("pfc116").group() == "pfc116"  # type: ignore[union-attr]  # as above


def test_both_builds_of_jieba_agree() -> None:
    terms = [term for term in words.lexicon().entries if not term.isascii()]
    slow, fast = words.JiebaCutter(terms), words.RustCutter(terms)
    for text in map(words.fold, DEMO):
        assert slow.cut(text) == fast.cut(text)
        assert [slow.knows(word) for word in slow.cut(text)] == [fast.knows(word) for word in slow.cut(text)]


def test_both_builds_agree_on_every_text_of_the_demonstration() -> None:
    terms = [term for term in words.lexicon().entries if not term.isascii()]
    slow, fast = words.JiebaCutter(terms), words.RustCutter(terms)
    folder = Path(__file__).parents[2] / "app" / "demo" / "data"
    texts = [(folder / f"{name}.jsonl").read_text(encoding="utf-8") for name in ("posts", "people")]
    lines = [line for text in texts for line in text.splitlines()]
    assert len(lines) > 600
    for line in map(words.fold, lines):
        assert slow.cut(line) == fast.cut(line)


def test_many_threads_may_ask_at_once() -> None:
    answers: list[list[str]] = []
    threads = [threading.Thread(target=lambda: answers.append(words.cut(DEMO[0]))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == 8
    assert all(answer == answers[0] for answer in answers)
