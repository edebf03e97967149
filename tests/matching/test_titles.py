import csv
import json

import numpy as np
import pytest

from matching import coding, evaluate
from matching.coding import OccupationCoder
from matching.duplicates import near_duplicates
from matching.ontology import table
from matching.pairs import degree_asked, lacks, text_scores
from matching.titles import TitleRanker
from matching.trials import BadPairs, pairs_trial, titles_trial
from search.words import fold

TITLES = [
    "抵押贷款专员",
    "信贷经理",
    "调酒师",
    "酒水主管",
    "木工",
    "橱柜安装工",
    "前端程序员",
    "网站设计师",
    "水手",
    "大副",
]


def test_titles_of_the_same_work_come_first_even_in_other_words() -> None:
    ranker = TitleRanker(n_neighbours=2).fit(TITLES)
    best = [TITLES[row.argmax()] for row in ranker.score(["贷款干事", "酒保", "海员"])]
    assert best[0] in {"抵押贷款专员", "信贷经理"}
    assert best[1] in {"调酒师", "酒水主管"}
    assert best[2] in {"水手", "大副"}


def test_a_ranker_asked_before_fitting_says_so() -> None:
    with pytest.raises(ValueError, match="not fitted"):
        TitleRanker().score(["厨师"])


def test_the_titles_trial_reads_its_format(tmp_path) -> None:
    (tmp_path / "corpus_elements").write_text(
        "c_id\tjobtitle\n1\t厨师\n2\t面点师\n3\t飞行员\n", encoding="utf-8"
    )
    (tmp_path / "queries").write_text("q_id\tjobtitle\n7\t主厨\n", encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("7\t0\t1\t1\n", encoding="utf-8")
    report = titles_trial(tmp_path)
    assert report["titles"]["ours"]["map"] == 1.0
    assert report["queries"] == 1


def test_titles_seen_are_coded_and_new_ones_find_their_name() -> None:
    rows = list(table("coded_titles.tsv"))[:300]
    coder = OccupationCoder().fit([row["title"] for row in rows], [row["code"] for row in rows])
    found = coder.predict([row["title"] for row in rows[:50]])
    assert np.mean([a == row["code"] for a, row in zip(found, rows[:50], strict=True)]) >= 0.9
    names = {row["name"]: row["code"] for row in table("occupations.tsv")}
    assert names["监察人员"] in coder.rank(["监察人员"], 5)[0]


class _Listening(OccupationCoder):
    """Keeps what is said of each title when it is left out."""

    def _reranker(self, texts, duplicates):
        self.said_ = list(self._signals(self.seen_, texts, duplicates))


def test_what_is_said_of_a_title_left_out_is_what_is_said_of_it_when_new(monkeypatch) -> None:
    monkeypatch.setattr(coding, "FEWEST", 0)
    occupations = list(table("occupations.tsv"))[:300]
    monkeypatch.setattr(coding, "table", lambda _: occupations)
    known = {row["code"] for row in occupations}
    rows = [row for row in table("coded_titles.tsv") if row["code"] in known][:80]
    titles, codes = [row["title"] for row in rows], [row["code"] for row in rows]
    said = _Listening().fit(titles, codes).said_
    alone = [i for i, code in enumerate(codes) if codes.count(code) == 1]  # when left out, so is their code
    for left in alone[:5]:
        rest = [i for i in range(len(rows)) if i != left]
        coder = _Listening().fit([titles[i] for i in rest], [codes[i] for i in rest])
        new = [fold(titles[left])]
        for then, now in zip(said, coder._signals(coder.space_.rows(new), new), strict=True):
            np.testing.assert_allclose(then[left], now[0], atol=0.02)


def test_near_duplicates_stay_together() -> None:
    groups = near_duplicates(["电工（急招）", "电工", "会计", "电工 5000"])
    assert groups[0] == groups[1] == groups[3] != groups[2]


def test_the_pairs_trial_ranks_fitting_texts_first(tmp_path) -> None:
    path = tmp_path / "pairs.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, ["cv", "jd", "satisfied"])
        writer.writeheader()
        for cv in ("五年Java后端开发，熟悉数据库", "幼儿园教师，会弹钢琴"):
            for jd in ("招聘Java后端开发工程师，熟悉数据库", "招聘幼儿园教师，会弹钢琴优先"):
                writer.writerow({"cv": cv, "jd": jd, "satisfied": int(("Java" in cv) == ("Java" in jd))})
    assert pairs_trial(path)["pairs"]["ours"] == {"auc": 1.0, "map": 1.0}


NURSE = "负责病房巡视、静脉穿刺、换药和护理记录，{degree}及以上学历，{years}年以上护理工作经验，能吃苦耐劳。"


def test_pairs_of_a_trade_without_any_known_term_are_told_apart_by_their_texts() -> None:
    posts = [NURSE.format(degree="大专", years=2), "热菜炉灶，菜单设计，卫生检查，采购验收，能吃苦耐劳。"]
    nurse = "大专护理专业，3年工作经验，在医院做静脉穿刺和换药，写护理记录。"
    scores = text_scores([nurse, nurse], posts)
    assert scores[0] > scores[1]


def test_a_degree_or_years_that_the_text_lacks_cost_a_little() -> None:
    post = NURSE.format(degree="本科", years=5)
    assert lacks("本科，六年护理经验", post) == 0.0
    assert lacks("大专，六年护理经验", post) > 0.0
    assert lacks("本科，2年护理经验", post) > 0.0
    assert lacks("做过静脉穿刺", post) == 0.0
    assert degree_asked("学历要求：不限") == -1
    assert degree_asked("硕士及以上优先，大专及以上学历") == 2


@pytest.mark.parametrize(("suffix", "write"), [("csv", ","), ("tsv", "\t"), ("jsonl", "")])
def test_pairs_come_in_three_formats(tmp_path, suffix, write) -> None:
    rows = [
        {"cv": "会计，月结报税", "jd": "招会计，月结报税", "satisfied": "1"},
        {"cv": "会计，月结报税", "jd": "招厨师，炉灶切配", "satisfied": "0"},
    ]
    path = tmp_path / f"pairs.{suffix}"
    with path.open("w", encoding="utf-8", newline="") as target:
        if suffix == "jsonl":
            target.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        else:
            writer = csv.DictWriter(target, ["cv", "jd", "satisfied"], delimiter=write)
            writer.writeheader()
            writer.writerows(rows)
    assert pairs_trial(path)["pairs"]["ours"]["auc"] == 1.0


ENGLISH = "We hire a ward nurse. Bachelor's degree or above, at least 3 years of nursing experience."


def test_english_texts_lack_degrees_and_years_too() -> None:
    assert lacks("bachelor of nursing, 5+ years of ward experience", ENGLISH.lower()) == 0.0
    assert lacks("associate degree, 5 years of experience", ENGLISH.lower()) > 0.0
    assert lacks("master's degree, 1 year of experience", ENGLISH.lower()) > 0.0
    assert lacks("wound care", ENGLISH.lower()) == 0.0
    assert degree_asked("phd or master's degree required") == 4
    assert degree_asked("scrum master wanted") == -1


def test_english_pairs_are_told_apart() -> None:
    posts = [ENGLISH, "We hire a line cook. Grill station, menu planning, kitchen hygiene."]
    scores = text_scores(["Ward nurse, bachelor's degree, 4 years of nursing experience."] * 2, posts)
    assert scores[0] > scores[1]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("p.csv", "cv,jd\na,b\n", "lacks the columns satisfied; it has cv, jd"),
        ("p.csv", "", "holds no rows"),
        ("p.csv", "cv,jd,satisfied\na,b,1\nc,d,1\n", "needs pairs of both kinds"),
        ("p.csv", "cv,jd,satisfied\na,b,maybe\n", "satisfied is 'maybe'"),
        ("p.jsonl", '{"cv": "a"\n', "line 1"),
        ("p.jsonl", '{"cv": "", "jd": "b", "satisfied": 1}\n', "needs pairs of both kinds"),
    ],
)
def test_a_file_of_pairs_that_cannot_be_judged_says_why(tmp_path, name, text, words) -> None:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadPairs, match=words):
        pairs_trial(path)


def test_pairs_with_an_empty_side_are_left_out_and_counted(tmp_path) -> None:
    path = tmp_path / "pairs.json"
    rows = [
        ("会计月结", "招会计月结", 1),
        ("会计月结", "招厨师炉灶", 0),
        ("", "招厨师", 1),
        ("厨师", None, 0),
    ]
    path.write_text(
        json.dumps([{"CV": cv, "jd": jd, "Satisfied": satisfied} for cv, jd, satisfied in rows]),
        encoding="utf-8",
    )
    report = pairs_trial(path)
    assert (report["rows"], report["left_out"]) == (2, 2)
    assert report["pairs"]["ours"]["auc"] == 1.0


def test_the_command_says_in_a_sentence_what_is_wrong(tmp_path, capsys) -> None:
    (tmp_path / "p.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        evaluate.main(["--pairs", str(tmp_path / "p.csv")])
    assert "lacks the columns cv, jd, satisfied" in capsys.readouterr().err
