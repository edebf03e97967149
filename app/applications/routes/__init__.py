"""The pages of applications, one module for each noun."""

from app.applications.routes import applying, candidates, desk, interviews, offers, seeking, talking
from app.applications.routes.blueprint import bp

__all__ = ["applying", "bp", "candidates", "desk", "interviews", "offers", "seeking", "talking"]
