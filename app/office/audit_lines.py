"""The log as people read it: who did what, on which record, from what to what."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from flask import url_for

from app.core.audit import AuditEntry
from app.core.guard import Role
from app.office import audit_words, queries
from app.office.audit_values import Names, references, said, split

MOST_RECORDS = 20  # of one entry that the page shows; a command may have changed thousands
PAGES = {  # where a record is looked at, and by whom
    "postings": ("postings.review_one", "posting_id", {Role.OFFICE, Role.ADMIN}),
    "organizations": ("organizations.review_one", "organization_id", {Role.OFFICE, Role.ADMIN}),
    "events": ("events.show", "event_id", {Role.OFFICE, Role.ADMIN}),
    "users": ("accounts.user", "user_id", {Role.ADMIN}),
}


class Record(NamedTuple):
    title: str
    url: str  # its own page, if the reader may open one
    code: str  # as the log names it, to ask for everything about it


class Field(NamedTuple):
    label: str
    before: str | None  # None: the record is new
    after: str


class Change(NamedTuple):
    record: Record
    is_new: bool
    is_deleted: bool
    fields: list[Field]


class Line(NamedTuple):
    at: datetime
    who: str
    actor_id: int | None
    what: str
    record: Record
    changes: list[Change]
    rest: int  # records beyond those shown


def lines(entries: Sequence[AuditEntry], reader: Role) -> list[Line]:
    """These entries in words, with one query for each table that they name."""
    shown = {entry.id: entry.changes[:MOST_RECORDS] for entry in entries}
    wanted = {split(entry.record) for entry in entries}
    wanted |= {("users", entry.actor_id) for entry in entries if entry.actor_id}
    for changes in shown.values():
        wanted |= references(changes)
    names = queries.names_of_rows(wanted)
    return [
        Line(
            entry.at,
            names.get(("users", entry.actor_id or 0)) or audit_words.role(entry.actor),
            entry.actor_id,
            audit_words.action(entry.action),
            _record(entry.record, names, reader),
            [_change(change, names, reader) for change in shown[entry.id]],
            len(entry.changes) - len(shown[entry.id]),
        )
        for entry in entries
    ]


def _record(code: str, names: Names, reader: Role) -> Record:
    table, number = split(code)
    name = names.get((table, number))
    word = audit_words.table(table)
    title = f"{word}「{name}」" if name else f"{word}{number}号" if number else word
    endpoint, parameter, readers = PAGES.get(table, ("", "", set()))
    values: dict[str, Any] = {parameter: number}
    url = url_for(endpoint, **values) if name and reader in readers else ""
    return Record(title, url, code)


def _change(change: Mapping[str, Any], names: Names, reader: Role) -> Change:
    table, _ = split(change["record"])
    before, after = change["from"], change["to"]
    record = _record(change["record"], names, reader)
    if not isinstance(after, dict):
        return Change(record, is_new=False, is_deleted=True, fields=[])
    is_new = before is None
    fields = [
        Field(
            label,
            None if is_new else said(table, column, before.get(column), names),
            said(table, column, value, names),
        )
        for column, value in after.items()
        if (label := audit_words.column(column)) != audit_words.HIDDEN
    ]
    return Change(record, is_new, is_deleted=False, fields=fields)
