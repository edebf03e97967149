"""Saved objects with sensible defaults, for tests: `make.posting(title="化验员")`."""

from datetime import timedelta
from itertools import count

from sqlalchemy import insert

from app.accounts.models import SignInSession, User
from app.applications.models import Application
from app.core import county_time, crypto
from app.core.db import db, now, transaction
from app.core.guard import Role
from app.organizations.models import MemberRole, Membership, Organization, OrganizationKind, Standing
from app.people.models import Person, Resume, ResumeSnapshot, Visibility
from app.postings.models import Posting, PostingState

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
WEIGHTS = (1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28)


def credit_code(number: int) -> str:
    """A unified credit code with the right check character, for organization *number*."""
    body = f"91350423MA{number:07d}"
    total = sum(CODE_ALPHABET.index(c) * w for c, w in zip(body, WEIGHTS, strict=True))
    return body + CODE_ALPHABET[(31 - total % 31) % 31]


class Make:
    """Each method saves one object, with the objects that it needs."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def _save(self, obj):
        with transaction() as session:
            session.add(obj)
        return obj

    def user(self, role=Role.SEEKER, **given):
        n = next(self._numbers)
        return self._save(User(**{"name": f"用户{n}", "phone": f"138{n:08d}", "role": role} | given))

    def sign_in(self, user):
        """A live session of *user*; returns the token that the browser keeps."""
        token = crypto.new_token()
        row = {
            "user_id": user.id,
            "token_digest": crypto.digest(token),
            "device": "测试",
            "address": "127.0.0",
        }
        with transaction() as session:  # past the audit log, so that tests may count its rows
            session.execute(insert(SignInSession.__table__), row)
        return token

    def organization(self, **given):
        n = next(self._numbers)
        today = county_time.today()
        return self._save(
            Organization(
                **{
                    "kind": OrganizationKind.ENTERPRISE,
                    "name": f"清流第{n}氟材料有限公司",
                    "credit_code": credit_code(n),
                    "place": "350423",
                    "address": "氟新材料产业园 1 号",
                    "size": "100-499",
                    "chain_links": ["含氟聚合物"],
                    "introduction": "做含氟聚合物。",
                    "handler_name": "经办人",
                    "handler_phone": "13800000000",
                    "standing": Standing.VERIFIED,
                    "verified_at": now(),
                    "verified_until": today + timedelta(days=180),
                }
                | given
            )
        )

    def recruiter(self, organization=None, role=MemberRole.OWNER, **given):
        """A user who acts for *organization* (a new verified one by default)."""
        organization = organization or self.organization()
        user = self.user(Role.ENTERPRISE, **given)
        self._save(Membership(organization=organization, user=user, role=role))
        return user

    def office(self, **given):
        return self.user(Role.OFFICE, totp_confirmed_at=now(), **given)

    def posting(self, organization=None, **given):
        """A published job of *organization*."""
        organization = organization or self.organization()
        given.setdefault("created_by", self.user(Role.ENTERPRISE))
        today = county_time.today()
        return self._save(
            Posting(
                **{
                    "kind": "job",
                    "organization": organization,
                    "title": "氟化工艺操作工",
                    "family": "生产操作",
                    "chain_link": "含氟聚合物",
                    "employment": "全职",
                    "headcount": 2,
                    "place": "350423",
                    "address": "氟新材料产业园 1 号",
                    "duties": "按操作法开停车，巡检记录，配合检修。",
                    "requirements": "中专以上，化工类专业，能上夜班。",
                    "degree": 2,
                    "majors": [],
                    "years": 0,
                    "required_certificates": [],
                    "preferred_certificates": [],
                    "skills": [],
                    "salary_min": 6000,
                    "salary_max": 8000,
                    "salary_words": "6-8K",
                    "benefits": ["五险一金"],
                    "shift": "四班三运转",
                    "contact_name": "林女士",
                    "contact_phone": "13800000000",
                    "valid_until": today + timedelta(days=60),
                    "questions": [],
                    "warnings": [],
                    "state": PostingState.PUBLISHED,
                    "published_at": now(),
                }
                | given
            )
        )

    def person(self, **given):
        """A seeker with a main résumé."""
        user = given.pop("user", None) or self.user()
        content = given.pop("content", None) or {
            "headline": "氟化工操作工",
            "work": [
                {
                    "employer": "某氟化工厂",
                    "title": "外操",
                    "started_on": "2021-03",
                    "ended_on": "2024-02",
                    "text": "现场巡检，开停车，配合检修。",
                }
            ],
            "education": [
                {"school": "某职业学院", "degree": 3, "major": "应用化工技术", "ended_on": "2020-06"}
            ],
            "skills": ["DCS 操作"],
        }
        person = self._save(
            Person(**{"user": user, "name": user.name, "visibility": Visibility.ENTERPRISES} | given)
        )
        self._save(Resume(person=person, title="我的简历", is_main=True, content=content))
        return person

    def application(self, posting=None, person=None, **given):
        """An application that was just handed in, with its snapshot."""
        posting, person = posting or self.posting(), person or self.person()
        resume = db.session.query(Resume).filter_by(person_id=person.id, is_main=True).one()
        snapshot = (
            db.session.query(ResumeSnapshot)
            .filter_by(resume_id=resume.id, resume_version=resume.version)
            .one_or_none()
        ) or ResumeSnapshot(resume=resume, resume_version=resume.version, content=resume.content)
        return self._save(
            Application(
                **{
                    "posting": posting,
                    "person": person,
                    "snapshot": snapshot,
                    "answers": [],
                    "consent_text": f"同意把简历和联系方式交给{posting.organization.name}",
                }
                | given
            )
        )
