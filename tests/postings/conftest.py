"""What the tests of postings share: a form that passes every check."""

from datetime import timedelta

import pytest

from app.core.county_time import today


@pytest.fixture
def typed():
    """The editor's form, complete; a test changes one thing: `typed(title="")`."""

    def fill(**changed):
        form = {
            "title": "氟化工艺操作工",
            "family": "生产操作",
            "chain_link": "含氟聚合物",
            "employment": "全职",
            "headcount": "3",
            "place": "350423-08",
            "address": "氟新材料产业园3号",
            "salary_words": "6-8K·13薪",
            "benefits": ["五险一金", "包住"],
            "other_benefits": "篮球场、健身角",
            "shift": "四班三运转",
            "duties": "按操作法开停车，巡检记录，配合检修。",
            "requirements": "中专以上，能上夜班。",
            "degree": "2",
            "years": "1",
            "majors": "应用化工技术、精细化工",
            "required_certificates": "氟化工艺作业",
            "preferred_certificates": "",
            "skills": "DCS操作",
            "contact_name": "林女士",
            "contact_phone": "138 0013 8000",
            "valid_until": (today() + timedelta(days=30)).isoformat(),
            "action": "submit",
        }
        form.update(changed)
        return {name: value for name, value in form.items() if value is not None}

    return fill
