"""How high a post stands, from an apprentice (0) to a director of science (7), by the words of its title."""

import re

from search.words import fold

_LEVELS: tuple[tuple[re.Pattern[str], float], ...] = tuple(
    (re.compile(pattern), level)
    for pattern, level in (
        (r"(?:总经理|总|经理|部长|主任|厂长|院长)助理", 3.0),
        (r"首席|院长|副?总经理|副总|总裁|cto|cio|ceo|教授|厂长|合伙人", 7.0),
        (r"总工|总监|研究院|所长|负责人", 6.0),
        (r"经理|部长|主任(?!助理)|科长|处长|高级专家|专家", 5.0),
        (r"主管|项目经理|高级工程师|资深|高级研", 4.2),
        (r"值班长|班长|工段长|组长|领班|队长|技师", 3.0),
        (r"工程师|研究员|博士|会计|顾问|教师|设计师|策划|产品", 3.2),
        (r"实习|学徒|助理|见习|培训生|管培", 1.4),
        (r"技术员|工艺员|专员|业务员|采购|销售", 2.5),
        (r"分析员|化验|检验|检测|测试员|文员|质检|qc|qa|实验员|司机|驾驶员", 2.2),
        (r"[内外主副]操|中控|工$|工(?=[（(/、，,])|员|操作|维修|普工|押运|叉车|保安|保洁", 1.7),
    )
)
UNKNOWN = 2.0


def level_of(title: str) -> float:
    """Return the level of the first word that fits, 2.0 when no word tells."""
    level = _told(fold(title))
    return UNKNOWN if level is None else level


def lowest_level(title: str) -> float:
    """Return the lowest level that a wish such as 车间主任/值班长 would take; parts that do not tell are passed over."""
    parts = [part for part in re.split(r"[/、,，;；|]|或", fold(title)) if part]
    told = [level for level in map(_told, parts) if level is not None]
    return min(told, default=UNKNOWN)


def _told(title: str) -> float | None:
    return next((level for pattern, level in _LEVELS if pattern.search(title)), None)
