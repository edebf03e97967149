"""The blueprint that all pages of accounts share."""

from flask import Blueprint

bp = Blueprint("accounts", "app.accounts", template_folder="templates")
