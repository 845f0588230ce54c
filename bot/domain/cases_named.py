"""A case as it is named wherever something else is about it."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class CaseNamed:
    """Its number, what it is about, and where it stands in a helpdesk, if it mirrors one."""

    id: UUID
    number: int
    title: str
    source: str | None = None
    external_id: str | None = None
    url: str | None = None
