"""What is known of an article when it is written down for the first time, before it has a number."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bot.domain.kb import Kind, State


@dataclass(frozen=True, slots=True)
class NewArticle:
    """An article to be kept; one that was read elsewhere has that as ``source``, and its path or id there.

    ``body`` is Markdown. ``external_version`` is whatever changes there with the words: a number, a digest.
    ``variables`` are what a canned response asks for, with what stands there unless somebody says otherwise.
    """

    kind: Kind
    title: str
    body: str
    language: str = "en"
    product: str | None = None
    tags: tuple[str, ...] = ()
    owner_id: UUID | None = None
    source: str | None = None
    external_id: str | None = None
    external_url: str | None = None
    external_version: str | None = None
    review_days: int | None = None  # None: as the settings say
    variables: Mapping[str, str] | None = None
    state: State = State.PUBLISHED  # or a draft
