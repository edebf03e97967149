"""One-time codes: six digits, ten minutes, five tries, one live code for each address and purpose."""

from dataclasses import dataclass
from datetime import timedelta
from hmac import compare_digest

from sqlalchemy import Select

from app.accounts import queries
from app.accounts.models import CodePurpose, OneTimeCode
from app.accounts.outgoing import send
from app.core.crypto import digest, new_code
from app.core.db import db, now
from app.core.errors import DomainError

LIFE = timedelta(minutes=10)
MOST_TRIES = 5
PAUSE = timedelta(seconds=60)  # between two codes to one address
MOST_IN_HOUR, MOST_IN_DAY = 5, 12

USES = {
    CodePurpose.SIGN_IN: "登录",
    CodePurpose.SIGN_UP: "注册",
    CodePurpose.RECOVERY: "找回密码",
    CodePurpose.CHANGE: "更换联系方式",
    CodePurpose.CONFIRM: "确认是你本人",
}


class CodesTooOften(DomainError):
    status = 429
    message = "验证码要得太频繁，请稍后再试"


@dataclass(frozen=True)
class Verdict:
    """Whether a typed code fits, and what to say when it does not."""

    is_right: bool
    message: str = ""


def issue(address: str, purpose: CodePurpose) -> None:
    """Send a new code to *address*; earlier ones for the same purpose stop working.

    Where a code would be of no use (no such account, or a number that is somebody else's) none is
    sent, but everything else happens as usual: the page tells nobody which numbers have accounts.

    Raises
    ------
    CodesTooOften
        The last code went out less than a minute ago, or too many in an hour or a day.
    """
    code = _write(address, purpose)
    is_known = queries.by_address(address) is not None
    if purpose is CodePurpose.CHANGE and is_known:
        send(address, "清才荟萃提醒", "有人想把这个号码换到另一个账号上。它已经有账号了，所以没有换成。")
    elif purpose is CodePurpose.SIGN_UP and is_known:
        words = f"这个号码已经有账号。验证码 {code} 可以直接登录，10 分钟内有效。"
        send(address, "清才荟萃验证码", words, is_secret=True)
    elif is_known or purpose in {CodePurpose.SIGN_UP, CodePurpose.CHANGE}:
        words = f"验证码 {code}，用于{USES[purpose]}，10 分钟内有效。不要告诉任何人，工作人员也不会问你要。"
        send(address, f"清才荟萃验证码：{USES[purpose]}", words, is_secret=True)


def _write(address: str, purpose: CodePurpose) -> str:
    moment = now()
    _check_pace(address, purpose)
    for row in db.session.scalars(_live(address, purpose)):
        row.expires_at = moment
    code = new_code()
    db.session.add(
        OneTimeCode(
            address=address,
            purpose=purpose,
            code_digest=_digest(address, purpose, code),
            created_at=moment,
            expires_at=moment + LIFE,
        )
    )
    return code


def _check_pace(address: str, purpose: CodePurpose) -> None:
    moment = now()
    rows = queries.codes_since(address, moment - timedelta(days=1))
    sent = [at for at, _ in rows]
    last = next((at for at, use in rows if use is purpose), None)
    if last and last > moment - PAUSE:
        seconds = (last + PAUSE - moment).seconds + 1
        raise CodesTooOften(f"验证码刚刚发过，请 {seconds} 秒后再要")
    if len([at for at in sent if at > moment - timedelta(hours=1)]) >= MOST_IN_HOUR:
        raise CodesTooOften("一小时内已经要了五次验证码，请过一小时再试")
    if len(sent) >= MOST_IN_DAY:
        raise CodesTooOften("今天要的验证码太多了，请明天再试")


def _live(address: str, purpose: CodePurpose) -> Select[OneTimeCode]:
    return queries.live_codes(address, purpose, now()).with_for_update()


def _digest(address: str, purpose: CodePurpose, code: str) -> str:
    return digest(f"{purpose}:{address}:{code}")


def check(address: str, purpose: CodePurpose, typed: str) -> Verdict:
    """Try *typed*. A wrong try is counted by the caller's commit, so nothing is raised; a right code is spent."""
    row = db.session.scalars(_live(address, purpose)).first()
    if row is None:
        return Verdict(False, "验证码已过期，请重新获取")
    if row.wrong_tries >= MOST_TRIES:
        return Verdict(False, "试错太多次，这个验证码已作废，请重新获取")
    if not compare_digest(row.code_digest, _digest(address, purpose, typed)):
        row.wrong_tries += 1
        left = MOST_TRIES - row.wrong_tries
        return Verdict(False, f"验证码不对，还可以试 {left} 次" if left else "验证码不对，已作废，请重新获取")
    row.used_at = now()
    return Verdict(True)
