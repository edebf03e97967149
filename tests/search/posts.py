"""Posts for the tests of search: a few by hand, and the shared collection."""

from datetime import date
from pathlib import Path
from typing import Any

from search import PostDocument

DATA = Path(__file__).parent / "data"
TODAY = date(2026, 11, 22)


def post(id: int, title: str, **fields: Any) -> PostDocument:
    """A post with the fields that a test cares about."""
    defaults = {"published_on": TODAY, "salary_min": 5000, "salary_max": 7000, "place_code": "350423-08"}
    return PostDocument(id=id, title=title, **{**defaults, **fields})


HANDFUL = [
    post(1, "聚四氟乙烯后处理工", town="温郊乡", family="生产操作", benefits=("包吃住",), shift="四班三运转",
         body="负责分散树脂的干燥和包装。", organization_id=1),
    post(2, "PTFE造粒操作工", town="温郊乡", family="生产操作", benefits=("五险一金", "双休"), shift="长白班",
         salary_min=6000, salary_max=9000, organization_id=1),
    post(3, "电工", town="龙津镇", family="电气", degree_rank=2, years_min=1, shift="三班倒",
         certificates=("低压电工作业",), body="维护特氟龙车间的配电柜。", organization_id=2),
    post(4, "氢氟酸工艺工程师", town="嵩溪镇", family="工艺", degree_rank=4, years_min=3, salary_min=9000,
         salary_max=15000, kind="job", benefits=("双休",), organization_id=2),
    post(5, "化验员（实习）", town="龙津镇", family="分析检测", degree_rank=3, kind="internship", shift="长白班",
         published_on=date(2026, 9, 1), body="用ICP-MS测杂质。", organization_id=3),
]  # fmt: skip
