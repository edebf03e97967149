"""Pages of discovery: home, search, recommendations, people for a posting."""

from app.discovery.routes import home, matches, people, search
from app.discovery.routes.blueprint import bp

__all__ = ["bp", "home", "matches", "people", "search"]
