"""The pages of accounts, one module for each noun."""

from app.accounts.routes import sessions
from app.accounts.routes.blueprint import bp

__all__ = ["bp", "sessions"]
