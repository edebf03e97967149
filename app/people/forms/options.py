"""The choices of a field, as WTForms wants them."""

from collections.abc import Iterable

from wtforms.fields.choices import SelectChoice


def offered(pairs: Iterable[tuple[object, str]]) -> list[SelectChoice]:
    return [SelectChoice(value, label) for value, label in pairs]  # type: ignore[arg-type]  # coerce takes any


def named(names: Iterable[str]) -> list[SelectChoice]:
    """Choices whose stored value is the word on screen."""
    return [SelectChoice(name, name) for name in names]
