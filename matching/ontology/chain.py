"""Links of the fluorine chain and the trades around it: how far experience from an employer's trade counts in a link."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matching.ontology import tree
from search.words import fold

_TREE = tree("chain.yaml")
LINK_NAMES: tuple[str, ...] = tuple(link["name"] for link in _TREE["links"])
N_LINKS = len(LINK_NAMES)
GENERAL = "化工行业"
# What employers are called on posts and résumés, beside the register's own names. Longer names win.
_EMPLOYERS: dict[str, tuple[str, ...]] = {
    "萤石采选": ("萤石", "选矿", "选厂", "矿山", "采选"),
    "氟化氢与氢氟酸": ("氟化氢", "氢氟酸", "氟硅酸", "氟化盐", "氟化铝", "无机氟", "氟资源"),
    "制冷剂": ("制冷剂", "氟利昂", "冷媒"),
    "含氟聚合物": (
        "含氟聚合物",
        "氟聚合物",
        "氟树脂",
        "氟橡胶",
        "氟塑料",
        "ptfe",
        "pvdf",
        "含氟膜",
        "含氟新材料",
        "氟材料",
    ),
    "含氟精细化学品": ("含氟精细", "含氟中间体", "含氟医药", "含氟农药", "氟精细"),
    "电子化学品": ("电子化学品", "电子级", "湿电子"),
    "锂电材料": ("锂电材料", "六氟磷酸锂", "电解液", "锂盐", "正极材料", "负极材料", "电池材料"),
    "含氟特种气体": ("特种气体", "特气", "电子气体"),
    "配套服务": ("配套", "园区服务", "公用工程"),
}
_TRADES: dict[str, tuple[str, ...]] = {
    "氯碱化工": ("烧碱", "聚氯乙烯", "pvc", "氯碱", "液氯"),
    "农药行业": ("农药",),
    "医药合成": ("原料药", "医药中间体", "医药研发", "制药", "药厂", "cro", "cdmo", "医药"),
    "光伏湿法": ("光伏", "太阳能"),
    "半导体湿法": ("半导体", "晶圆", "芯片", "集成电路", "面板"),
    "水处理行业": ("自来水", "污水", "水务", "水处理"),
    "煤化工": ("煤化工", "甲醇", "焦化"),
    "石油化工": ("石化", "炼油", "炼化", "乙烯", "聚丙烯", "炼厂"),
    "冶金行业": ("钢铁", "有色", "冶炼", "冶金", "铜", "铅锌", "金矿", "铁矿", "电解铝", "选厂", "钨"),
    "化肥行业": ("化肥", "合成氨", "尿素"),
    "精细化工": ("精细化工", "精细化学", "助剂", "中间体", "香料", "表面活性剂", "电镀添加剂"),
    "有机硅行业": ("有机硅", "硅橡胶"),
    "染料行业": ("染料", "颜料", "印染助剂", "钛白粉"),
    "橡塑行业": ("橡胶", "塑料", "树脂", "注塑", "轮胎", "高分子", "乳液", "合成橡胶"),
    "涂料行业": ("涂料", "油墨", "油漆", "胶粘剂"),
    "稀土行业": ("稀土",),
    "工业气体": ("气体", "空分", "液氧", "液氮"),
    "检测服务行业": ("检测", "监测", "环评", "环境咨询", "计量"),
    "电力行业": ("电厂", "热电", "电力", "发电"),
    "锂电池制造": ("锂电池", "电池厂", "电芯", "电池企业", "动力电池"),
    "林产化工": ("松香", "林化", "林产"),
    "非金属矿与建材": ("水泥", "采石", "建材", "玻璃", "陶瓷", "石灰"),
    "煤炭": ("煤矿", "煤炭"),
    "化工设计与工程": ("设计院", "工程公司", "安装公司", "检修", "监理"),
    "造纸行业": ("造纸", "纸业", "纸厂", "纸浆"),
    "电镀": ("电镀", "表面处理"),
    "物流运输": ("物流", "运输", "货运"),
    "硫酸与磷肥": ("硫酸", "磷肥", "磷复肥", "磷酸", "磷化工", "磷铵"),
    GENERAL: ("化工", "化学"),
}


class ChainBook:
    """Reads the trade of an employer, and what it is worth in each link.

    Attributes
    ----------
    worth : dict of str to ndarray of shape (9,)
        For each link or outside trade, how far experience there counts in each link.
    """

    def __init__(self) -> None:
        self.worth: dict[str, NDArray[np.float32]] = {}
        self._names: dict[str, str] = {}
        position = {name: i for i, name in enumerate(LINK_NAMES)}
        for i, link in enumerate(_TREE["links"]):
            row = self.worth.setdefault(link["name"], np.zeros(N_LINKS, dtype=np.float32))
            row[i] = 1.0
            for neighbour in link["neighbours"]:
                row[position[neighbour["link"]]] = neighbour["weight"]
            for outside in link["transfer_industries"]:
                trade = self.worth.setdefault(outside["industry"], np.zeros(N_LINKS, dtype=np.float32))
                trade[i] = outside["weight"]
            self._call(
                link["name"], (link["name"], link["term"], *link["aliases"], *_EMPLOYERS[link["name"]])
            )
        for trade_name, names in _TREE["industry_aliases"].items():
            self._call(trade_name, (trade_name, *names, *_TRADES.get(trade_name, ())))
        floor = np.full(N_LINKS, 0.3, dtype=np.float32)
        for name, row in self.worth.items():
            if name in _TRADES and name not in {"物流运输", "检测服务行业", "电力行业"}:
                self.worth[name] = np.maximum(row, floor * 0.8)
        self.worth[GENERAL] = np.maximum(self.worth.get(GENERAL, floor), floor + 0.1)
        self._cache: dict[str, str | None] = {}

    def _call(self, target: str, names: tuple[str, ...]) -> None:
        for name in names:
            self._names.setdefault(fold(name), target)

    def read(self, text: str) -> str | None:
        """Return the link or outside trade that `text` names; the longest name wins, at a tie the later one."""
        folded = fold(text)
        if folded not in self._cache:
            if len(self._cache) > 20_000:
                self._cache.clear()
            found = [name for name in self._names if name in folded]
            best = max(found, key=lambda name: (len(name), folded.rfind(name)), default=None)
            self._cache[folded] = self._names[best] if best else None
        return self._cache[folded]

    def link_of(self, text: str) -> int:
        """Return the position of the chain link that `text` names, -1 for none."""
        name = self.read(text)
        return LINK_NAMES.index(name) if name in LINK_NAMES else -1


@lru_cache(maxsize=1)
def chain() -> ChainBook:
    """Return the one book of the process."""
    return ChainBook()
