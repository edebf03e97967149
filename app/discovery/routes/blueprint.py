"""The blueprint that the pages of discovery hang on."""

from flask import Blueprint

bp = Blueprint("discovery", __name__, template_folder="../templates")
