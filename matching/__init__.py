"""Links résumés and posts of the trade, both ways, with reasons in words. Knows no web and no database."""

import importlib
from typing import TYPE_CHECKING, Any

from matching.assign import Assignment, TooManyMeetings, assign
from matching.batches import Ranked, backend
from matching.files import DamagedSnapshot, Folder, Generations, read_manifest
from matching.landscape import OUTSIDE, Coverage
from matching.matcher import Matcher
from matching.model import Model
from matching.profiles import Candidate, Education, HeldCertificate, Post, Work
from matching.results import Band, Match, Reason, Requirement
from matching.snapshot import fingerprint, merge
from matching.versions import NothingToRollBack, Versions

__all__ = [
    "OUTSIDE", "Assignment", "Band", "Candidate", "Coverage", "DamagedSnapshot", "Education", "Folder", "Generations", "HeldCertificate",
    "Learned", "Match", "Matcher", "Model", "NotEnough", "NothingToRollBack", "Post", "Ranked", "Reason", "Requirement", "Shown",
    "TooManyMeetings", "Versions", "Work", "assign", "backend", "fingerprint", "learn", "merge", "read_manifest",
]  # fmt: skip

if TYPE_CHECKING:
    from matching.learning import Learned, NotEnough, Shown, learn

_LEARNING = frozenset({"Learned", "NotEnough", "Shown", "learn"})


def __getattr__(name: str) -> Any:
    """Learning brings scikit-learn, 70 MB and a second: loaded when it is asked for, never by a web worker."""
    if name in _LEARNING:
        return getattr(importlib.import_module("matching.learning"), name)
    raise AttributeError(name)
