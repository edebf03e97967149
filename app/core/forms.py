"""The base form: Chinese messages, trimmed text, and the version of the row that it edits."""

import re
from types import SimpleNamespace
from typing import Any

from flask_wtf import FlaskForm
from markupsafe import Markup
from wtforms import HiddenField
from wtforms.fields import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length
from wtforms.widgets import Select

from app.core.translation import translate

GROUP = re.compile(r'(<optgroup label=")([^"]*)')


def trim(text: Any) -> Any:
    return text.replace("\x00", "").strip() if isinstance(text, str) else text


class SpokenSelect(Select):
    """A list to choose from, in the language of the page."""

    def __call__(self, field: Any, **more: Any) -> Markup:
        made = super().__call__(field, **more)
        return Markup(GROUP.sub(lambda found: f"{found[1]}{translate(found[2])}", made))  # noqa: S704 - of the site's own lists

    @classmethod
    def render_option(cls, choice: Any, **more: Any) -> Markup:
        spoken = SimpleNamespace(
            value=choice.value,
            label=translate(choice.label or choice.value),
            selected=choice.selected,
            render_kw=choice.render_kw,
        )
        return super().render_option(spoken, **more)


class SpokenMeta:
    """Chinese messages, trimmed text, and lists to choose from in the language of the page."""

    locales = ("zh_CN", "zh")

    def bind_field(self, form: Any, unbound: Any, options: dict[str, Any]) -> Field:
        if issubclass(unbound.field_class, StringField | TextAreaField):
            filters = list(unbound.kwargs.get("filters", ()))
            options = {**options, "filters": [trim, *filters]}
        field = unbound.bind(form=form, **options)
        if type(field.widget) is Select:
            field.widget = SpokenSelect(multiple=field.widget.multiple)
        return field


class BaseForm(FlaskForm):
    """Every form of the site. Text fields are trimmed; nulls, which no database keeps, are dropped."""

    class Meta(SpokenMeta):
        pass


class VersionedForm(BaseForm):
    """Carries the version that the person saw; the service compares it with the row's."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        return int(self.version.data) if (self.version.data or "").isdigit() else 0


def required(message: str) -> DataRequired:
    return DataRequired(message)


def chosen(message: str) -> InputRequired:
    return InputRequired(message)


def at_most(characters: int) -> Length:
    """A limit that is told, not enforced while pasting: `maxlength` would cut a long text without a word."""
    limit = Length(max=characters, message=f"最多 {characters} 字")
    limit.field_flags = {}
    return limit
