"""What is still missing before a gathering can be published. Pure: looks at values, asks no database."""

from dataclasses import dataclass
from datetime import datetime

from app.events.kinds import Kind
from app.events.models import Event


@dataclass(frozen=True)
class Item:
    """One line of the checklist; one that is not needed may stay open."""

    title: str
    is_done: bool
    is_needed: bool
    where: str  # name of the page where it is done
    hint: str = ""


def checklist(event: Event, kind: Kind, *, booths: int, approved: int, moment: datetime) -> list[Item]:
    """The lines of this kind's checklist, in the order in which people do them."""
    items = [
        Item("时间没有过", event.ends_at > moment, True, "edit", "结束时间要在现在之后"),
        Item("写了地点", bool(event.online_url if event.is_online else event.place), True, "edit"),
        Item("写了介绍", bool(event.introduction), True, "edit", "来的人最先看这里"),
        Item("写了联系人和电话", bool(event.contact_name and event.contact_phone), True, "edit"),
        Item("报名时间在活动结束前", _windows_fit(event), True, "edit"),
    ]
    if kind.needs_safety_plan and not event.is_online:
        items += [
            Item(
                "上传安全工作方案", event.safety_plan_id is not None, True, "papers", "法规要求，没有不能发布"
            ),
            Item(
                "上传应急预案", event.emergency_plan_id is not None, True, "papers", "法规要求，没有不能发布"
            ),
            Item("写了场地最多容纳人数", event.capacity is not None, True, "edit", "满员时停止入场"),
        ]
    if kind.has_booths and not event.is_online:
        items.append(Item("画好展位图", booths > 0, True, "halls"))
    if kind.has_posts:
        items.append(
            Item("有企业报名", approved > 0, False, "exhibitors", "受邀的企业现在就能报名，别的要等发布")
        )
    return items


def missing(items: list[Item]) -> list[Item]:
    """What keeps the gathering from being published."""
    return [item for item in items if item.is_needed and not item.is_done]


def _windows_fit(event: Event) -> bool:
    ends = (event.exhibitors_until, event.people_until)
    pairs = ((event.exhibitors_from, event.exhibitors_until), (event.people_from, event.people_until))
    return all(end is None or end <= event.ends_at for end in ends) and all(
        start is None or end is None or start < end for start, end in pairs
    )
