"""The pipeline of each kind of posting: which stage follows which, who moves it, what the other side is told.

Adding a kind of posting means adding a row to PIPELINES; no service asks which kind it has before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.applications.models import InterviewState, OfferState, Stage
from app.core.workflow import Move, Workflow

SEEKER, EMPLOYER, SYSTEM = "seeker", "employer", "system"
NO_OFFER = None
LIVE_OFFERS = (OfferState.OPEN, OfferState.ACCEPTED)


@dataclass(frozen=True)
class Step(Move[Stage]):
    """A move of the pipeline, with what it needs and what follows from it."""

    offer: frozenset[OfferState | None] = frozenset({NO_OFFER})  # the live offer it may be taken beside
    offer_becomes: OfferState | None = None  # what an open offer turns into
    ends: bool = False  # calls off interviews that have not been held
    needs_reason: bool = False  # the seeker sees it
    tells: str = ""  # the other side, with {posting}, {employer}, {name}
    is_sent: bool = False  # by SMS or e-mail too
    is_bulk: bool = False  # may be taken for many at once
    main_at: frozenset[Stage] = frozenset()  # where it is the one primary button


def _step(verb: str, label: str, sources: Iterable[Stage], target: Stage, who: str, **more: object) -> Step:
    return Step(verb, label, frozenset(sources), target, frozenset({who}), **more)  # type: ignore[arg-type]  # checked by the dataclass's own fields


_S, _O = Stage, OfferState
RECRUITING = Workflow(
    _S.SUBMITTED,
    (
        _step(
            "view",
            "已查看",
            (_S.SUBMITTED,),
            _S.VIEWED,
            EMPLOYER,
            tells="{employer}查看了你投递的「{posting}」",
        ),
        _step(
            "shortlist",
            "初筛通过",
            (_S.SUBMITTED, _S.VIEWED),
            _S.SHORTLISTED,
            EMPLOYER,
            tells="你投递的「{posting}」通过了初筛",
            is_bulk=True,
        ),
        _step(
            "invite",
            "发面试邀约",
            (_S.SUBMITTED, _S.VIEWED, _S.SHORTLISTED, _S.INTERVIEW),
            _S.INTERVIEW,
            EMPLOYER,
            tells="{employer}邀请你面试「{posting}」，请选一个时间",
            is_sent=True,
            main_at=frozenset({_S.SUBMITTED, _S.VIEWED, _S.SHORTLISTED}),
        ),
        _step(
            "offer",
            "发录用通知",
            (_S.SHORTLISTED, _S.INTERVIEW),
            _S.OFFER,
            EMPLOYER,
            tells="{employer}给你发了「{posting}」的录用通知，请在期限内答复",
            is_sent=True,
            main_at=frozenset({_S.INTERVIEW}),
        ),
        _step(
            "hire",
            "确认入职",
            (_S.OFFER,),
            _S.HIRED,
            EMPLOYER,
            offer=frozenset({_O.ACCEPTED}),
            ends=True,
            tells="{employer}确认你已入职「{posting}」，祝工作顺利",
            is_sent=True,
            main_at=frozenset({_S.OFFER}),
        ),
        _step(
            "no_show",
            "没有到岗",
            (_S.OFFER,),
            _S.REJECTED,
            EMPLOYER,
            offer=frozenset({_O.ACCEPTED}),
            offer_becomes=_O.WITHDRAWN,
            ends=True,
            needs_reason=True,
            tells="{employer}登记你没有到岗「{posting}」，有出入请在沟通里说明",
        ),
        _step(
            "withdraw_offer",
            "撤回录用通知",
            (_S.OFFER,),
            _S.SHORTLISTED,
            EMPLOYER,
            offer=frozenset({_O.OPEN}),
            offer_becomes=_O.WITHDRAWN,
            needs_reason=True,
            tells="{employer}撤回了「{posting}」的录用通知",
            is_sent=True,
        ),
        _step(
            "reject",
            "不合适",
            (_S.SUBMITTED, _S.VIEWED, _S.SHORTLISTED, _S.INTERVIEW, _S.OFFER),
            _S.REJECTED,
            EMPLOYER,
            offer=frozenset({NO_OFFER, _O.OPEN}),
            offer_becomes=_O.WITHDRAWN,
            ends=True,
            needs_reason=True,
            tells="你投递的「{posting}」有了结果：这次不合适",
            is_bulk=True,
        ),
        _step(
            "reconsider",
            "重新考虑",
            (_S.REJECTED,),
            _S.SHORTLISTED,
            EMPLOYER,
            tells="{employer}重新考虑你投递的「{posting}」，已列入初筛通过",
        ),
        _step(
            "withdraw",
            "撤回投递",
            (_S.SUBMITTED, _S.VIEWED, _S.SHORTLISTED, _S.INTERVIEW, _S.OFFER),
            _S.WITHDRAWN,
            SEEKER,
            offer=frozenset({NO_OFFER, _O.OPEN, _O.ACCEPTED}),
            offer_becomes=_O.DECLINED,
            ends=True,
            tells="{name}撤回了对「{posting}」的投递",
        ),
        _step(
            "reapply",
            "重新投递",
            (_S.WITHDRAWN,),
            _S.SUBMITTED,
            SEEKER,
            tells="{name}重新投递了「{posting}」",
        ),
        _step(
            "decline",
            "谢绝录用",
            (_S.OFFER,),
            _S.DECLINED,
            SEEKER,
            offer=frozenset({_O.OPEN}),
            offer_becomes=_O.DECLINED,
            ends=True,
            tells="{name}谢绝了「{posting}」的录用通知",
            is_sent=True,
        ),
        _step(
            "lapse",
            "录用通知过期",
            (_S.OFFER,),
            _S.SHORTLISTED,
            SYSTEM,
            offer=frozenset({_O.OPEN}),
            offer_becomes=_O.LAPSED,
            tells="「{posting}」的录用通知过了答复期限，已失效",
        ),
    ),
)
"""One person from handing in to the first day of work; an unanswered offer leads back, not out."""


@dataclass(frozen=True)
class StageWords:
    label: str
    tone: str  # of its tag: "", good, soon, loss
    next: str  # what the seeker may expect now


STAGES: dict[Stage, StageWords] = {
    _S.SUBMITTED: StageWords("已投递", "", "等公司查看。7天没有回应，我们会提醒公司一次。"),
    _S.VIEWED: StageWords("已查看", "", "公司看过你的简历，还没有答复。"),
    _S.SHORTLISTED: StageWords("初筛通过", "good", "公司有意向，等着约面试或发录用通知。"),
    _S.INTERVIEW: StageWords("面试", "good", "按约好的时间参加面试，面试后在这里看结果。"),
    _S.OFFER: StageWords("录用通知", "good", "看清待遇和期限，再决定接不接受。"),
    _S.HIRED: StageWords("已入职", "good", "公司已确认你入职，祝工作顺利。"),
    _S.REJECTED: StageWords("不合适", "loss", "这次没有成，原因写在下面。别的职位还可以投。"),
    _S.WITHDRAWN: StageWords(
        "已撤回", "", "你撤回了投递，公司不再看到你的简历和电话。职位还在招时可以重新投。"
    ),
    _S.DECLINED: StageWords("已谢绝", "", "你谢绝了录用通知，这次投递到此为止。"),
}
ENDED = frozenset({_S.HIRED, _S.REJECTED, _S.WITHDRAWN, _S.DECLINED})
TALKING = frozenset({_S.SUBMITTED, _S.VIEWED, _S.SHORTLISTED, _S.INTERVIEW, _S.OFFER, _S.HIRED})
"""While the two sides may still write to each other."""
HIDDEN_FROM_EMPLOYER = frozenset({_S.WITHDRAWN})
"""Where the employer no longer sees résumé and contact data."""

INTERVIEW_LABELS = {
    InterviewState.PROPOSED: "等对方选时间",
    InterviewState.ACCEPTED: "已约好",
    InterviewState.DECLINED: "时间都不合适",
    InterviewState.CANCELLED: "已取消",
    InterviewState.LAPSED: "过期没有答复",
}
OFFER_LABELS = {
    _O.OPEN: "等答复",
    _O.ACCEPTED: "已接受",
    _O.DECLINED: "已谢绝",
    _O.LAPSED: "过期失效",
    _O.WITHDRAWN: "已撤回",
}
MODES = ("现场面试", "电话面试", "视频面试")
LENGTHS = (20, 30, 45, 60, 90, 120)  # minutes
RESULTS = ("通过", "待定", "没有通过", "没有到场")
REJECTION_REASONS = (
    "经验和岗位要求差得多",
    "缺必须的证书",
    "学历或专业不符",
    "班次或地点不合适",
    "待遇没有谈拢",
    "岗位已经招满",
    "联系不上或没有到场",
    "其他",
)


@dataclass(frozen=True)
class Column:
    """One column of the desk: several stages that a recruiter works on together."""

    key: str
    label: str
    stages: tuple[Stage, ...]


@dataclass(frozen=True)
class Pipeline:
    """How applications to one kind of posting are handled."""

    workflow: Workflow[Stage]
    columns: tuple[Column, ...]
    pay_unit: str = "元/月"


COLUMNS = (
    Column("new", "新投递", (_S.SUBMITTED,)),
    Column("viewed", "已查看", (_S.VIEWED,)),
    Column("shortlisted", "初筛通过", (_S.SHORTLISTED,)),
    Column("interview", "面试", (_S.INTERVIEW,)),
    Column("offer", "录用", (_S.OFFER, _S.HIRED)),
)
OVER = Column("over", "已结束", (_S.REJECTED, _S.WITHDRAWN, _S.DECLINED))
LISTS = {column.key: column for column in (*COLUMNS, OVER)}

PIPELINES: dict[str, Pipeline] = {
    "job": Pipeline(RECRUITING, COLUMNS),
    "internship": Pipeline(RECRUITING, COLUMNS),
}


def workflow_of(kind: str) -> Workflow[Stage]:
    return PIPELINES[kind].workflow


def step_of(kind: str, verb: str) -> Step:
    """The step behind a verb that is known to exist."""
    step = workflow_of(kind).moves[verb]
    if not isinstance(step, Step):
        raise TypeError(verb)
    return step


def steps_now(kind: str, stage: Stage, who: str, live_offer: OfferState | None) -> list[Step]:
    """What *who* may do now, in the order of the table."""
    moves = workflow_of(kind).possible(stage, who)
    return [move for move in moves if isinstance(move, Step) and live_offer in move.offer]
