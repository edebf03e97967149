"""What happened to an application, in order, in words for one of its sides."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from app.applications.kinds import STAGES
from app.applications.models import Interview, InterviewState, Offer, OfferState, Stage, StageMove
from app.core.presentation import day, iso, moment
from app.core.translation import translate

KINDS = {Stage.REJECTED: "loss", Stage.HIRED: "good", Stage.OFFER: "good"}


def events_of(
    moves: Sequence[StageMove], interviews: Sequence[Interview], offers: Sequence[Offer], *, for_seeker: bool
) -> list[dict[str, Any]]:
    """For the timeline macro, newest first."""
    found = [_of_move(move) for move in moves]
    found += [event for interview in interviews if (event := _of_interview(interview, for_seeker=for_seeker))]
    found += [event for offer in offers if (event := _of_offer(offer))]
    found.sort(key=lambda pair: pair[0], reverse=True)
    events = [event for _at, event in found]
    if events:
        events[0]["kind"] = events[0].get("kind") or "now"
    return events


def _event(at: datetime, title: str, text: str = "", kind: str = "") -> tuple[datetime, dict[str, Any]]:
    return at, {"title": title, "text": text, "when": moment(at), "iso": iso(at), "kind": kind}


def _of_move(move: StageMove) -> tuple[datetime, dict[str, Any]]:
    title = STAGES[move.to_stage].label
    if move.to_stage is Stage.SUBMITTED and move.from_stage is not None:
        title = "重新投递"
    if move.from_stage is Stage.REJECTED:
        title = "公司重新考虑，初筛通过"
    if move.from_stage is Stage.OFFER and move.to_stage is Stage.SHORTLISTED:
        title = "录用通知失效，回到初筛通过"
    return _event(move.moved_at, title, move.reason or "", KINDS.get(move.to_stage, ""))


def _of_interview(interview: Interview, *, for_seeker: bool) -> tuple[datetime, dict[str, Any]] | None:
    if interview.state is InterviewState.PROPOSED:
        return _event(
            interview.proposed_at,
            "面试邀约已发出",
            translate("等你选时间" if for_seeker else "等对方选时间"),
            "soon",
        )
    if interview.state is InterviewState.ACCEPTED:
        words = f"{moment(interview.starts_at)}，{translate(interview.mode)}，{interview.place}"
        return _event(interview.proposed_at, "面试时间约好了", words)
    title = {
        InterviewState.DECLINED: "面试时间都不合适",
        InterviewState.CANCELLED: "面试取消",
        InterviewState.LAPSED: "面试邀约过期",
    }[interview.state]
    return _event(interview.proposed_at, title, interview.answer_note or "")


def _of_offer(offer: Offer) -> tuple[datetime, dict[str, Any]] | None:
    if offer.state is OfferState.ACCEPTED and offer.answered_at is not None:
        return _event(
            offer.answered_at, "接受了录用通知", translate("到岗日期") + " " + day(offer.starts_on), "good"
        )
    return None
