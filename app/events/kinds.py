"""The table of kinds: what may be held, what each kind needs, and what attendance at it counts towards.

Adding a kind means adding a row to KINDS; no service asks which kind it has before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.guard import Role
from app.core.workflow import Move, Workflow
from app.events.models import EventState, ExhibitorState, MeetingState, RegistrationSource, ScanMark

ORGANIZER, EXHIBITOR, SYSTEM = "organizer", "exhibitor", "system"

STATE_LABELS = {
    EventState.DRAFT: "筹备中",
    EventState.PUBLISHED: "已发布",
    EventState.ENDED: "已结束",
    EventState.CANCELLED: "已取消",
}
STATE_TONES = {EventState.DRAFT: "soon", EventState.PUBLISHED: "good", EventState.CANCELLED: "loss"}

EVENTS: Workflow[EventState] = Workflow(
    EventState.DRAFT,
    (
        Move("publish", "发布", frozenset({EventState.DRAFT}), EventState.PUBLISHED, frozenset({ORGANIZER})),
        Move(
            "cancel",
            "取消活动",
            frozenset({EventState.PUBLISHED}),
            EventState.CANCELLED,
            frozenset({ORGANIZER}),
        ),
        Move(
            "end",
            "结束",
            frozenset({EventState.PUBLISHED}),
            EventState.ENDED,
            frozenset({ORGANIZER, SYSTEM}),
        ),
    ),
)


@dataclass(frozen=True)
class Kind:
    """What one kind of gathering is called, what it is made of, and what it counts towards."""

    key: str
    label: str
    tasks: tuple[str, ...]  # of the county plan
    organizers: frozenset[Role] = frozenset({Role.ORGANIZER, Role.OFFICE, Role.ADMIN})
    has_booths: bool = False  # halls and a map; else exhibitors, if any, have no place
    has_posts: bool = False  # enterprises come with posts, people apply there
    needs_safety_plan: bool = False  # the law asks for plan and emergency plan before many people meet
    for_people: bool = True  # seekers and students register; else members of organizations do
    teaches: bool = False  # a certificate or a degree may be had through it
    counts: str = "人次"  # what one attendance is in the plan's figures
    outcome_label: str = "活动记录"  # what is written down afterwards
    outcome_hint: str = "来了谁、做了什么、有什么结果"


OFFICE_ONLY = frozenset({Role.OFFICE, Role.ADMIN})

KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            "fair",
            "双选会",
            ("8", "10"),
            has_booths=True,
            has_posts=True,
            needs_safety_plan=True,
            counts="新招人数",
            outcome_label="总结",
        ),
        Kind(
            "direct_train",
            "校企直通车",
            ("8", "10"),
            has_booths=True,
            has_posts=True,
            needs_safety_plan=True,
            counts="新招人数",
            outcome_label="总结",
        ),
        Kind(
            "open_day", "企业开放日", ("8", "10"), has_posts=True, needs_safety_plan=True, counts="新招人数"
        ),
        Kind(
            "online_fair", "线上双选会", ("8", "10"), has_posts=True, counts="新招人数", outcome_label="总结"
        ),
        Kind("salon", "沙龙", ("4",), OFFICE_ONLY, for_people=False, counts="场次"),
        Kind(
            "training",
            "培训",
            ("4", "8", "14"),
            teaches=True,
            counts="参训人次",
            outcome_hint="讲了什么、考核结果",
        ),
        Kind("study_tour", "考察研学", ("4",), OFFICE_ONLY, for_people=False, counts="场次"),
        Kind(
            "round_table",
            "政企恳谈会",
            ("4",),
            OFFICE_ONLY,
            for_people=False,
            counts="场次",
            outcome_label="会议记录",
            outcome_hint="企业提了哪些问题，由谁答复",
        ),
        Kind(
            "contest", "竞赛", ("5", "6"), counts="场次", outcome_label="成绩", outcome_hint="名次和获奖的人"
        ),
        Kind("academician_visit", "院士行", ("1",), OFFICE_ONLY, for_people=False, counts="场次"),
        Kind(
            "exam",
            "考试场次",
            ("9",),
            teaches=True,
            counts="取证人次",
            outcome_label="考试结果",
            outcome_hint="通过的人数",
        ),
        Kind("lecture", "讲座", ("13",), counts="听讲人次"),
        Kind("dispatch_meeting", "调度会", ("S2",), OFFICE_ONLY, for_people=False, counts="场次"),
    )
}

EXHIBITOR_LABELS = {
    ExhibitorState.INVITED: "已邀请",
    ExhibitorState.APPLIED: "待审核",
    ExhibitorState.APPROVED: "已通过",
    ExhibitorState.WAITING: "候补",
    ExhibitorState.RETURNED: "已退回",
    ExhibitorState.DECLINED: "已谢绝",
    ExhibitorState.CANCELLED: "已取消",
}
EXHIBITOR_TONES = {
    ExhibitorState.APPLIED: "soon",
    ExhibitorState.APPROVED: "good",
    ExhibitorState.WAITING: "soon",
    ExhibitorState.RETURNED: "loss",
    ExhibitorState.CANCELLED: "loss",
}


def _move(
    verb: str, label: str, sources: Iterable[ExhibitorState], target: ExhibitorState, who: str
) -> Move[ExhibitorState]:
    return Move(verb, label, frozenset(sources), target, frozenset({who}))


_X = ExhibitorState
EXHIBITING: Workflow[ExhibitorState] = Workflow(
    _X.APPLIED,
    (
        _move(
            "apply",
            "报名参展",
            (_X.INVITED, _X.RETURNED, _X.DECLINED, _X.CANCELLED, _X.APPLIED, _X.WAITING),
            _X.APPLIED,
            EXHIBITOR,
        ),
        _move("decline", "谢绝邀请", (_X.INVITED,), _X.DECLINED, EXHIBITOR),
        _move("cancel", "取消参展", (_X.APPLIED, _X.APPROVED, _X.WAITING), _X.CANCELLED, EXHIBITOR),
        _move("approve", "通过", (_X.APPLIED, _X.WAITING), _X.APPROVED, ORGANIZER),
        _move("return", "退回", (_X.APPLIED, _X.WAITING, _X.APPROVED), _X.RETURNED, ORGANIZER),
        _move("withdraw", "收回邀请", (_X.INVITED,), _X.CANCELLED, ORGANIZER),
        _move("invite", "再邀请", (_X.DECLINED, _X.CANCELLED), _X.INVITED, ORGANIZER),
        _move("wait", "列入候补", (_X.APPLIED,), _X.WAITING, ORGANIZER),
    ),
)
NEEDS_REASON = frozenset({"return"})
TOLD = {  # what the enterprise reads after the organizer's move
    "approve": "{event}：你们的参展申请通过了",
    "return": "{event}：参展申请被退回，{reason}",
    "invite": "邀请你们参加「{event}」，请报名并选好职位",
    "withdraw": "{event}：主办方收回了邀请",
    "wait": "{event}：你们进了候补，有空位会通知",
}

SOURCE_LABELS = {
    RegistrationSource.SELF: "自己报名",
    RegistrationSource.IMPORT: "学校导入",
    RegistrationSource.WALK_IN: "现场登记",
}
MARK_LABELS = {
    ScanMark.NONE: "没标记",
    ScanMark.WANTED: "有意向",
    ScanMark.MAYBE: "待定",
    ScanMark.UNFIT: "不合适",
}
MEETING_LABELS = {
    MeetingState.PLANNED: "已安排",
    MeetingState.WAITING: "排队中",
    MeetingState.CALLED: "已叫号",
    MeetingState.MET: "已面试",
    MeetingState.MISSED: "没有来",
    MeetingState.CANCELLED: "已取消",
}
SHARES = {  # what a person may let a booth see when it scans the ticket
    "name": "姓名",
    "school": "学校、专业、毕业年份",
    "contact": "手机号",
    "resume": "简历",
}
SHARE_REASONS = {  # what each is for, said beside its box
    "name": "展位知道怎么称呼你",
    "school": "展位看专业和届别对不对口",
    "contact": "散场后展位能打电话找你",
    "resume": "展位当场看你在这里做的简历",
}


def kind_of(key: str) -> Kind:
    return KINDS[key]


def kinds_for(role: Role) -> list[Kind]:
    """The kinds that a person of this role may organize, in the order of the table."""
    return [kind for kind in KINDS.values() if role in kind.organizers]
