"""Chinese numerals as people write amounts: 八千, 一万二, 一千八百五, 两万."""

_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10_000}
NUMERALS = "".join((*_DIGITS, *_POWERS))


def read_numeral(words: str) -> int | None:
    """The number, or None for what is none. A last digit without its power counts one power down: 一万二 is 12000."""
    total = section = 0
    digit: int | None = None
    last_power = 1
    for letter in words:
        if letter in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[letter]
            if digit == 0:
                last_power = 10
        elif letter in _POWERS:
            power = _POWERS[letter]
            if power == 10_000:
                total = (total + section + (digit or 0)) * power
                section = 0
            else:
                section += (1 if digit is None else digit) * power
            digit, last_power = None, power
        else:
            return None
    if digit:
        section += digit * (last_power // 10 if last_power >= 100 else 1)
    return total + section if words else None
