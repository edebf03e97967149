import pytest

from matching.reading.clauses import clauses


@pytest.mark.parametrize(
    "words",
    [
        "女，已婚已育。",
        "男，49岁。",
        "本人未婚，汉族。",
        "性别女，1979年出生，党员家庭。",
        "姓名王某某，35岁，身高165。",
        "性别：男，民族：畲族，属马。",
        "我叫张三丰，九零后，宝妈。",
        "出生年月1988.06，体重60公斤，",
        "信奉佛教，籍贯福建，离异带娃。",
    ],
)
def test_protected_facts_leave_no_trace(words: str) -> None:
    plain = "倒过三年夜班，会看DCS。"
    assert clauses(words + plain) == clauses(plain)


def test_a_protected_word_goes_and_the_rest_of_its_clause_stays() -> None:
    assert [c.text for c in clauses("35岁做到车间主任")] == ["做到车间主任"]


@pytest.mark.parametrize(
    "words",
    ["含氟产品没做过", "聚合零基础", "氟化工艺想学", "HF相关没有", "没接触过防爆", "不懂萤石", "硫酸可以学"],
)
def test_what_a_person_has_not_done_is_denied(words: str) -> None:
    assert clauses(words)[0].is_denied


@pytest.mark.parametrize(
    "words", ["夜班没问题", "做过精馏", "没有误操作记录", "大学学过化工原理", "三年没出过事故"]
)
def test_what_a_person_has_done_is_not_denied(words: str) -> None:
    assert not clauses(words)[0].is_denied


def test_a_pasted_list_of_words_is_left_out() -> None:
    words = "熟悉" + "、".join(f"技能{i}号" for i in range(20))
    assert clauses(f"做过精馏。{words}。") == clauses("做过精馏。")


def test_saying_a_thing_twice_counts_once() -> None:
    assert clauses("做过精馏，做过精馏") == clauses("做过精馏")
