"""The pages of organizations, one module for each noun."""

from app.organizations.routes import members, registration, review
from app.organizations.routes.blueprint import bp

__all__ = ["bp", "members", "registration", "review"]
