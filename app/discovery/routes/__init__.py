"""Pages of discovery: home, search, recommendations, people for a posting."""

from app.discovery.routes import finding, home, landscape, matches, people, saved, search
from app.discovery.routes.blueprint import bp

__all__ = ["bp", "finding", "home", "landscape", "matches", "people", "saved", "search"]
