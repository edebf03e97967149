"""The blueprint that all pages of applications share."""

from flask import Blueprint

bp = Blueprint("applications", "app.applications", template_folder="templates")
