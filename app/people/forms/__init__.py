"""What seekers type: the eight questions, the editor, privacy."""

from app.people.forms.editing import ResumeForm
from app.people.forms.privacy import ImportForm, PrivacyForm
from app.people.forms.quick import FORMS

__all__ = ["FORMS", "ImportForm", "PrivacyForm", "ResumeForm"]
