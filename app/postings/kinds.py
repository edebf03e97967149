"""The table of kinds: what may be posted, what each kind asks for, and who moves it from state to state.

Adding a kind means adding a row to KINDS; no service asks which kind it has before it.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from app.core.workflow import Move, Workflow
from app.postings.models import PostingState

AUTHOR, OFFICE, SYSTEM = "author", "office", "system"

STATE_LABELS = {
    PostingState.DRAFT: "草稿",
    PostingState.SUBMITTED: "待审核",
    PostingState.RETURNED: "已退回",
    PostingState.PUBLISHED: "招聘中",
    PostingState.PAUSED: "已暂停",
    PostingState.CLOSED: "已关闭",
    PostingState.EXPIRED: "已到期",
}
STATE_TONES = {  # what a tag of this state looks like
    PostingState.SUBMITTED: "soon",
    PostingState.RETURNED: "loss",
    PostingState.PUBLISHED: "good",
    PostingState.EXPIRED: "soon",
}


def _move(
    verb: str, label: str, sources: Iterable[PostingState], target: PostingState, who: str
) -> Move[PostingState]:
    return Move(verb, label, frozenset(sources), target, frozenset({who}))


_S = PostingState
REVIEWED = Workflow(
    _S.DRAFT,
    (
        _move("submit", "提交审核", (_S.DRAFT, _S.RETURNED), _S.SUBMITTED, AUTHOR),
        _move("recall", "撤回来改", (_S.SUBMITTED,), _S.DRAFT, AUTHOR),
        _move("pause", "暂停招聘", (_S.PUBLISHED,), _S.PAUSED, AUTHOR),
        _move("resume", "恢复招聘", (_S.PAUSED,), _S.PUBLISHED, AUTHOR),
        _move("revise", "改内容，重新审核", (_S.PUBLISHED, _S.PAUSED, _S.EXPIRED), _S.SUBMITTED, AUTHOR),
        _move("renew", "延长有效期", (_S.EXPIRED,), _S.PUBLISHED, AUTHOR),
        _move("close", "关闭职位", (_S.RETURNED, _S.PUBLISHED, _S.PAUSED, _S.EXPIRED), _S.CLOSED, AUTHOR),
        _move("publish", "通过并发布", (_S.SUBMITTED,), _S.PUBLISHED, OFFICE),
        _move("return", "退回修改", (_S.SUBMITTED, _S.PUBLISHED, _S.PAUSED), _S.RETURNED, OFFICE),
        _move("expire", "到期", (_S.PUBLISHED, _S.PAUSED), _S.EXPIRED, SYSTEM),
    ),
)
"""What the county office reviews before anybody sees it."""

QUIET_FIELDS = frozenset({"headcount", "valid_until", "contact_name", "contact_phone", "is_urgent"})
"""A change of these alone needs no new review."""


@dataclass(frozen=True, slots=True)
class ExtraField:
    """A field that only this kind has, kept in `Posting.extra` under its name."""

    name: str
    label: str
    type: str  # number, yes_no, tick
    unit: str = ""
    help: str = ""
    least: int = 0
    most: int = 0
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class Kind:
    key: str
    label: str
    noun: str  # in running text: 这个职位
    task: int  # of the county plan: what it counts towards
    workflow: Workflow[PostingState]
    employments: tuple[str, ...]  # names of app.core.trades.EMPLOYMENT; the first is the default
    schema_type: str  # schema.org employmentType where `employment` does not say more
    pay_help: str
    pay_example: str
    extra: tuple[ExtraField, ...] = ()
    promise: str = ""  # what the employer and the reviewer must both keep in mind
    quiet_fields: frozenset[str] = QUIET_FIELDS


KINDS: dict[str, Kind] = {
    kind.key: kind
    for kind in (
        Kind(
            key="job",
            label="招聘职位",
            noun="职位",
            task=8,
            workflow=REVIEWED,
            employments=("全职", "兼职", "临时用工", "劳务派遣"),
            schema_type="FULL_TIME",
            pay_help="怎么写都行：6-9K·13薪、8千-1.5万、200元/天。要有最低数，只写「面议」不能发布",
            pay_example="6-8K·13薪",
        ),
        Kind(
            key="internship",
            label="实习岗位",
            noun="实习岗位",
            task=5,
            workflow=REVIEWED,
            employments=("实习",),
            schema_type="INTERN",
            pay_help="实习补贴：150元/天、3000-4000元/月都行。要有最低数，只写「面议」不能发布",
            pay_example="150元/天",
            extra=(
                ExtraField("days_a_week", "每周到岗", "number", "天", least=1, most=6),
                ExtraField("months", "实习期", "number", "个月", least=1, most=12),
                ExtraField("can_stay", "毕业后可以留用", "yes_no", is_required=False),
                ExtraField(
                    "has_agreement",
                    "先签学校、企业、学生三方协议再上岗，不招未满16周岁的人，未满18周岁的要监护人同意",
                    "tick",
                ),
            ),
            promise="实习要先签三方协议，不收费、不押证件；未满16周岁不招，未满18周岁要监护人同意。",
        ),
    )
}


def kind_of(key: str) -> Kind:
    return KINDS[key]
