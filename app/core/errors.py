"""Errors the domain raises, and the page each one becomes."""

from typing import Any

from flask import Flask, current_app, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, NotFound


class DomainError(Exception):
    """A business rule refused the action. The message is shown to the person."""

    status = 409
    message = "操作没有完成"

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.message)
        self.message = message or self.message

    def __str__(self) -> str:
        return self.message


class NotAllowed(DomainError):
    status = 403
    message = "你没有权限做这件事"


class EditConflict(DomainError):
    """Somebody else saved first. `rows` holds (label, mine, theirs) of each field that differs."""

    message = "别人刚刚改过，请看两个版本再决定"

    def __init__(self, rows: list[tuple[str, Any, Any]], **more: Any) -> None:
        super().__init__()
        self.rows = rows
        self.more = more


def authorize(allowed: bool) -> None:
    if not allowed:
        raise NotAllowed


def _domain(error: DomainError) -> tuple[str, int]:
    return render_template("errors/domain.html", error=error), error.status


def _conflict(error: EditConflict) -> tuple[str, int]:
    return render_template("errors/conflict.html", error=error, rows=error.rows, **error.more), 409


def _integrity(error: Exception) -> tuple[str, int]:
    current_app.logger.warning("refused by the database at %s: %s", request.path, error.__class__.__name__)
    return _domain(DomainError("这一步刚刚已经有人做过了，请刷新页面看看最新状态"))


def _locked(error: OperationalError) -> tuple[str, int]:
    current_app.logger.error("database not answering at %s: %s", request.path, error.orig)
    failure = DomainError("系统正忙，你填的内容没有丢，请稍等几秒再交一次")
    failure.status = 503
    return _domain(failure)


def _beyond(error: Exception) -> Any:
    """A number larger than any row's: SQLite's driver and PostgreSQL each refuse it in their own way."""
    current_app.logger.warning("no such number at %s: %s", request.path, error.__class__.__name__)
    return _http(NotFound())


def _http(error: HTTPException) -> tuple[str, int] | HTTPException:
    code = error.code or 500
    if code in {301, 302, 303, 304, 307, 308}:
        return error
    if code == 413:
        return _too_large(error)
    name = code if code in {400, 401, 403, 404, 405, 429} else 500 if code >= 500 else 400
    try:
        return render_template(f"errors/{name}.html", error=error), code
    except OperationalError:  # the page asks who is signed in, and the database does not answer
        current_app.logger.exception("the error page could not be made")
        return "系统正忙，请稍后再试", code


def _too_large(error: HTTPException) -> tuple[str, int]:
    """A file that is too large, or words that are: each has its own way out."""
    most = current_app.config["MAX_CONTENT_LENGTH"] or 0
    is_file = request.mimetype == "multipart/form-data" and (request.content_length or 0) > most
    return render_template("errors/413.html", error=error, is_file=is_file), 413


def _csrf(error: CSRFError) -> tuple[str, int]:
    return render_template("errors/400.html", error=error, is_stale=True), 400


def init_app(app: Flask) -> None:
    app.register_error_handler(EditConflict, _conflict)
    app.register_error_handler(DomainError, _domain)
    app.register_error_handler(IntegrityError, _integrity)
    app.register_error_handler(StaleDataError, _integrity)
    app.register_error_handler(OperationalError, _locked)
    app.register_error_handler(OverflowError, _beyond)
    app.register_error_handler(DataError, _beyond)
    app.register_error_handler(CSRFError, _csrf)
    app.register_error_handler(HTTPException, _http)
