"""How much a post says of what seekers look for. Search ranks fuller posts a little higher and tells the owner so."""

from app.postings.models import Posting

LONG_DUTIES, LONG_REQUIREMENTS = 40, 15  # characters


def _said(posting: Posting) -> dict[str, bool]:
    return {
        "班次": bool(posting.shift),
        "福利": bool(posting.benefits),
        "技能": bool(posting.skills),
        "专业": bool(posting.majors),
        "工作地址": bool(posting.address),
        "具体的工作内容": len(posting.duties) >= LONG_DUTIES,
        "具体的要求": len(posting.requirements) >= LONG_REQUIREMENTS,
    }


def gaps(posting: Posting) -> list[str]:
    """What seekers would like to read and the post does not say, as people call it."""
    return [name for name, is_said in _said(posting).items() if not is_said]


def fullness(posting: Posting) -> float:
    """The share of it that the post says, 0 to 1."""
    said = _said(posting)
    return sum(said.values()) / len(said)
