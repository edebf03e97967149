"""Files that people hand in: kept by content outside the web root, served only by guarded views."""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from flask import Flask, Response, current_app, send_file
from sqlalchemy import Column, exists, false, or_, select
from sqlalchemy.orm import Mapped, mapped_column

from app.core import jobs
from app.core.db import Base, db, now, transaction
from app.core.errors import DomainError

LARGEST = 10 * 1024 * 1024  # bytes of one file; a request may bring two, see MAX_CONTENT_LENGTH

UNUSED_KEPT = timedelta(days=30)  # an upload whose form was never finished

SIGNATURES = {
    "application/pdf": (b"%PDF-",),
    "image/png": (b"\x89PNG\r\n\x1a\n",),
    "image/jpeg": (b"\xff\xd8\xff",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (b"PK\x03\x04",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (b"PK\x03\x04",),
}
PICTURES = frozenset({"image/png", "image/jpeg"})
PAPERS = PICTURES | {"application/pdf"}


class FileRefused(DomainError):
    status = 400
    message = "这个文件不能用"


class StoredFile(Base):
    """One file as handed in; its bytes lie in the storage folder under their SHA-256."""

    __tablename__ = "stored_files"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True, info={"secret": True})
    name: Mapped[str]
    media_type: Mapped[str]
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(index=True)
    stored_at: Mapped[datetime] = mapped_column(default=now)


def media_type_of(content: bytes, accepted: frozenset[str]) -> str:
    """What the bytes are, whatever the name says."""
    for media_type in sorted(accepted):
        if content.startswith(SIGNATURES[media_type]):
            return media_type
    raise FileRefused(
        "文件内容和要求的格式不符：请上传 PDF、PNG 或 JPG" if accepted <= PAPERS else "文件格式不对"
    )


def keep(content: bytes, name: str, accepted: frozenset[str] = PAPERS) -> StoredFile:
    """Check and store *content*; the row is added to the session of the open transaction."""
    if not content:
        raise FileRefused("文件是空的，请重新选择")
    if len(content) > LARGEST:
        raise FileRefused("文件超过 10 MB，请压缩后再传")
    media_type = media_type_of(content, accepted)
    digest = hashlib.sha256(content).hexdigest()
    path = _path(digest)
    if path.exists():
        os.utime(path)  # in use again: sweep leaves it alone until its row is there
    else:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_suffix(f".{secrets.token_hex(4)}")
        with partial.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    stored = StoredFile(
        token=secrets.token_urlsafe(16),
        name=Path(name.replace("\\", "/")).name[:120] or "file",
        media_type=media_type,
        size=len(content),
        sha256=digest,
    )
    db.session.add(stored)
    return stored


def _users_of_files() -> list[Column[Any]]:
    """Every column of the site that points to a stored file."""
    target = StoredFile.__table__.c.id
    return [
        key.parent
        for table in Base.metadata.tables.values()
        for key in table.foreign_keys
        if key.column is target
    ]


def sweep() -> int:
    """Let go of files that nothing points to: rows after UNUSED_KEPT, bytes without a row after a day.

    A job of each night; returns how many files left the disk. A paper that was replaced goes too; the log keeps that it was there.
    """
    used = [exists().where(column == StoredFile.id) for column in _users_of_files()]
    unused = select(StoredFile).where(StoredFile.stored_at < now() - UNUSED_KEPT, ~or_(false(), *used))
    with transaction() as session:
        for row in session.scalars(unused.limit(1000)):
            session.delete(row)
    return _sweep_folder()


def _sweep_folder() -> int:
    known = set(db.session.scalars(select(StoredFile.sha256)))
    newest = (now() - timedelta(days=1)).timestamp()
    gone = 0
    for path in (Path(current_app.config["DATA_DIR"]) / "files").glob("??/*"):
        if path.name not in known and path.stat().st_mtime < newest:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def read(stored: StoredFile) -> bytes:
    return _path(stored.sha256).read_bytes()


def respond(stored: StoredFile, *, inline: bool = True) -> Response:
    """The file as a response; never a type that a browser would run."""
    response: Any = send_file(
        _path(stored.sha256),
        mimetype=stored.media_type,
        as_attachment=not inline,
        download_name=stored.name,
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _path(digest: str) -> Path:
    return Path(current_app.config["DATA_DIR"]) / "files" / digest[:2] / digest


def init_app(app: Flask) -> None:
    app.config.setdefault("MAX_CONTENT_LENGTH", 2 * LARGEST + 2 * 1024 * 1024)
    app.jinja_env.globals["LARGEST_FILE"] = LARGEST
    jobs.each_night("sweep-files", sweep)
