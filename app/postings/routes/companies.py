"""The public page of a company with its open postings; the list of companies is a search (app.discovery)."""

from flask import abort, render_template, request, url_for

from app.core import places
from app.core.db import paginate
from app.core.guard import public
from app.core.presentation import own
from app.core.trades import COMPANY_SIZES
from app.core.translation import translate
from app.postings import queries
from app.postings.cards import cards
from app.postings.models import Posting
from app.postings.routes.blueprint import bp


def page_number() -> int:
    return max(1, request.args.get("page", 1, type=int) or 1)


@bp.get("/companies/<int:organization_id>")
@public
def company(organization_id: int) -> str | tuple[str, int]:
    on = queries.today()
    found = queries.public_company(organization_id, on)
    if found is None:
        former = queries.former_company(organization_id)
        if former is None:
            abort(404)
        return render_template("postings/company_gone.html", company=former), 410
    page = paginate(
        queries.open_postings(on).where(Posting.organization_id == found.id),
        number=page_number(),
        size=10,
    )
    facts = [
        ("所在地", places.label(found.place)),
        ("规模", COMPANY_SIZES.label(found.size)),
        ("产业链", translate("、").join(map(translate, found.chain_links))),
        ("地址", own(found.address)),
    ]
    return render_template(
        "postings/company.html",
        company=found,
        facts=facts,
        page=page,
        cards=cards([each.id for each in page]),
        url_for_page=lambda number: url_for("postings.company", organization_id=found.id, page=number),
    )
