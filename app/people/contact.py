"""How a person is reached, as it appears on a document: may be masked, may be empty."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Contact:
    name: str = ""
    phone: str = ""
    email: str = ""
