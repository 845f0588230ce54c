"""What is typed after ``/kpi``: figures, names, by what they are taken apart, and what is left for the period."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.kpi import Figure, Split
from bot.domain.kpi_named import read_figure

_AGAINST = re.compile(r"\s+(?:vs\.?|versus|against|compared (?:to|with))\s+", re.IGNORECASE)
_BY = re.compile(r"(?:^|\s)(?:by|per)\s+([a-z]+)(?=\s|$)", re.IGNORECASE)
_FILLERS = frozenset({"for", "in", "of", "on", "the", "from", "and"})
_LONGEST = 4  # words of a figure's name
_GROUPS = {"sla": (Figure.SLA_FIRST_REPLY, Figure.SLA_NEXT_REPLY, Figure.SLA_RESOLUTION)}

_SPLITS = {
    "day": Split.DAY,
    "days": Split.DAY,
    "queue": Split.QUEUE,
    "queues": Split.QUEUE,
    "channel": Split.CHANNEL,
    "channels": Split.CHANNEL,
    "team": Split.TEAM,
    "teams": Split.TEAM,
    "person": Split.MEMBER,
    "people": Split.MEMBER,
    "agent": Split.MEMBER,
    "agents": Split.MEMBER,
    "source": Split.SOURCE,
    "sources": Split.SOURCE,
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a workspace's queues, teams and channels, as they are written there."""

    queues: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()

    @property
    def longest(self) -> int:
        """How many words name one of them at most, with what it is before it."""
        return 1 + max((len(each.split()) for each in (*self.queues, *self.teams, *self.channels)), default=0)

    def __contains__(self, words: str) -> bool:
        return any(words == each.casefold() for each in (*self.queues, *self.teams, *self.channels))


@dataclass(frozen=True, slots=True)
class Typed:
    """What was understood; ``period`` and ``against`` are still to be read, empty: none was typed.

    ``no_split`` is a word by which nothing can be taken apart.
    """

    figures: tuple[Figure, ...] = ()
    queue: str | None = None
    team: str | None = None
    channel: str | None = None
    split: Split | None = None
    no_split: str = ""
    period: str = ""
    against: str = ""


def read_kpi_text(text: str, names: Names) -> Typed:
    """Figures, a queue, team or channel, ``by queue`` and periods, in any order; never raises.

    Whatever is left is the period.
    """
    typed, said = Typed(), text.strip()
    if by := _BY.search(said):
        split = _SPLITS.get(by[1].lower())
        typed = Typed(split=split, no_split="" if split else by[1])
        said = _without(said, by)
    said, *other = _AGAINST.split(f"{said} ", maxsplit=1)
    typed = _understood(typed, said, names)
    if not other:
        return typed
    beside = _understood(replace(typed, period=""), other[0], names)
    return replace(beside, period=typed.period, against=beside.period or other[0].strip())


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _understood(typed: Typed, text: str, names: Names) -> Typed:
    """With the figures and names of a text, and whatever is left as the period."""
    figures, words = _cut_figures(text.split(), names)
    return _named(replace(typed, figures=(*typed.figures, *figures)), _trimmed(words), names)


def _cut_figures(words: list[str], names: Names) -> tuple[tuple[Figure, ...], list[str]]:
    """All figures that are named, each by its longest name, and the words beside them."""
    found: list[Figure] = []
    left: list[str] = []
    at = 0
    while at < len(words):
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        some = ((_figures(" ".join(words[at : at + length]), names), length) for length in lengths)
        named, length = next(((each, length) for each, length in some if each), ((), 1))
        found += named
        left += [] if named else [words[at]]
        at += length
    return tuple(dict.fromkeys(found)), left


def _figures(words: str, names: Names) -> tuple[Figure, ...]:
    """What some words name; a queue that is called as somebody calls a figure is the queue."""
    said = words.strip(",").casefold()
    if said in _GROUPS:
        return _GROUPS[said]
    figure = read_figure(said)
    if figure is None or (said != figure and said in names):
        return ()
    return (figure,)


def _named(typed: Typed, words: list[str], names: Names) -> Typed:
    """The names at either end of what is left, and the period between or beside them."""
    for length in range(min(len(words), names.longest), 0, -1):
        for some, rest in ((words[:length], words[length:]), (words[-length:], words[:-length])):
            if found := _with_name(typed, " ".join(some), names):
                return _named(found, _trimmed(rest), names)
    return replace(typed, period=" ".join(words))


def _with_name(typed: Typed, words: str, names: Names) -> Typed | None:
    """With the queue, team or channel of this name, unless one is named already; ``team mail`` is the team."""
    kind, _, rest = words.partition(" ")
    kind = kind.lower() if rest and kind.lower() in ("queue", "team", "channel") else ""
    name = rest if kind else words
    if kind in ("", "queue") and typed.queue is None and (found := _find(name, names.queues)):
        return replace(typed, queue=found)
    if kind in ("", "team") and typed.team is None and (found := _find(name, names.teams)):
        return replace(typed, team=found)
    if kind in ("", "channel") and typed.channel is None and (found := _find(name, names.channels)):
        return replace(typed, channel=found)
    return None


def _find(words: str, names: Sequence[str]) -> str | None:
    return next((name for name in names if name.casefold() == words.casefold()), None)


def _trimmed(words: list[str]) -> list[str]:
    """Without the little words at the ends."""
    while words and words[0].lower() in _FILLERS:
        words = words[1:]
    while words and words[-1].lower() in _FILLERS:
        words = words[:-1]
    return words
