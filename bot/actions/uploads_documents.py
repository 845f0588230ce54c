"""What the card of an upload shows, as it is stored."""

import hashlib
from typing import Any, TypeVar

from pydantic import TypeAdapter

from bot.domain.uploads import Preview

T = TypeVar("T")


def to_document(value: object) -> dict[str, Any]:
    """A value of the domain as it is stored."""
    document: dict[str, Any] = TypeAdapter(type(value)).dump_python(value, mode="json")
    return document


def from_document(kind: type[T], document: dict[str, Any]) -> T:
    """The value that was stored; raises pydantic's ``ValidationError`` for what another version has stored."""
    return TypeAdapter(kind).validate_python(document)


def digest(preview: Preview) -> str:
    """The same for two previews only if they say the same of every line."""
    return hashlib.sha256(TypeAdapter(Preview).dump_json(preview)).hexdigest()
