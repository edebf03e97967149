"""Links résumés and posts of the trade, both ways, with reasons in words. Knows no web and no database."""

from matching.assign import Assignment, TooManyMeetings, assign
from matching.learning import Learned, NotEnough, Shown, learn
from matching.matcher import Matcher
from matching.profiles import Candidate, Education, HeldCertificate, Post, Work
from matching.results import Band, Match, Reason, Requirement
from matching.versions import NothingToRollBack, Versions

__all__ = [
    "Assignment", "Band", "Candidate", "Education", "HeldCertificate", "Learned", "Match", "Matcher", "NotEnough",
    "NothingToRollBack", "Post", "Reason", "Requirement", "Shown", "TooManyMeetings", "Versions", "Work", "assign", "learn",
]  # fmt: skip
