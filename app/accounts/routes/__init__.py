"""The pages of accounts, one module for each noun."""

from app.accounts.routes import (
    administration,
    documents,
    recovery,
    second_factor,
    sessions,
    settings,
    sign_in,
    sign_up,
)
from app.accounts.routes.blueprint import bp

__all__ = [
    "administration",
    "bp",
    "documents",
    "recovery",
    "second_factor",
    "sessions",
    "settings",
    "sign_in",
    "sign_up",
]
