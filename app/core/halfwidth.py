"""Full-width forms made plain without moving a single character, so that positions stay true."""

_TABLE: dict[int, int] = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_TABLE |= dict.fromkeys((0x3000, 0x00A0, 0x2002, 0x2003, 0x2009, 0x202F), 0x20)
_TABLE |= dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212), 0x2D)
_TABLE |= {0x301C: 0x7E, 0x223C: 0x7E, 0xFF5E: 0x7E}


def half_width(text: str) -> str:
    """The same text, same length, with full-width letters, digits, marks, dashes and spaces made ASCII.

    `，。：；？！（）` become `,.:;?!()` except `。`, which has no ASCII twin in Unicode and stays.
    """
    return text.translate(_TABLE)
