"""The trade's closed lists: job families, chain links, shifts, benefits, sizes, years, levels.

Where a list is stored, its canonical Chinese name is the stored value; aliases are what people type or paste.
"""

import csv
from dataclasses import dataclass
from enum import IntEnum
from functools import cache
from pathlib import Path

from app.core.vocabulary import Term, Vocabulary, fold

_DATA = Path(__file__).parent / "data"

OTHER_FAMILY = "其他"
FAMILIES = Vocabulary(
    Term("研发", aliases=("研究开发", "技术研发", "研发技术", "科研")),
    Term("工艺", aliases=("工艺技术", "生产工艺", "工艺工程")),
    Term("生产操作", "生产", ("生产", "生产制造", "一线操作", "操作工", "普工")),
    Term("设备", aliases=("机械设备", "设备维修", "机修", "设备管理")),
    Term("仪表自动化", "仪表", ("仪表", "自动化", "自控", "仪表自控")),
    Term("电气", aliases=("电工", "电力", "供配电")),
    Term("分析检测", "检测", ("分析", "检测", "化验", "检验", "分析化验")),
    Term("安全环保", "安环", ("安环", "安全", "环保", "EHS", "HSE", "安全生产")),
    Term("质量", aliases=("品质", "质量管理", "品管", "QA", "QC")),
    Term("仓储物流", "仓储", ("仓储", "物流", "仓库", "运输")),
    Term("采购销售", "购销", ("采购", "销售", "市场", "营销", "商务", "供应链")),
    Term("管理", aliases=("经营管理", "生产管理", "高管")),
    Term("行政财务", "行政", ("行政", "财务", "人事", "人力资源", "行政人事", "会计", "后勤", "法务")),
    Term("信息化", "信息", ("信息", "信息技术", "IT", "数字化", "软件")),
    Term("党群教育", "党群", ("党群", "教育", "党建", "教师", "培训", "党群工作")),
    Term(OTHER_FAMILY, aliases=("其它", "其他行业", "不限")),
)

OUTSIDE_CHAIN = "其他行业"
_CHAIN = (
    Term("萤石采选", "萤石", ("萤石", "萤石矿", "萤石采选业", "萤石矿山", "上游萤石")),
    Term(
        "氟化氢与氢氟酸",
        "氢氟酸",
        (
            "氟化氢/氢氟酸",
            "无水氟化氢/氢氟酸",
            "氟化氢",
            "无水氟化氢",
            "氟化氢氢氟酸",
            "AHF产业",
            "无机氟化工",
            "氟资源综合利用",
        ),
    ),
    Term("制冷剂", aliases=("制冷剂环节", "制冷剂产业", "氟碳化学品")),
    Term(
        "含氟聚合物",
        "聚合物",
        (
            "含氟聚合物环节",
            "含氟聚合物产业",
            "含氟聚合物制品",
            "含氟膜材料",
            "含氟涂层应用",
            "氟树脂产业",
            "氟橡胶产业",
        ),
    ),
    Term("含氟精细化学品", "精细", ("含氟精细化学品环节", "含氟精细化工", "氟精细", "精细化学品")),
    Term("电子化学品", "电子", ("电子化学品环节", "电子级化学品", "半导体化学品", "湿电子化学品产业")),
    Term("锂电材料", "锂电", ("锂电材料环节", "锂电池材料", "新能源电池材料", "电池化学品", "锂电池")),
    Term("含氟特种气体", "特气", ("含氟特种气体环节", "含氟特气", "氟气体产业", "电子特气", "特种气体")),
    Term(
        "配套服务",
        "配套",
        (
            "配套服务环节",
            "产业配套",
            "园区配套服务",
            "化工园区配套",
            "园区服务",
            "工程安装",
            "安环咨询",
            "自动化服务",
            "设备服务",
            "人力外包",
            "第三方检测",
            "危货物流",
            "公用环保",
            "教育培训",
        ),
    ),
)
CHAIN_LINKS = Vocabulary(*_CHAIN)
"""The nine links in the order of the chain, upstream first."""
LINKS = Vocabulary(*_CHAIN, Term(OUTSIDE_CHAIN, "其他", ("其它行业", "氯碱", "涂料", "物流配送", "非氟行业")))
"""What an organization or a post may name: the nine links, or a business outside the chain."""

SHIFTS = Vocabulary(
    Term("长白班", aliases=("常白班", "常日班", "长日班", "正常班", "行政班", "不倒班", "白天班", "白班")),
    Term(
        "两班倒",
        aliases=("二班倒", "两班轮换", "两班制", "两班", "早晚班", "白夜班", "12小时两班", "早晚两班"),
    ),
    Term("三班倒", aliases=("三班轮换", "三班制", "8小时三班", "早中晚三班")),
    Term("三班两倒", aliases=("三班两运转", "三班二倒", "三班二运转")),
    Term("四班两倒", aliases=("四班两运转", "四班二倒", "四班二运转", "上二休二")),
    Term("四班三运转", aliases=("四班三倒", "四班3运转", "4班3运转", "4班3倒")),
    Term("上一休一", aliases=("做一休一", "24小时值班", "值班制")),
    Term("夜班", aliases=("长夜班", "常夜班")),
    Term("倒班", aliases=("轮班", "轮班制", "需倒班", "倒班制")),
    Term("弹性排班", aliases=("排班制", "弹性工作制", "综合工时", "跑长途", "下午班", "早班")),
)
DAY_SHIFT = "长白班"

BENEFITS = Vocabulary(
    Term("五险一金", aliases=("六险一金", "社保公积金", "社保和公积金", "保险公积金", "五险1金")),
    Term("五险", aliases=("社保", "社会保险", "缴五险")),
    Term("意外险", aliases=("意外保险", "雇主责任险", "商业保险", "补充医疗")),
    Term(
        "包吃住",
        aliases=(
            "提供食宿",
            "包食宿",
            "包吃包住",
            "管吃管住",
            "食宿全免",
            "吃住免费",
            "免费食宿",
            "吃住公司管",
        ),
    ),
    Term("包吃", aliases=("包餐", "管饭", "包午餐", "工作餐", "免费工作餐", "包三餐")),
    Term("包住", aliases=("住宿", "提供住宿", "免费住宿", "员工宿舍", "包住宿", "提供宿舍")),
    Term("餐补", aliases=("伙食补贴", "餐费补贴", "饭补", "伙食补助")),
    Term("夫妻房"),
    Term("双休", aliases=("周末双休", "做五休二", "周六日休", "五天工作制")),
    Term("大小周", aliases=("单双休", "单双休轮换")),
    Term("单休", aliases=("做六休一", "月休四天", "月休4天")),
    Term("带薪年假", aliases=("年假", "带薪休假")),
    Term("年终奖", aliases=("年终奖金", "年终分红")),
    Term("十三薪", aliases=("13薪", "第13个月工资")),
    Term("绩效奖金", aliases=("绩效奖", "季度奖", "效益奖", "项目奖金", "招商奖励")),
    Term("提成", aliases=("销售提成", "业务提成")),
    Term("全勤奖", aliases=("全勤",)),
    Term("工龄工资", aliases=("工龄奖", "年功工资")),
    Term("加班费", aliases=("加班补贴", "加班工资")),
    Term("夜班补贴", aliases=("夜班津贴", "中夜班补贴", "夜班补助")),
    Term("高温补贴", aliases=("高温津贴", "防暑降温费", "降温费")),
    Term(
        "岗位津贴",
        aliases=("特岗津贴", "无尘补贴", "井下津贴", "有毒有害津贴", "保健津贴", "技能津贴", "证书补贴"),
    ),
    Term("交通补贴", aliases=("车补", "油补", "电动车补贴")),
    Term("班车", aliases=("接送车", "厂车", "班车接送", "免费班车")),
    Term("通讯补贴", aliases=("话补", "话费补贴")),
    Term("出差补贴", aliases=("出差补助", "差旅补贴")),
    Term("住房补贴", aliases=("租房补贴", "房补", "购房补贴")),
    Term("人才补贴", aliases=("人才津贴", "人才奖励")),
    Term("安家费", aliases=("安家补贴",)),
    Term("带薪培训", aliases=("免费培训", "岗前带薪培训")),
    Term("取证补助", aliases=("免费取证", "考证补贴", "公司出钱考证", "考证报销")),
    Term("定期体检", aliases=("年度体检", "免费体检", "健康体检")),
    Term("节日福利", aliases=("过节费", "节日礼品", "过节礼品", "下午茶")),
    Term("子女入学", aliases=("子女入学协助", "解决子女上学", "协助子女入学")),
    Term("弹性工作", aliases=("弹性工作制", "弹性上下班")),
    Term("寒暑假"),
    Term("股权激励", aliases=("期权", "员工持股")),
)

COMPANY_SIZES = Vocabulary(
    Term("0-20", "0–20人", ("20人以下", "少于20人", "0-20人", "1-20人")),
    Term("20-99", "20–99人", ("20-99人",)),
    Term("100-499", "100–499人", ("100-499人",)),
    Term("500-999", "500–999人", ("500-999人",)),
    Term("1000-9999", "1000–9999人", ("1000-9999人",)),
    Term("10000+", "10000人以上", ("10000人以上", "1万人以上", "万人以上")),
)

EMPLOYMENT = Vocabulary(
    Term("全职", aliases=("正式工", "全职工", "长期", "全日制", "合同工", "正式")),
    Term("兼职", aliases=("非全日制", "小时工", "钟点工")),
    Term("实习", aliases=("实习生", "在校实习", "顶岗实习")),
    Term("临时用工", "临时", ("临时工", "临时", "短期工", "暑假工", "寒假工", "季节工")),
    Term("劳务派遣", "派遣", ("派遣", "派遣工", "劳务外包", "外包")),
)


def company_size(staff: int) -> str:
    """The band a headcount falls into; 20 itself counts as 20-99."""
    for limit, name in zip((20, 100, 500, 1000, 10000), COMPANY_SIZES.names, strict=False):
        if staff < limit:
            return name
    return COMPANY_SIZES.names[-1]


@dataclass(frozen=True, slots=True)
class Band:
    """A band of years of experience: low <= years < high (high None means no limit)."""

    code: str
    label: str
    low: int
    high: int | None


EXPERIENCE = (
    Band("any", "不限", 0, None),
    Band("graduate", "应届", 0, 1),
    Band("0-1", "1年内", 0, 1),
    Band("1-3", "1–3年", 1, 3),
    Band("3-5", "3–5年", 3, 5),
    Band("5-10", "5–10年", 5, 10),
    Band("10+", "10年以上", 10, None),
)


def experience_band(years: float) -> Band:
    """The band that holds so many years (never 不限 or 应届, which are choices and not counts)."""
    return next(band for band in EXPERIENCE[2:] if band.high is None or years < band.high)


class SkillLevel(IntEnum):
    """Skill levels (职业技能等级) by rank; from 高级工 up they count as high-skilled by default."""

    APPRENTICE = 1
    JUNIOR = 2
    INTERMEDIATE = 3
    SENIOR = 4
    TECHNICIAN = 5
    SENIOR_TECHNICIAN = 6
    DISTINGUISHED = 7
    CHIEF = 8

    @property
    def label(self) -> str:
        return _LEVELS.names[self - 1]


_LEVELS = Vocabulary(
    Term("学徒工", aliases=("学徒",)),
    Term("初级工", "初级", ("五级", "五级工", "初级技能")),
    Term("中级工", "中级", ("四级", "四级工", "中级技能")),
    Term("高级工", "高级", ("三级", "三级工", "高级技能")),
    Term("技师", aliases=("二级",)),
    Term("高级技师", aliases=("一级",)),
    Term("特级技师"),
    Term("首席技师"),
)


def read_skill_level(text: str) -> SkillLevel | None:
    """A level as written (高级工, 三级, 三级/高级工); the highest where several are named."""
    ranks = [_LEVELS.rank(name) for name, _, _ in _LEVELS.find_all(text)]
    return SkillLevel(max(ranks) + 1) if ranks else None


@cache
def title_families() -> dict[str, tuple[str, str]]:
    """Folded name of a job -> (canonical title, family)."""
    with (_DATA / "titles.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return {fold(row["name"]): (row["title"], row["family"]) for row in rows}


@cache
def chain_words() -> dict[str, tuple[tuple[str, str], ...]]:
    """Folded word -> ((chain link, kind of word), ...): one word may hint at several links."""
    words: dict[str, list[tuple[str, str]]] = {}
    with (_DATA / "chain_words.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            words.setdefault(fold(row["word"]), []).append((row["link"], row["kind"]))
    return {word: tuple(links) for word, links in words.items()}
