"""Full-text search that understands the trade. Pure Python: no web, no database."""
