"""Kinds of organizations, and how the office moves them between standings."""

from dataclasses import dataclass

from app.core.guard import Role
from app.core.workflow import Move, Workflow
from app.organizations.models import MemberRole, OrganizationKind, Standing


@dataclass(frozen=True)
class Kind:
    """What one kind of organization is called and has to hand in."""

    kind: OrganizationKind
    label: str
    role: Role  # of the accounts that act for it
    paper: str  # the document that proves that it exists
    has_chain: bool  # whether it names its links of the industry chain
    name_hint: str


KINDS = {
    each.kind: each
    for each in (
        Kind(OrganizationKind.ENTERPRISE, "企业", Role.ENTERPRISE, "营业执照", True, "和营业执照上的一样"),
        Kind(OrganizationKind.INSTITUTE, "科研院所", Role.ENTERPRISE, "法人证书", True, "和法人证书上的一样"),
        Kind(
            OrganizationKind.SCHOOL, "学校", Role.ORGANIZER, "办学许可证或法人证书", False, "和证书上的一样"
        ),
        Kind(
            OrganizationKind.DEPARTMENT, "机关事业单位", Role.ORGANIZER, "法人证书或介绍信", False, "写全称"
        ),
    )
}

STANDING_LABELS = {
    Standing.SUBMITTED: "待核验",
    Standing.RETURNED: "已退回",
    Standing.VERIFIED: "已核验",
    Standing.SUSPENDED: "已停用",
}
STANDING_TONES = {
    Standing.SUBMITTED: "soon",
    Standing.RETURNED: "loss",
    Standing.VERIFIED: "good",
    Standing.SUSPENDED: "loss",
}
MEMBER_LABELS = {MemberRole.OWNER: "负责人", MemberRole.RECRUITER: "招聘人员"}
MEMBER_NOTES = {
    MemberRole.OWNER: "改单位资料、邀请和移出成员，也能发职位、处理投递",
    MemberRole.RECRUITER: "发职位、处理投递",
}

OFFICE, MEMBER = "office", "member"


def _move(
    verb: str, label: str, sources: set[Standing], target: Standing, who: str = OFFICE
) -> Move[Standing]:
    return Move(verb, label, frozenset(sources), target, frozenset({who}))


VERIFICATION: Workflow[Standing] = Workflow(
    Standing.SUBMITTED,
    [
        _move("verify", "通过核验", {Standing.SUBMITTED}, Standing.VERIFIED),
        _move("return", "退回修改", {Standing.SUBMITTED}, Standing.RETURNED),
        _move("renew", "通过复核", {Standing.VERIFIED}, Standing.VERIFIED),
        _move("return_renewal", "退回复核", {Standing.VERIFIED}, Standing.VERIFIED),
        _move("suspend", "停用", {Standing.VERIFIED}, Standing.SUSPENDED),
        _move("resume", "恢复", {Standing.SUSPENDED}, Standing.VERIFIED),
        _move("resubmit", "重新提交", {Standing.RETURNED}, Standing.SUBMITTED, MEMBER),
        _move("revise", "改后重新核验", {Standing.SUBMITTED, Standing.VERIFIED}, Standing.SUBMITTED, MEMBER),
    ],
)


@dataclass(frozen=True)
class Consequence:
    """What a decision of the office needs, and what the members are told."""

    needs_reason: bool
    needs_renewal: bool | None  # only while a renewal waits (True), only while none does (False), or either
    extends: bool  # whether verification holds for another six months from today
    told: str  # {reason} where one is needed


CONSEQUENCES = {
    "verify": Consequence(False, None, True, "单位已通过核验，可以发布职位了"),
    "return": Consequence(True, None, False, "单位资料被退回，改好再交一次：{reason}"),
    "renew": Consequence(False, True, True, "半年复核已通过"),
    "return_renewal": Consequence(True, True, False, "半年复核被退回，改好再交一次：{reason}"),
    "suspend": Consequence(True, None, False, "单位已被停用，职位不再展示：{reason}"),
    "resume": Consequence(False, None, False, "单位已恢复"),
}
VERB_LABELS = {verb: VERIFICATION.moves[verb].label for verb in CONSEQUENCES}

RETURN_REASONS = (
    "执照照片看不清，请重新拍一张，四个角都要拍到",
    "单位名称和执照上的不一样，请照执照写全",
    "统一社会信用代码和执照上的不一样",
    "授权书没有盖公章，请盖章后重新上传",
    "授权书上的经办人和填写的不是同一个人",
)
