"""Enterprises at gatherings, their posts and booths."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from app.core.db import db
from app.events.models import Booth, Event, EventState, Exhibitor, ExhibitorPosting, ExhibitorState
from app.events.queries.halls import in_booth_order
from app.organizations.models import Organization, OrganizationKind, Standing
from app.postings.models import Posting, PostingState

MOST = 500  # exhibitors of one gathering that a page shows


def approved_count(event: Event) -> int:
    query = select(func.count()).where(
        Exhibitor.event_id == event.id, Exhibitor.state == ExhibitorState.APPROVED
    )
    return db.session.scalar(query) or 0


def state_counts(event: Event) -> dict[ExhibitorState, int]:
    rows = db.session.execute(
        select(Exhibitor.state, func.count()).where(Exhibitor.event_id == event.id).group_by(Exhibitor.state)
    )
    return dict(rows.all())


def exhibitor_of(event_id: int, organization_id: int) -> Exhibitor | None:
    return db.session.scalar(
        select(Exhibitor)
        .where(Exhibitor.event_id == event_id, Exhibitor.organization_id == organization_id)
        .options(joinedload(Exhibitor.event), joinedload(Exhibitor.organization), joinedload(Exhibitor.booth))
    )


def exhibitors_of(event: Event, states: Sequence[ExhibitorState] = ()) -> list[Exhibitor]:
    """Exhibitors with organization and booth: in booth order, those without a booth last."""
    query = (
        select(Exhibitor)
        .outerjoin(Exhibitor.booth)
        .where(Exhibitor.event_id == event.id)
        .options(joinedload(Exhibitor.organization), joinedload(Exhibitor.booth).joinedload(Booth.hall))
        .order_by(
            Exhibitor.booth_id.is_(None),
            *in_booth_order(),
            Exhibitor.applied_at,
            Exhibitor.id,
        )
        .limit(MOST)
    )
    if states:
        query = query.where(Exhibitor.state.in_(states))
    return list(db.session.scalars(query))


def of_organization(organization_id: int) -> Select[Exhibitor]:
    """The gatherings that an enterprise was invited to or applied for, the latest first."""
    return (
        select(Exhibitor)
        .join(Exhibitor.event)
        .where(Exhibitor.organization_id == organization_id)
        .options(joinedload(Exhibitor.event), joinedload(Exhibitor.booth))
        .order_by(Event.starts_at.desc(), Exhibitor.id.desc())
    )


def open_posts_of(organization_id: int) -> list[Posting]:
    """What an enterprise may bring: approved and shown to the public, by title."""
    query = (
        select(Posting)
        .where(Posting.organization_id == organization_id, Posting.state == PostingState.PUBLISHED)
        .order_by(Posting.title, Posting.id)
        .limit(200)
    )
    return list(db.session.scalars(query))


def posts_of(exhibitor_ids: Iterable[int]) -> dict[int, list[Posting]]:
    """Exhibitor → the posts that it brings, as long as they are open."""
    query = (
        select(ExhibitorPosting)
        .join(ExhibitorPosting.posting)
        .where(
            ExhibitorPosting.exhibitor_id.in_(list(exhibitor_ids)), Posting.state == PostingState.PUBLISHED
        )
        .options(joinedload(ExhibitorPosting.posting).joinedload(Posting.organization))
        .order_by(ExhibitorPosting.id)
    )
    found: dict[int, list[Posting]] = defaultdict(list)
    for row in db.session.scalars(query):
        found[row.exhibitor_id].append(row.posting)
    return found


def no_shows_before(event: Event) -> dict[int, int]:
    """Organization → how often nobody came to its booth at earlier gatherings of anybody."""
    rows = db.session.execute(
        select(Exhibitor.organization_id, func.count())
        .join(Exhibitor.event)
        .where(Exhibitor.no_show_at.is_not(None), Event.starts_at < event.starts_at)
        .group_by(Exhibitor.organization_id)
    )
    return dict(rows.all())


def employers_named(names: Iterable[str]) -> dict[str, Organization]:
    """Verified enterprises by name or by credit code, as they stand in an invitation list."""
    wanted = [name for name in names if name]
    query = select(Organization).where(
        Organization.kind.in_([OrganizationKind.ENTERPRISE, OrganizationKind.INSTITUTE]),
        Organization.name.in_(wanted) | Organization.credit_code.in_(wanted),
    )
    found = {}
    for organization in db.session.scalars(query):
        found[organization.name] = found[organization.credit_code] = organization
    return found


def open_for_exhibitors() -> Select[Event]:
    """Published gatherings to come; whether the window is open is for the policy."""
    return (
        select(Event)
        .where(Event.state == EventState.PUBLISHED)
        .options(joinedload(Event.organizer))
        .order_by(Event.starts_at, Event.id)
    )


def public_exhibitors(event: Event) -> list[Exhibitor]:
    """Who comes, as the public sees it: approved, and not suspended since."""
    return [
        each
        for each in exhibitors_of(event, (ExhibitorState.APPROVED,))
        if each.organization.standing is Standing.VERIFIED
    ]


def takes_booth(booth: Booth) -> Exhibitor | None:
    """Who has this booth."""
    return db.session.scalar(select(Exhibitor).where(Exhibitor.booth_id == booth.id))


def ties_of(exhibitor: Exhibitor) -> list[ExhibitorPosting]:
    query = select(ExhibitorPosting).where(ExhibitorPosting.exhibitor_id == exhibitor.id)
    return list(db.session.scalars(query))
