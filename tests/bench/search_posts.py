"""Synthetic posts and queries of any number, made from the trade lexicon; the same seed gives the same ones."""

import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from search import Filters, PostDocument, Query
from search.words import lexicon

TODAY = date(2026, 11, 22)
FAMILIES = [
    "研发",
    "工艺",
    "生产操作",
    "设备",
    "仪表自动化",
    "电气",
    "分析检测",
    "安全环保",
    "质量",
    "仓储物流",
    "采购销售",
    "管理",
    "行政财务",
    "信息化",
    "党群教育",
]
LINKS = [
    "萤石采选",
    "氟化氢与氢氟酸",
    "制冷剂",
    "含氟聚合物",
    "含氟精细化学品",
    "电子化学品",
    "锂电材料",
    "含氟特种气体",
    "配套服务",
]
TOWNS = [
    "龙津镇",
    "嵩溪镇",
    "嵩口镇",
    "灵地镇",
    "长校镇",
    "赖坊镇",
    "林畲镇",
    "温郊乡",
    "余朋乡",
    "沙芜乡",
    "田源乡",
    "李家乡",
    "里田乡",
    "氟新材料产业园",
]
SHIFTS = ("长白班", "长白班", "四班三运转", "三班倒", "两班倒", "")
BENEFITS = ["五险一金", "包吃住", "双休", "餐补", "年终奖", "单休", "大小周", "包住", "交通补贴"]
PLACES = ("350423", "350404", "350481", "350100", "350200")
SENTENCES = (
    "负责{process}装置的{skill}，按操作规程巡检{equipment}，记录温度和压力。",
    "参与{substance}生产线的开停车，配合{equipment}检修，发现异常及时上报。",
    "做{substance}的{analysis}，出具报告，维护{equipment}，管理标准品。",
    "落实{safety}要求，组织班前会，检查作业票，培训新员工使用{equipment}。",
    "熟悉{skill}，了解{material}性能，能看懂图纸，会用{software}。",
    "工作地在{town}，合同直接跟公司签，月底结算，{benefit}。",
    "和{job}一起排产，跟踪{substance}库存与{process}收率，每周写总结。",
)
NEEDS = "{degree}，{years}年以上{skill}经验，有{certificate}优先，能适应{shift}。"
DEGREES = ("不限", "初中", "高中", "大专", "本科", "硕士", "博士")


class Words:
    """The lexicon's terms by kind, with a long tail: some words are common, most are rare."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self._terms: dict[str, list[str]] = {}
        for entry in lexicon().entries.values():
            self._terms.setdefault(entry.kind, []).append(entry.term)

    def any(self, kind: str) -> str:
        terms = self._terms[kind]
        return terms[min(len(terms) - 1, int(self.chance.paretovariate(0.5)) - 1)] if terms else ""

    def sentence(self, template: str) -> str:
        return template.format(
            process=self.any("process"),
            skill=self.any("skill"),
            equipment=self.any("equipment"),
            substance=self.any("substance"),
            analysis=self.any("analysis_method"),
            safety=self.any("safety"),
            material=self.any("material"),
            software=self.any("software"),
            job=self.any("occupation"),
            town=self.chance.choice(TOWNS),
            benefit=self.chance.choice(BENEFITS),
            degree=self.chance.choice(DEGREES),
            years=self.chance.randint(0, 8),
            certificate=self.any("certificate"),
            shift=self.chance.choice(SHIFTS) or "出差",
        )


def posts(count: int, seed: int = 1) -> Iterator[PostDocument]:
    """*count* posts of about 120 characters with skewed words, salaries and places."""
    words = Words(seed)
    chance = words.chance
    for id in range(1, count + 1):
        low = chance.randrange(3500, 20_000, 100)
        body = [words.sentence(each) for each in chance.sample(SENTENCES, chance.randint(2, 4))]
        yield PostDocument(
            id=id,
            title=words.any("occupation")
            + chance.choice(("", "", "（急招）", f"（{words.any('substance')}）")),
            enterprise=f"福建第{chance.randint(1, 400)}氟材料有限公司",
            family=chance.choice(FAMILIES),
            chain_link=chance.choice(LINKS),
            place_code=chance.choice(PLACES),
            town=chance.choice(TOWNS),
            degree_rank=min(6, int(chance.expovariate(0.5))),
            years_min=min(10, int(chance.expovariate(0.7))),
            salary_min=low,
            salary_max=low + chance.randrange(500, 6000, 100),
            shift=chance.choice(SHIFTS),
            benefits=tuple(chance.sample(BENEFITS, chance.randint(1, 4))),
            certificates=tuple({words.any("certificate") for _ in range(chance.randint(0, 2))}),
            skills=tuple(words.any("skill") for _ in range(3)),
            body="".join(body) + words.sentence(NEEDS),
            published_on=TODAY - timedelta(days=int(chance.expovariate(0.03))),
            completeness=chance.random(),
            organization_id=chance.randint(1, 400),
        )


HOSTILE = (
    "", " ", "x" * 10_000, "氟" * 10_000, "电工 " * 4_000, "AND OR NOT", "* ? ~ ^ () [] {}", "'\"“「", "\x00\x01", "\u202e\u200f电工",
    "'; DROP TABLE postings; --", "<script>alert(1)</script>", "../../etc/passwd%00", "(a+)+$" * 500, "(x+x+)+y" * 300, "😀" * 300,
    "-" * 5_000, "“" * 2_000, "6000" * 1_000, "不" * 2_000, "1" * 4_000 + "以上", "不要" * 1_000, "3年" * 1_000, "qing" * 1_000,
)  # fmt: skip
FACETS = ("town", "family", "chain_link", "shift", "benefits", "pay")


def queries(count: int, seed: int = 2) -> list[str]:
    """Texts of one to five words, common and rare, some with conditions."""
    words = Words(seed)
    conditions = ("双休", "大专", "6000以上", "清流", "不倒班", "3年经验", "包吃住", "温郊", "8k", "本科")
    found = []
    for _ in range(count):
        kinds = words.chance.choices(
            ("occupation", "substance", "skill", "equipment", "process"), k=words.chance.randint(1, 4)
        )
        picked = [words.any(kind) for kind in kinds]
        if words.chance.random() < 0.4:
            picked.append(words.chance.choice(conditions))
        found.append(" ".join(picked))
    return found


def filters(number: int) -> Filters:
    """One of a few usual choices of filters."""
    choices: Sequence[Filters] = (
        Filters(towns=("温郊乡", "里田乡"), pay_min=6000),
        Filters(families=("生产操作", "工艺"), degree=3),
        Filters(benefits=("双休",), years=3),
        Filters(shifts=("长白班",), chain_links=("制冷剂", "锂电材料")),
    )
    return choices[number % len(choices)]


def full(text: str, number: int) -> Query:
    """A whole search page: filters, six facets, ten snippets."""
    return Query(text, filters=filters(number), facets=FACETS, per_page=10, highlight=True)
