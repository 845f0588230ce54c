"""What a folder of Markdown says of its articles."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Protocol
from uuid import UUID

from bot.domain.imports import BadFile, Problem
from bot.domain.kb import FOLDER, Kind, State
from bot.domain.kb_new import NewArticle

_LANGUAGE = re.compile(r"[a-z]{2,3}(?:[-_][a-z0-9]{2,8})?", re.IGNORECASE)
_KEYS = ("article", "title", "owner", "tags", "product", "language", "kind", "review_days", "state", "draft")
_KINDS = {**{kind.value: kind for kind in Kind}, "procedure": Kind.SOP, "response": Kind.CANNED}
_STATES = {"draft": State.DRAFT, "published": State.PUBLISHED}
_TRUE, _FALSE = ("true", "yes", "on"), ("false", "no", "off", "")
_MOST_DAYS, _LONGEST_TITLE, _LONGEST = 1000, 150, 80
# Files that stand for their folder.
_OF_FOLDER = ("index", "readme", "_index")


class Said(Protocol):
    """What is said of something on top of a file."""

    @property
    def words(self) -> str | tuple[str, ...]:
        """A word or several."""

    @property
    def line(self) -> int:
        """Where it stands."""


class File(Protocol):
    """A Markdown file as it was read."""

    @property
    def path(self) -> str:
        """Within the folder."""

    @property
    def digest(self) -> str:
        """Of its content."""

    @property
    def front(self) -> Mapping[str, Said]:
        """What stands on top of it."""

    @property
    def body(self) -> str:
        """Its words."""

    @property
    def heading(self) -> str | None:
        """The first in it."""


@dataclass(frozen=True, slots=True)
class Read:
    """Articles; keys that mean nothing here; and owners who are not on the roster, with how many."""

    articles: tuple[NewArticle, ...]
    ignored: tuple[str, ...]
    strangers: Mapping[str, int]


def read_articles(files: Iterable[File], people: Mapping[str, UUID], language: str) -> Read:
    """The articles of these files; ``people`` are by e-mail, ``language`` is that of whatever names none.

    Raises ``BadFile`` with all that is wrong, each by file and line.
    """
    articles: list[NewArticle] = []
    problems: list[Problem] = []
    ignored: dict[str, None] = {}
    strangers: dict[str, int] = {}
    for file in files:
        reading = _Reading(file)
        articles.append(reading.article(people, language))
        problems += reading.problems
        ignored |= dict.fromkeys(key for key in file.front if key not in _KEYS)
        owner = reading.word("owner")
        if owner and owner.casefold() not in people:
            strangers[owner] = strangers.get(owner, 0) + 1
    if problems:
        raise BadFile(problems)
    return Read(tuple(articles), tuple(ignored), strangers)


def title_of_path(path: str) -> str:
    """A title for a file that gives none: of its name, or of its folder's where it stands for that."""
    whole = PurePosixPath(path)
    name = whole.parent.name if whole.stem.casefold() in _OF_FOLDER and whole.parent.name else whole.stem
    words = re.sub(r"[-_]+", " ", re.sub(r"^\d+[-_. ]+", "", name)).strip() or name
    return words[:1].upper() + words[1:]


class _Reading:
    """One file."""

    def __init__(self, file: File) -> None:
        self.problems: list[Problem] = []
        self._file = file

    def article(self, people: Mapping[str, UUID], language: str) -> NewArticle:
        file = self._file
        title = self.word("title") or file.heading or title_of_path(file.path)
        if not file.body.strip():
            self._wrong("text", 1, "", "some words below the front matter")
        return NewArticle(
            self._kind(),
            title[:_LONGEST_TITLE],
            file.body,
            self._language(language),
            (self.word("product") or "")[:_LONGEST] or None,
            tuple(self._tags()),
            people.get((self.word("owner") or "").casefold()),
            FOLDER,
            file.path,
            external_version=file.digest,
            review_days=self._review_days(),
            state=self._state(),
        )

    def word(self, key: str) -> str | None:
        """What is said, where it is one word or line."""
        said = self._file.front.get(key)
        if said is None:
            return None
        if isinstance(said.words, tuple):
            self._wrong(key, said.line, ", ".join(said.words), "one value")
            return None
        return " ".join(said.words.split()) or None

    def _kind(self) -> Kind:
        word = self.word("kind")
        if word and word.casefold() not in _KINDS:
            self._refuse("kind", word, "article, sop, guide or canned")
        return _KINDS.get((word or "").casefold(), Kind.ARTICLE)

    def _language(self, usual: str) -> str:
        word = self.word("language")
        if word and not _LANGUAGE.fullmatch(word):
            self._refuse("language", word, "a code such as en or de")
        return word.replace("_", "-") if word else usual

    def _review_days(self) -> int | None:
        word = self.word("review_days")
        if word is None:
            return None
        if not (word.isascii() and word.isdigit() and 1 <= int(word[:9]) <= _MOST_DAYS):
            self._refuse("review_days", word, f"days from 1 to {_MOST_DAYS}")
            return None
        return int(word)

    def _state(self) -> State:
        draft, state = self.word("draft"), self.word("state")
        if draft is not None and draft.casefold() not in (*_TRUE, *_FALSE):
            self._refuse("draft", draft, "true or false")
        if state is not None and state.casefold() not in _STATES:
            self._refuse("state", state, "draft or published")
        if (draft or "").casefold() in _TRUE:
            return State.DRAFT
        return _STATES.get((state or "").casefold(), State.PUBLISHED)

    def _tags(self) -> Iterator[str]:
        said = self._file.front.get("tags")
        words = said.words if said else ()
        every = words.split(",") if isinstance(words, str) else words
        yield from dict.fromkeys(each.strip().lstrip("#")[:_LONGEST] for each in every if each.strip("# "))

    def _refuse(self, key: str, value: str, expected: str) -> None:
        self._wrong(key, self._file.front[key].line, value, expected)

    def _wrong(self, key: str, line: int, value: str, expected: str) -> None:
        problem = Problem(self._file.path, line, key, value, expected)
        if problem not in self.problems:
            self.problems.append(problem)
