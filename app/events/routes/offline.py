"""What a door needs while the network is away: its page kept by a service worker, and who must not come in."""

from typing import Any

from flask import Response as Plain
from flask import current_app, jsonify

from app.core.guard import public
from app.core.limits import limiter
from app.core.presentation import clock
from app.events.models import EventState
from app.events.queries.doors import known_serials
from app.events.routes.blueprint import bp
from app.events.routes.doors import door_behind


@bp.get("/door-worker.js")
@public
@limiter.exempt
def door_worker() -> Plain:
    """The service worker, from the root: a worker answers for addresses below its own only."""
    with current_app.open_resource("static/js/door-worker.js") as file:
        response = Plain(file.read(), mimetype="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@bp.get("/door/<token>/known.json")
@public
@limiter.limit("6000/hour")
def door_list(token: str) -> Plain:
    """Tickets that were given back, and those inside with the time: by serial, no names."""
    event = door_behind(token).event
    void, inside = known_serials(event)
    said: dict[str, Any] = {
        "void": [str(serial) for serial in void],
        "inside": {str(serial): clock(at) for serial, at in inside},
        "isCancelled": event.state is EventState.CANCELLED,
        "isEnded": event.state is EventState.ENDED,
    }
    return jsonify(said)
