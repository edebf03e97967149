"""Links résumés and posts of the trade, both ways, with reasons in words. Knows no web and no database."""

from matching.assign import Assignment, TooManyMeetings, assign
from matching.matcher import Matcher
from matching.profiles import Candidate, Education, HeldCertificate, Post, Work
from matching.results import Band, Match, Reason, Requirement

__all__ = [
    "Assignment", "Band", "Candidate", "Education", "HeldCertificate", "Match", "Matcher", "Post", "Reason", "Requirement",
    "TooManyMeetings", "Work", "assign",
]  # fmt: skip
