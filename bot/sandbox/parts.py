"""What a text consists of, whichever notation it was written in: a tree of parts."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

Style = Literal["bold", "italic", "strike", "code", "underline", "highlight"]
MentionKind = Literal["user", "channel", "group", "broadcast"]


@dataclass(frozen=True, slots=True)
class Text:
    """Words as they are, with line breaks, nothing escaped."""

    text: str


@dataclass(frozen=True, slots=True)
class Styled:
    """Parts in one style."""

    style: Style
    parts: tuple["Inline", ...]


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the words that stand for it."""

    url: str
    label: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A person, channel or group by id, or @here and its like; `label` is for those that are not known."""

    kind: MentionKind
    ref: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Date:
    """An instant in seconds since 1970, to be shown in the form with its {tokens}; perhaps a link."""

    stamp: int
    form: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Emoji:
    """An emoji by its name, without the colons."""

    name: str


Inline: TypeAlias = Text | Styled | Link | Mention | Date | Emoji


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines of their own: a section of rich text, a quotation or preformatted text."""

    kind: Literal["section", "quote", "preformatted"]
    parts: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """A list; `indent` counts from 0, `first` is the number of the first item of an ordered one."""

    ordered: bool
    items: tuple[tuple[Inline, ...], ...]
    indent: int = 0
    first: int = 1


Part: TypeAlias = Inline | Paragraph | Listing
