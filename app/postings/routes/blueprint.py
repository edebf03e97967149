"""The one blueprint of postings; its pages live under /jobs, /companies, /postings and /review."""

from flask import Blueprint

bp = Blueprint("postings", __name__, template_folder="../templates")
