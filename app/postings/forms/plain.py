"""Numbers and days whose complaints say what to write instead."""

from typing import Any

from wtforms import DateField, IntegerField


class WholeNumberField(IntegerField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as unreadable:
            raise ValueError("写一个整数，例如 3") from unreadable


class DayField(DateField):
    def process_formdata(self, valuelist: list[Any]) -> None:
        try:
            super().process_formdata(valuelist)
        except ValueError as unreadable:
            raise ValueError("写一个日子，格式如2026-12-31") from unreadable
