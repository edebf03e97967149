"""Numbers people type: unified credit code, mobile number, e-mail. Every refusal names the spot in words.

Nothing here asks the network.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

import phonenumbers
from stdnum.cn import uscc

from app.core import places
from app.core.halfwidth import half_width


class Fault(StrEnum):
    EMPTY = "empty"
    LENGTH = "length"
    LETTER = "letter"
    CHECK = "check"
    SWAPPED = "swapped"
    AUTHORITY = "authority"
    REGION = "region"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a number; `position` counts from 1, None where no single spot is to blame."""

    fault: Fault
    message: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """`value` is the normal form and is empty exactly when there are problems."""

    value: str
    problems: tuple[Problem, ...] = ()

    @property
    def is_valid(self) -> bool:
        return not self.problems

    @property
    def message(self) -> str:
        return "；".join(problem.message for problem in self.problems)


_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LOOKS_LIKE = {"I": "1", "O": "0", "Z": "2", "S": "5", "V": "U"}
_FIRST_TWO = re.compile(r"1[1-39]|2[19]|3[1-59]|4[19]|5[1-39]|6[129]|7[129]|8[19]|9[1-3]|A[19]|N[1-39]|Y1")
_CODE_LENGTH = 18
_ORGANIZATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def check_credit_code(text: str) -> Checked:
    """A unified credit code (统一社会信用代码, GB 32100-2015), wrong digit named.

    The code carries two check digits: the 17th closes places 9-16 (GB 11714), the 18th everything before it.
    Where both fail, the slip is in places 9-17; where only the 18th fails, it is most likely outside them
    (the 17th, modulo 11, misses one slip in ten).
    """
    code = "".join(half_width(text).upper().split()).replace("-", "")
    if not code:
        return _wrong(Problem(Fault.EMPTY, "请填写统一社会信用代码"))
    letters = tuple(_letter_problems(code))
    if len(code) != _CODE_LENGTH:
        missing = _CODE_LENGTH - len(code)
        amount = f"少了{missing}位" if missing > 0 else f"多了{-missing}位"
        return _wrong(Problem(Fault.LENGTH, f"统一社会信用代码是18位，现在{len(code)}位，{amount}"), *letters)
    if letters:
        return _wrong(*letters)
    if code[-1] != uscc.calc_check_digit(code[:-1]):
        return _wrong(*_check_problems(code))
    parts = tuple(_part_problems(code))
    return _wrong(*parts) if parts else Checked(code)


def _wrong(*problems: Problem) -> Checked:
    return Checked("", problems)


def _letter_problems(code: str) -> list[Problem]:
    problems = []
    for position, letter in enumerate(code, 1):
        if letter in _ALPHABET and not (letter.isalpha() and 3 <= position <= 8):
            continue
        kind = "字母" if letter.isascii() and letter.isalpha() else "字符"
        hint = f"，是不是{_LOOKS_LIKE[letter]}" if letter in _LOOKS_LIKE else ""
        where = "第3到8位是行政区划，只能是数字；" if letter in _ALPHABET else ""
        problems.append(
            Problem(Fault.LETTER, f"{where}第{position}位有不允许的{kind}{letter}{hint}", position)
        )
    return problems


def _check_problems(code: str) -> list[Problem]:
    swapped = _swapped_pair(code)
    if swapped:
        first, second = swapped, swapped + 1
        return [Problem(Fault.SWAPPED, f"第{first}位和第{second}位可能写反了，请对照营业执照", first)]
    expected = organization_check_digit(code[8:16])
    if code[16] != expected:
        message = f"第17位应是{expected}，现在是{code[16]}：有一位抄错了，多半在第9到17位，请对照营业执照"
        return [Problem(Fault.CHECK, message, 17)]
    expected = uscc.calc_check_digit(code[:-1])
    message = f"第18位应是{expected}，现在是{code[17]}：有一位抄错了，多半在第1到8位或第18位，请对照营业执照"
    return [Problem(Fault.CHECK, message, 18)]


def _swapped_pair(code: str) -> int | None:
    """The place (from 1) whose exchange with its neighbour mends both check digits, if exactly one does.

    Of several the one that also gives an existing county is taken.
    """
    mended = {}
    for index in range(_CODE_LENGTH - 1):
        attempt = code[:index] + code[index + 1] + code[index] + code[index + 2 :]
        if attempt != code and _is_sound(attempt):
            mended[index + 1] = attempt
    if len(mended) > 1:
        mended = {place: each for place, each in mended.items() if places.current(each[2:8])}
    return next(iter(mended)) if len(mended) == 1 else None


def _is_sound(code: str) -> bool:
    return (
        code[2:8].isdigit()
        and code[-1] == uscc.calc_check_digit(code[:-1])
        and code[16] == organization_check_digit(code[8:16])
        and not _part_problems(code)
    )


def organization_check_digit(body: str) -> str:
    """The ninth character of an organization code (GB 11714) for its first eight."""
    total = sum(int(letter, 36) * weight for letter, weight in zip(body, _ORGANIZATION_WEIGHTS, strict=True))
    return "0123456789X0"[11 - total % 11]


def _part_problems(code: str) -> list[Problem]:
    problems = []
    if not _FIRST_TWO.match(code):
        problems.append(Problem(Fault.AUTHORITY, f"前两位“{code[:2]}”不是有效的登记部门和类别", 1))
    if not places.name(f"{code[2:4]}0000"):
        problems.append(Problem(Fault.REGION, f"第3到8位“{code[2:8]}”不是有效的行政区划", 3))
    return problems


_MOBILE = re.compile(r"1[3-9]\d{9}")
_NOT_DIGITS = re.compile(r"[\s().·\-]+")


def check_mobile(text: str) -> Checked:
    """A mainland mobile number as 11 digits, or one of Taiwan, Hong Kong or Macau as +886…, +852…, +853….

    `+86 138-0013-8000`, full-width digits and spaces anywhere are understood.
    """
    number = _NOT_DIGITS.sub("", half_width(text))
    number = re.sub(r"^00(?=86|886|852|853)", "+", number)
    if not number:
        return _wrong(Problem(Fault.EMPTY, "请填写手机号"))
    if number.startswith(("+886", "+852", "+853")):
        return _neighbour_mobile(number)
    number = re.sub(r"^(?:\+86|86(?=1\d{10}$))", "", number)
    strange = re.search(r"\D", number)
    if strange:
        return _wrong(Problem(Fault.LETTER, f"手机号只能是数字，现在有“{strange[0]}”", strange.start() + 1))
    if number.startswith("0"):
        return _wrong(Problem(Fault.FORM, "这是座机号，请填写手机号", 1))
    if len(number) != 11:
        missing = 11 - len(number)
        amount = f"少了{missing}位" if missing > 0 else f"多了{-missing}位"
        return _wrong(Problem(Fault.LENGTH, f"手机号是11位，现在{len(number)}位，{amount}"))
    if not _MOBILE.fullmatch(number):
        return _wrong(Problem(Fault.FORM, "手机号以13到19开头，请检查前两位", 1))
    return Checked(number)


def _neighbour_mobile(number: str) -> Checked:
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return _wrong(Problem(Fault.FORM, "手机号格式不对，请检查"))
    if not phonenumbers.is_valid_number(parsed):
        return _wrong(Problem(Fault.FORM, "手机号位数或号段不对，请检查"))
    return Checked(phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164))


_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})")


def check_email(text: str) -> Checked:
    """An e-mail address as typed, half-width and wholly lower case so that one mailbox is one account."""
    address = half_width(text).strip().replace("。", ".").lower()
    if not address:
        return _wrong(Problem(Fault.EMPTY, "请填写邮箱"))
    if re.search(r"\s", address):
        return _wrong(Problem(Fault.FORM, "邮箱里不能有空格"))
    local, at, domain = address.rpartition("@")
    if not at or not local or not domain:
        return _wrong(Problem(Fault.FORM, "邮箱要写成 名字@网站 的样子，例如 name@example.com"))
    if "@" in local:
        return _wrong(Problem(Fault.FORM, "邮箱里只能有一个@"))
    if len(local) > 64 or len(address) > 254:
        return _wrong(Problem(Fault.LENGTH, "邮箱太长了"))
    if not _LOCAL_PART.fullmatch(local):
        return _wrong(Problem(Fault.FORM, "@前面有不允许的字符，或点号的位置不对"))
    encoded = _ascii_domain(domain)
    if not _DOMAIN.fullmatch(encoded):
        return _wrong(Problem(Fault.FORM, f"@后面的“{domain}”不是完整的网站名"))
    return Checked(f"{local}@{encoded}")


def _ascii_domain(domain: str) -> str:
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return ""
