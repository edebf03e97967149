"""Who may do what with an application. Pure functions: no database, no request."""

from app.accounts.models import User
from app.applications.kinds import HIDDEN_FROM_EMPLOYER, TALKING
from app.applications.models import Application
from app.organizations.models import Membership, Standing


def is_own(user: User, application: Application) -> bool:
    """Whether *user* handed it in."""
    return application.person.user_id == user.id


def can_read(membership: Membership | None, application: Application) -> bool:
    """Members of the employer read, as long as they are members."""
    return (
        membership is not None
        and membership.ended_at is None
        and membership.organization_id == application.posting.organization_id
    )


def can_handle(membership: Membership | None, application: Application) -> bool:
    """Move, invite, offer, write: a suspended employer reads and does nothing."""
    return can_read(membership, application) and not is_suspended(membership)


def is_suspended(membership: Membership | None) -> bool:
    return membership is not None and membership.organization.standing is Standing.SUSPENDED


def can_see_resume(application: Application) -> bool:
    """Résumé and contact data go back to their owner when the application is withdrawn."""
    return application.stage not in HIDDEN_FROM_EMPLOYER


def can_talk(application: Application) -> bool:
    return application.stage in TALKING
