"""What happened to an application, in order, in words for one of its sides.

A line is never rewritten by what follows: the invitation stays where it was sent, the answer is a line of its own.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.applications.kinds import STAGES
from app.applications.models import (
    Application,
    Interview,
    InterviewState,
    Offer,
    OfferState,
    Stage,
    StageMove,
)
from app.core.presentation import day, iso, moment
from app.core.translation import translate

KINDS = {Stage.REJECTED: "loss", Stage.HIRED: "good", Stage.OFFER: "good"}
Event = tuple[datetime, dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """Whose page it is. The seeker reads the employer's name, the employer its members' names."""

    application: Application
    is_seeker: bool
    names: Mapping[int, str] = field(default_factory=dict)  # user id → name, for the employer's side

    def who(self, user_id: int | None) -> str:
        if user_id is None:
            return translate("系统自动")
        if user_id == self.application.person.user_id:
            return translate("你") if self.is_seeker else self.application.person.name
        employer = self.application.posting.organization.name
        return employer if self.is_seeker else self.names.get(user_id, employer)

    @property
    def seeker(self) -> str:
        return self.who(self.application.person.user_id)


def events_of(
    side: Side, moves: Sequence[StageMove], interviews: Sequence[Interview], offers: Sequence[Offer]
) -> list[dict[str, Any]]:
    """For the timeline macro, newest first."""
    found = [_of_move(move, side) for move in moves if move.to_stage is not Stage.INTERVIEW or not interviews]
    for interview in interviews:
        found += _of_interview(interview, side)
    found += [event for offer in offers if (event := _of_offer(offer, side))]
    found.sort(key=lambda pair: pair[0])
    events = [event for _at, event in reversed(found)]
    if events:
        events[0]["kind"] = events[0].get("kind") or "now"
    return events


def people_in(
    moves: Sequence[StageMove], interviews: Sequence[Interview], offers: Sequence[Offer]
) -> set[int]:
    """The users whose names the employer's timeline shows."""
    ids = {move.moved_by_id for move in moves} | {each.proposed_by_id for each in interviews}
    return {user_id for user_id in ids | {offer.made_by_id for offer in offers} if user_id is not None}


def _event(at: datetime, title: str, text: str = "", who: str = "", kind: str = "") -> Event:
    words = {"title": title, "text": text, "who": who, "when": moment(at), "iso": iso(at), "kind": kind}
    return at, words


def _of_move(move: StageMove, side: Side) -> Event:
    title = STAGES[move.to_stage].label
    if move.to_stage is Stage.SUBMITTED and move.from_stage is not None:
        title = "重新投递"
    if move.from_stage is Stage.REJECTED:
        title = "公司重新考虑，初筛通过"
    if move.from_stage is Stage.OFFER and move.to_stage is Stage.SHORTLISTED:
        title = "录用通知失效，回到初筛通过"
    who = side.who(move.moved_by_id)
    return _event(move.moved_at, title, move.reason or "", who, KINDS.get(move.to_stage, ""))


def _of_interview(interview: Interview, side: Side) -> list[Event]:
    """The invitation, the answer to it, and its end, as far as they have come about."""
    is_waiting = interview.state is InterviewState.PROPOSED
    waits = translate("等你选时间" if side.is_seeker else "等对方选时间") if is_waiting else ""
    sender = side.who(interview.proposed_by_id)
    events = [_event(interview.proposed_at, "面试邀约已发出", waits, sender, "soon" if is_waiting else "")]
    if interview.answered_at or interview.state is InterviewState.ACCEPTED:
        events.append(_answer(interview, side))
    if interview.state in {InterviewState.CANCELLED, InterviewState.LAPSED}:
        events.append(_end(interview, side))
    return events


def _answer(interview: Interview, side: Side) -> Event:
    at = interview.answered_at or interview.proposed_at
    if interview.state is InterviewState.DECLINED:
        return _event(at, "面试时间都不合适", interview.answer_note or "", side.seeker)
    slot = interview.starts_at or (interview.agreed_slot and datetime.fromisoformat(interview.agreed_slot))
    words = [moment(slot or None), translate(interview.mode), interview.place]
    return _event(at, "面试时间约好了", translate("，").join(filter(None, words)), side.seeker)


def _end(interview: Interview, side: Side) -> Event:
    at = interview.ended_at or interview.proposed_at
    if interview.state is InterviewState.LAPSED:
        return _event(at, "面试邀约过期", "", side.who(None))
    return _event(at, "面试取消", interview.answer_note or "")


def _of_offer(offer: Offer, side: Side) -> Event | None:
    if offer.state is OfferState.ACCEPTED and offer.answered_at is not None:
        words = translate("到岗日期") + " " + day(offer.starts_on)
        return _event(offer.answered_at, "接受了录用通知", words, side.seeker, "good")
    return None
