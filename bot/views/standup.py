"""The post at stand-up: how the day stands, in one message."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.standup_shown import FloorOfDay, GapsAhead, OpenToday, QueueToday, TeamAway, Undecided
from bot.views.blocks import Message, message, paragraphs
from bot.views.coverage import gap_words, name
from bot.views.formats import Formats, escape, person, shorten
from bot.views.requests import work_words, zone_line

_MOST_NAMES, _NAME = 8, 40
_LONGEST = 2400  # characters; a paragraph has at most 3,000
_NOTHING = "Nothing to report: no gap, nobody away, nothing open or waiting."


def standup(day: date, floor: Sequence[str], others: Sequence[Sequence[str]], formats: Formats) -> Message:
    """The floor, then whatever there is to say of the rest."""
    title = f"*How the day stands* · {formats.day(day)}"
    rest = [line for lines in others for line in lines]
    return message(
        f"{formats.day(day)}: {_plain(floor)} {_plain(rest) if rest else _NOTHING}".strip(),
        *paragraphs([title, *floor, *(rest or [_NOTHING])]),
        zone_line(formats),
    )


def floor_lines(floor: FloorOfDay, formats: Formats) -> list[str]:
    """Who is on by queue, and which leads."""
    if not floor.queues:
        return ["*On*: nobody is planned"]
    queues = _listed([_queue(each, formats) for each in floor.queues], "; ", "queues")
    leads = _listed([f"{person(who)} {formats.hours(when)}" for who, when in floor.leads], ", ", "leads")
    lines = [f"*On*: {queues}", f"*Leads*: {leads or 'none is on'}"]
    if floor.unworked:
        lines.append(f"*Needs an owner*: {_count(floor.unworked, 'shift')}")
    return lines


def gap_lines(ahead: GapsAhead, formats: Formats) -> list[str]:
    """The gaps of the day and the next."""
    if not ahead.gaps:
        return []
    lines = [
        f"• {gap_words(each, formats, each.gap.interval.start.astimezone(formats.zone).date())}"
        for each in ahead.gaps
    ]
    return ["*Gaps*", _listed(lines, "\n", "gaps")]


def away_lines(teams: Sequence[TeamAway], _formats: Formats) -> list[str]:
    """Who is away, by team, and never why."""
    said = _listed([_team(each) for each in teams], "; ", "teams")
    return [f"*Away*: {said}"] if said else []


def open_lines(today: OpenToday, formats: Formats) -> list[str]:
    """What is offered and nobody has taken."""
    counts = [(today.open_shifts, "open shift"), (today.covers, "cover")]
    said = " and ".join(_count(number, noun) for number, noun in counts if number)
    if not said or today.first is None:
        return []
    return [f"*Still to be taken*: {said}, the first {work_words(today.first, None, formats)}"]


def undecided_lines(waiting: Undecided, _formats: Formats) -> list[str]:
    """What waits for approval."""
    counts = [
        (waiting.swaps, "swap"),
        (waiting.covers, "cover"),
        (waiting.timeoff, "request for time off"),
        (waiting.exceptions, "exception"),
    ]
    said = ", ".join(_count(number, noun) for number, noun in counts if number)
    return [f"*Waiting for approval*: {said}"] if said else []


def _queue(today: QueueToday, formats: Formats) -> str:
    queue = name(today.queue) if today.queue else "no queue"
    people = "1 person" if today.people == 1 else f"{today.people} people"
    return f"{queue} {people}, {formats.hours(today.interval)}"


def _team(away: TeamAway) -> str:
    named = [escape(shorten(each, _NAME)) for each in away.people[:_MOST_NAMES]]
    more = len(away.people) - len(named)
    names = ", ".join(named) + (f" and {more} more" if more else "")
    return f"{escape(shorten(away.team, _NAME)) if away.team else 'no team'} {len(away.people)} ({names})"


def _listed(parts: Sequence[str], between: str, noun: str) -> str:
    """As many as a paragraph holds; escaped, a character takes up to five."""
    shown: list[str] = []
    for each in parts:
        if sum(map(len, shown)) + len(each) > _LONGEST:
            break
        shown.append(each)
    more = len(parts) - len(shown)
    return between.join([*shown, f"and {more} more {noun}"] if more else shown)


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    first, _, rest = noun.partition(" for ")
    return f"{number} {first}s{f' for {rest}' if rest else ''}"


def _plain(lines: Sequence[str]) -> str:
    return " ".join(_sentences(lines))


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        text = line.replace("*", "").removeprefix("• ")
        yield text if text.endswith((".", ":")) else f"{text}."
