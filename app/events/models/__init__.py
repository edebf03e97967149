"""Events (活动): what is true about gatherings, their halls, who exhibits, who comes and what follows."""

from app.events.models.attending import (
    CheckIn,
    Registration,
    RegistrationImport,
    RegistrationSource,
    RegistrationState,
)
from app.events.models.exhibiting import Exhibitor, ExhibitorPosting, ExhibitorState
from app.events.models.gatherings import (
    Announcement,
    Event,
    EventState,
    HelperLink,
    SurveyAnswer,
    TimetableEntry,
)
from app.events.models.halls import Booth, Hall
from app.events.models.meeting import (
    EmployerRank,
    EventApplication,
    InterviewSlot,
    InterviewWish,
    Meeting,
    MeetingState,
    Scan,
    ScanMark,
)

__all__ = [
    "Announcement",
    "Booth",
    "CheckIn",
    "EmployerRank",
    "Event",
    "EventApplication",
    "EventState",
    "Exhibitor",
    "ExhibitorPosting",
    "ExhibitorState",
    "Hall",
    "HelperLink",
    "InterviewSlot",
    "InterviewWish",
    "Meeting",
    "MeetingState",
    "Registration",
    "RegistrationImport",
    "RegistrationSource",
    "RegistrationState",
    "Scan",
    "ScanMark",
    "SurveyAnswer",
    "TimetableEntry",
]
