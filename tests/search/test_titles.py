"""Titles of the same work are near each other, and the trial counts as the literature does."""

from pathlib import Path

import pytest

from search import evaluate
from search.title_trial import average_precision
from search.titles import Titles

TITLES = ["抵押贷款专员", "调酒师", "木工", "橱柜安装工", "前端程序员", "网站设计师", "水手", "大副"]


@pytest.mark.parametrize(
    ("asked", "found"),
    [("贷款干事", {"抵押贷款专员"}), ("酒保", {"调酒师"}), ("海员", {"水手", "大副"})],
)
def test_the_same_work_in_other_words_comes_first(asked: str, found: set[str]) -> None:
    (near,) = Titles(TITLES).nearness([asked])
    assert TITLES[int(near.argmax())] in found


@pytest.mark.parametrize("titles", [["电工"], ["电工", "电工"], ["", "电工"]])
def test_small_collections_are_ranked_too(titles: list[str]) -> None:
    (near,) = Titles(titles).nearness(["电工"])
    assert titles[int(near.argmax())] == "电工"


def test_average_precision_is_that_of_the_literature() -> None:
    assert average_precision(["a", "x", "b", "y"], {"a", "b"}) == pytest.approx((1 + 2 / 3) / 2)
    assert average_precision(["x"], {"a"}) == 0


def test_the_command_reads_the_format(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "corpus_elements").write_text(
        "c_id\tjobtitle\n1\t厨师\n2\t面点师\n3\t飞行员\n", encoding="utf-8"
    )
    (tmp_path / "queries").write_text("q_id\tjobtitle\n7\t主厨\n8\t没有答案\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("7\t0\t1\t1\n7\t0\t3\t0\n", encoding="utf-8")
    assert evaluate.main(["--titles", str(tmp_path), "--json"]) == 0
    assert capsys.readouterr().out.strip() == '{"titles": 1.0}'
