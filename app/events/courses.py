"""Courses and exams open for registration, for the gaps that they close (app.core.remedies)."""

import re
from collections.abc import Collection

from flask import url_for

from app.core.db import now
from app.core.remedies import Gap, Remedy
from app.events.kinds import KINDS
from app.events.queries.gatherings import open_of_kinds

TEACHING = tuple(kind.key for kind in KINDS.values() if kind.teaches)
# What a course need not repeat of a certificate's name: 氟化工艺作业 is taught in 氟化工艺取证培训.
COMMON = re.compile(
    r"特种设备|特种作业|作业人员|作业|操作|上岗|从业|执业|职业技能|资格|等级|证书|证|员$|[\s·（()）]"
)
SHORTEST = 2
UPGRADE = re.compile(
    r"专升本|学历提升|学历继续教育|成人高考|成人教育|函授|开放大学|自学考试|高起专|高起本|在职研究生"
)


def open_courses(gaps: Collection[Gap]) -> dict[Gap, Remedy]:
    """For a missing certificate the soonest course that names it, for a degree one that leads to a higher one."""
    wanted = [gap for gap in gaps if gap[0] in ("certificate", "degree")]
    events = open_of_kinds(TEACHING, now()) if wanted else []
    found = {}
    for gap in wanted:
        event = next(
            (event for event in events if is_about(f"{event.title}\n{event.introduction}", *gap)), None
        )
        if event is not None:
            found[gap] = Remedy(event.title, url_for("events.show", event_id=event.id), event.starts_at)
    return found


def is_about(text: str, kind: str, need: str) -> bool:
    """True when the words of a course name what is particular of a certificate, or a way to a higher degree."""
    if kind == "degree":
        return UPGRADE.search(text) is not None
    core = COMMON.sub("", need)
    return len(core) >= SHORTEST and core in COMMON.sub("", text)
