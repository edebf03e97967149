"""The seeker's own pages."""

from app.people.routes import home, imports, privacy, quick, resumes
from app.people.routes.blueprint import bp

__all__ = ["bp", "home", "imports", "privacy", "quick", "resumes"]
