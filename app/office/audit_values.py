"""How a value that the log noted reads: states in words, moments in local time, numbers of rows as their names."""

import ast
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from app.accounts.forms import ROLE_LABELS
from app.applications.kinds import INTERVIEW_LABELS, OFFER_LABELS, STAGES
from app.core import places
from app.core.db import Base
from app.core.degrees import Degree
from app.core.presentation import day, moment
from app.events.kinds import EXHIBITOR_LABELS, MARK_LABELS, MEETING_LABELS, SOURCE_LABELS
from app.events.kinds import KINDS as EVENT_KINDS
from app.events.kinds import STATE_LABELS as EVENT_STATES
from app.organizations.kinds import KINDS, MEMBER_LABELS, STANDING_LABELS
from app.people.models import Visibility
from app.postings.kinds import KINDS as POSTING_KINDS
from app.postings.kinds import STATE_LABELS

LONGEST = 80  # characters of one value on the page
NOTHING, SECRET = "无", "不记内容"
Names = Mapping[tuple[str, int], str]  # (table, id) → how people call that row
_STAGES = {stage: words.label for stage, words in STAGES.items()}
_CODES: dict[tuple[str, str], Mapping[Any, str]] = {
    ("postings", "state"): STATE_LABELS,
    ("posting_moves", "from_state"): STATE_LABELS,
    ("posting_moves", "to_state"): STATE_LABELS,
    ("postings", "kind"): {key: kind.label for key, kind in POSTING_KINDS.items()},
    ("applications", "stage"): _STAGES,
    ("stage_moves", "from_stage"): _STAGES,
    ("stage_moves", "to_stage"): _STAGES,
    ("interviews", "state"): INTERVIEW_LABELS,
    ("offers", "state"): OFFER_LABELS,
    ("organizations", "standing"): STANDING_LABELS,
    ("verification_decisions", "standing"): STANDING_LABELS,
    ("organizations", "kind"): {kind: each.label for kind, each in KINDS.items()},
    ("memberships", "role"): MEMBER_LABELS,
    ("invitations", "role"): MEMBER_LABELS,
    ("users", "role"): ROLE_LABELS,
    ("events", "state"): EVENT_STATES,
    ("events", "kind"): {key: kind.label for key, kind in EVENT_KINDS.items()},
    ("exhibitors", "state"): EXHIBITOR_LABELS,
    ("registrations", "source"): SOURCE_LABELS,
    ("meetings", "state"): MEETING_LABELS,
    ("scans", "mark"): MARK_LABELS,
    ("people", "visibility"): {
        Visibility.ENTERPRISES: "所有已核验的企业",
        Visibility.APPLIED: "只有投递过的企业",
        Visibility.HIDDEN: "隐藏",
    },
    ("consents", "document"): {"terms": "用户协议", "privacy": "隐私政策"},
    ("one_time_codes", "purpose"): {
        "sign_in": "登录",
        "sign_up": "注册",
        "recovery": "找回密码",
        "change": "更换手机号或邮箱",
        "confirm": "确认是本人",
    },
}
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def target_of(table: str, column: str) -> str | None:
    """The table that a column points to."""
    known = Base.metadata.tables.get(table)
    if known is None or column not in known.columns:
        return None
    keys = known.columns[column].foreign_keys
    return next(iter(keys)).column.table.name if keys else None


def references(changes: Iterable[Mapping[str, Any]]) -> set[tuple[str, int]]:
    """The rows that these changes are about or point to."""
    found = set()
    for change in changes:
        table, number = split(change["record"])
        found.add((table, number))
        for side in (change["from"], change["to"]):
            for column, value in side.items() if isinstance(side, dict) else ():
                target = target_of(table, column)
                if target and isinstance(value, int):
                    found.add((target, value))
    return found


def split(record: str) -> tuple[str, int]:
    """`postings:17` → (postings, 17); 0 for a record without one number."""
    table, _, number = record.partition(":")
    return table, int(number) if number.isdigit() else 0


def said(table: str, column: str, value: Any, names: Names) -> str:
    if value is None or value == "":
        return NOTHING
    if value == "•••":
        return SECRET
    if isinstance(value, bool):
        return "是" if value else "否"
    if target := target_of(table, column):
        return names.get((target, value), f"{value}号")
    if codes := _CODES.get((table, column)):
        return next((label for code, label in codes.items() if str(code) == value), str(value))
    if column == "place":
        return places.label(str(value))
    if column == "degree" and isinstance(value, int):
        return Degree(value).demand
    return _shortened(_plain(str(value)))


def _plain(text: str) -> str:
    if _MOMENT.match(text):
        return moment(datetime.fromisoformat(text))
    if _DAY.fullmatch(text):
        return day(date.fromisoformat(text))
    if text[:1] in "[{" and text[-1:] in "]}":
        return _listed(text)
    return text


def _listed(text: str) -> str:
    """A list that was noted as Python writes it, as people would."""
    try:
        found = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    if not found:
        return NOTHING
    parts = found if isinstance(found, list) else [f"{key}：{value}" for key, value in found.items()]
    return "、".join(_plain(str(part)) for part in parts)


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
