"""Which gathering an application came from: also one that was handed in at home, before the fair or after it."""

from collections.abc import Sequence

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.applications.models import Application
from app.core.db import db, now
from app.events.models import EventApplication, Registration
from app.events.queries.crediting import bringers_of


def credit(session: Session, application: Application, visited: Sequence[int] = ()) -> None:
    """Note the fair that brought this post and this person together, if there is one.

    That is one to which an approved exhibitor brought the post, and for which the person holds a good ticket or whose
    booth (*visited*: exhibitors) they came from; of several the nearest in time. An application keeps its first fair.
    """
    if application.id is None:
        return
    found = bringers_of(session, application.posting_id, application.person_id, now())
    for exhibitor_id, event_id, registration_id in found:
        if registration_id is not None or exhibitor_id in visited:
            session.add(
                EventApplication(
                    application_id=application.id,
                    event_id=event_id,
                    exhibitor_id=exhibitor_id,
                    registration_id=registration_id,
                )
            )
            return


def adopt(registration: Registration) -> None:
    """Who applied from the fair's pages before they registered is counted as the visitor that they now are."""
    if registration.person_id is None:
        return
    own = select(Application.id).where(Application.person_id == registration.person_id)
    db.session.execute(
        update(EventApplication)
        .where(
            EventApplication.event_id == registration.event_id,
            EventApplication.registration_id.is_(None),
            EventApplication.application_id.in_(own),
        )
        .values(registration_id=registration.id)
    )
