"""Files that come with a form: stored when they arrive, so that a wrong field elsewhere loses nothing."""

from flask_login import current_user
from werkzeug.datastructures import FileStorage
from wtforms import HiddenField
from wtforms.fields import Field

from app.core.crypto import sign, unsign
from app.core.db import db, transaction
from app.core.storage import LARGEST, PICTURES, FileRefused, StoredFile, keep

SMALLEST_PICTURE = 5 * 1024  # bytes: on a smaller one no seal and no number can be read
KEPT_FOR = 24 * 3600  # seconds a received file waits for the rest of its form


def _purpose() -> str:
    return f"paper of user {current_user.id}"


def receive(field: Field, kept: HiddenField) -> None:
    """Store a file that just arrived and note its token in *kept*; what is wrong with it goes to the field."""
    upload = field.data
    if not isinstance(upload, FileStorage) or not upload.filename:
        return
    content = upload.stream.read(LARGEST + 1)
    try:
        with transaction():
            stored = _readable(keep(content, upload.filename))
    except FileRefused as error:
        field.errors = [*field.errors, str(error)]
        return
    kept.data = sign(_purpose(), stored.id)


def _readable(stored: StoredFile) -> StoredFile:
    if stored.media_type in PICTURES and stored.size < SMALLEST_PICTURE:
        raise FileRefused("图片太小，看不清上面的字，请重新拍一张")
    return stored


def received(kept: HiddenField, current: StoredFile | None = None) -> StoredFile | None:
    """The file that belongs to the form: one received now or before, or else the one on record."""
    number = unsign(_purpose(), kept.data, max_age=KEPT_FOR) if kept.data else None
    if isinstance(number, int):
        return db.session.get(StoredFile, number)
    return current


def require(field: Field, stored: StoredFile | None, message: str) -> bool:
    """Whether the form has this paper; says so on the field when it does not."""
    if field.errors:
        return False
    if stored is None:
        field.errors = [message]
    return stored is not None
