"""What the system does with applications: verbs that write and never commit. The caller opens the transaction."""

from app.applications.services.applying import apply, withdraw, withdraw_all
from app.applications.services.clock import (
    lapse_invitations,
    lapse_offers,
    nudge_employers,
    nudge_seekers,
    remind_of_interviews,
)
from app.applications.services.interviewing import accept_slot, call_off, none_fits, propose, record_result
from app.applications.services.moving import take, take_many, view
from app.applications.services.offering import accept, decline, make
from app.applications.services.talking import export, mark_read, note, say

__all__ = [
    "accept",
    "accept_slot",
    "apply",
    "call_off",
    "decline",
    "export",
    "lapse_invitations",
    "lapse_offers",
    "make",
    "mark_read",
    "none_fits",
    "note",
    "nudge_employers",
    "nudge_seekers",
    "propose",
    "record_result",
    "remind_of_interviews",
    "say",
    "take",
    "take_many",
    "view",
    "withdraw",
    "withdraw_all",
]
