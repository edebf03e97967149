"""Run inside the measured site's environment: ids of open posts, signed-in cookies. Prints JSON."""

import json
import sys

from sqlalchemy import select

from app import create_app
from app.accounts.consents import current_versions
from app.accounts.models import SignInSession, User
from app.core import crypto
from app.core.db import db, transaction
from app.core.guard import Role
from app.discovery import queries
from config import Config


def main(sessions: int) -> None:
    app = create_app(Config)
    with app.app_context():
        ids = [posting.id for posting in queries.open_postings_in_batches(1_000)]
        users = db.session.scalars(
            select(User.id).where(User.role == Role.SEEKER).order_by(User.id).limit(sessions)
        ).all()
        tokens = [crypto.new_token() for _ in users]
        with transaction() as session:
            session.add_all(
                SignInSession(
                    user_id=user, token_digest=crypto.digest(token), device="bench", address="127.0.0"
                )
                for user, token in zip(users, tokens, strict=True)
            )
        signer = app.session_interface.get_signing_serializer(app)
        cookies = [
            "session=" + signer.dumps({"token": token, "consents": current_versions()}) for token in tokens
        ]
    print(json.dumps({"ids": ids, "cookies": cookies}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
