"""Inside a fair: search among its posts, the ten booths to visit in walking order, and a booth's posts to apply to."""

from dataclasses import dataclass, field

from flask import abort, flash, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from app.applications.services import applying
from app.core import fit
from app.core.db import db, now, transaction
from app.core.guard import Role, only, public
from app.core.halfwidth import half_width
from app.events import policy, tickets, walking
from app.events.kinds import kind_of
from app.events.models import Event, Exhibitor
from app.events.queries import exhibiting, halls, meeting
from app.events.routes.blueprint import bp, membership, shown_event
from app.events.routes.public import my_person, my_registration
from app.events.services import booths
from app.people.models import Person
from app.people.queries import main_resume
from app.postings.models import Posting

TEN = 10
POSTS_SHOWN = 3
BOOTHS_KEPT = 40


@dataclass
class Visit:
    """One exhibitor worth a visit, with the posts that make it so."""

    exhibitor: Exhibitor
    posts: list[tuple[Posting, fit.Fit | None]] = field(default_factory=list)

    @property
    def worth(self) -> tuple[int, int]:
        bands = [found.band for _, found in self.posts if found]
        return (max(bands, default=0), sum(band >= 2 for band in bands))


def _says(post: Posting, words: list[str]) -> bool:
    text = half_width(
        " ".join(
            (
                post.title,
                post.organization.name,
                post.family,
                post.chain_link,
                post.requirements,
                *post.majors,
            )
        )
    ).lower()
    return all(word in text for word in words)


def visits(event: Event, person: Person | None, words: list[str]) -> tuple[list[Visit], int]:
    """Exhibitors in the order of their worth, and how many posts there are in all."""
    exhibitors = exhibiting.public_exhibitors(event)
    posts = exhibiting.posts_of(each.id for each in exhibitors)
    everything = [post for each in exhibitors for post in posts.get(each.id, [])]
    bands = {}
    if person is not None and person.is_matching_on and everything:
        bands = fit.current().bands(person.id, [post.id for post in everything])
    found = []
    for each in exhibitors:
        pairs = [(post, bands.get(post.id)) for post in posts.get(each.id, []) if _says(post, words)]
        pairs.sort(key=lambda pair: -(pair[1].band if pair[1] else 0))
        if pairs:
            found.append(Visit(each, pairs))
    found.sort(key=lambda visit: visit.worth, reverse=True)
    return found, len(everything)


@bp.get("/events/<int:event_id>/inside")
@public
def inside(event_id: int) -> str:
    event, person = shown_event(event_id), my_person()
    words = half_width(request.args.get("q", "")[:60]).lower().split()
    found, total = visits(event, person, words)
    is_known = any(visit.worth[0] for visit in found)
    chosen = found if words else found[:TEN] if is_known else found
    every_hall = halls.halls_of(event)
    ordered = _walk(chosen, {hall.id: (hall.entrance_x, hall.entrance_y) for hall in every_hall})
    for visit in ordered:
        visit.posts = visit.posts[:POSTS_SHOWN]
    marks = {each.exhibitor.booth_id: at for at, each in enumerate(ordered, 1) if each.exhibitor.booth_id}
    return render_template(
        "events/inside.html",
        event=event,
        stops=ordered,
        words=request.args.get("q", "").strip(),
        total=total,
        halls=every_hall,
        booths=halls.booths_of(event),
        takers={each.exhibitor.booth_id: each.exhibitor for each in ordered if each.exhibitor.booth_id},
        marks=marks,
        marks_in={
            hall.id: any(v.exhibitor.booth and v.exhibitor.booth.hall_id == hall.id for v in ordered)
            for hall in every_hall
        },
        missing=None if is_known or words else _missing(person),
    )


def _missing(person: Person | None) -> str:
    """What is needed before the ten can be chosen for somebody."""
    if person is None or main_resume(person) is None:
        return "登录并做一份简历，就按你的情况排出该去的十家和走的顺序。"
    if not person.is_matching_on:
        return "你关掉了匹配，这里按展位列出全部企业。"
    return "现在还排不出该去的十家，这里按展位列出全部企业。"


def _walk(chosen: list[Visit], entrances: dict[int, tuple[float, float]]) -> list[Visit]:
    by_id = {visit.exhibitor.id: visit for visit in chosen}
    stops = [
        walking.Stop(
            each.exhibitor.id,
            each.exhibitor.booth.hall_id,
            each.exhibitor.booth.x + (each.exhibitor.booth.w - 1) / 2,
            each.exhibitor.booth.y + (each.exhibitor.booth.h - 1) / 2,
        )
        for each in chosen
        if each.exhibitor.booth is not None
    ]
    ordered = [by_id[stop.key] for stop in walking.in_order(stops, entrances)]
    return ordered + [visit for visit in chosen if visit.exhibitor.booth is None]


def shown_exhibitor(event_id: int, exhibitor_id: int) -> Exhibitor:
    """An exhibitor that the public sees; one that was suspended over night is gone."""
    event = shown_event(event_id)
    found = next((each for each in exhibiting.public_exhibitors(event) if each.id == exhibitor_id), None)
    if found is None:
        abort(404)
    return found


@bp.get("/events/<int:event_id>/booths/<int:exhibitor_id>")
@public
def booth_posts(event_id: int, exhibitor_id: int) -> str:
    """What the booth's QR code opens: its posts, to apply in one tap."""
    exhibitor = shown_exhibitor(event_id, exhibitor_id)
    event, person = exhibitor.event, my_person()
    posts = exhibiting.posts_of([exhibitor.id]).get(exhibitor.id, [])
    registration = my_registration(event)
    found = meeting.meeting_of(exhibitor, registration) if registration else None
    if exhibitor.id not in (seen := session.get("booths", [])):
        session["booths"] = [*seen, exhibitor.id][
            -BOOTHS_KEPT:
        ]  # a later application counts to this gathering
    return render_template(
        "events/booth_posts.html",
        event=event,
        kind=kind_of(event.kind),
        exhibitor=exhibitor,
        posts=posts,
        person=person,
        has_resume=person is not None and main_resume(person) is not None,
        applied=meeting.applied_to(person, [post.id for post in posts]) if person else set(),
        consents={post.id: applying.consent_for(post, person.user) for post in posts} if person else {},
        registration=registration,
        ticket=tickets.link_of(registration.id) if registration else "",
        meeting=found,
        ahead=meeting.ahead_of(found) if found else 0,
        wish=meeting.wish_of(exhibitor, registration) if registration else None,
        has_slots=meeting.has_slots(exhibitor),
        is_on=event.is_on(now()),
        can_wish=registration is not None and event.scheduled_at is None and policy.is_good(registration),
    )


@bp.post("/events/<int:event_id>/booths/<int:exhibitor_id>/apply/<int:posting_id>")
@only(Role.SEEKER)
def apply_here(event_id: int, exhibitor_id: int, posting_id: int) -> Response:
    """One tap: the main résumé, with the consent that stood above the button."""
    exhibitor = shown_exhibitor(event_id, exhibitor_id)
    posts = {post.id: post for post in exhibiting.posts_of([exhibitor.id]).get(exhibitor.id, [])}
    if posting_id not in posts:
        abort(404)
    person = my_person()
    if person is None or main_resume(person) is None:
        return redirect(url_for("people.home"), 303)
    if posts[posting_id].questions:
        return redirect(url_for("applications.apply", posting_id=posting_id), 303)
    with transaction():
        exhibitor = shown_exhibitor(event_id, exhibitor_id)
        person = db.session.get_one(Person, person.id)
        _, is_new = booths.apply_here(
            exhibitor, person, db.session.get_one(Posting, posting_id), membership=membership()
        )
    flash("投出去了" if is_new else "这个职位你投过了", "success")
    return redirect(url_for("events.booth_posts", event_id=event_id, exhibitor_id=exhibitor_id), 303)
