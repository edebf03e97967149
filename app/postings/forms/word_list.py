"""A field for several short words, typed in one line with 、 or commas between."""

import re
from typing import Any

from wtforms import Field, Form, StringField
from wtforms.validators import ValidationError

SEPARATORS = re.compile(r"[、，,;；|\n\r\t]+")


class WordListField(StringField):
    """`data` is a list; the author's order is kept and nothing stands twice."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        if valuelist:
            pieces = (piece.replace("\x00", "").strip() for piece in SEPARATORS.split(valuelist[0]))
            self.data = list(dict.fromkeys(piece for piece in pieces if piece))

    def _value(self) -> str:
        return "、".join(self.data or [])


class FewWords:
    """At most so many words, none of them longer than so many characters."""

    def __init__(self, most: int = 20, longest: int = 40) -> None:
        self.most, self.longest = most, longest

    def __call__(self, form: Form, field: Field) -> None:
        words = field.data or []
        if len(words) > self.most:
            raise ValidationError(f"最多写{self.most}个，现在有{len(words)}个")
        if any(len(word) > self.longest for word in words):
            raise ValidationError(f"每个最多{self.longest}字，用顿号「、」隔开")
