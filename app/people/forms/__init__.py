"""What seekers type: the eight questions, the editor, privacy."""

from app.people.forms.editing import ResumeForm
from app.people.forms.privacy import BlockForm, ImportForm, PrivacyForm
from app.people.forms.quick import FORMS

__all__ = ["FORMS", "BlockForm", "ImportForm", "PrivacyForm", "ResumeForm"]
