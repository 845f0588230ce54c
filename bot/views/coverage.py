"""Coverage as people read it: where heads are missing, and where the numbers come from."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from math import floor
from typing import Literal

from bot.domain.coverage_levels import Level
from bot.domain.coverage_shown import CoverageShown, GapShown, QueueShown, Source
from bot.domain.coverage_supply import Post
from bot.domain.wallclock import ONE_DAY, local_date
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.coverage_buttons import gap_buttons, write_ref
from bot.views.formats import Formats, amount, escape, shorten
from bot.views.ladder_button import ladder_button

SHOW, PICTURE, STANDUP = "coverage.show", "coverage.picture", "coverage.standup"
SURPLUS = "coverage.surplus"
MOST_PICTURED = 7  # days
_NAME, _MOST_GAPS, _MOST_POSTS = 40, 15, 4
_LONGEST_NAME = 5 * _NAME  # characters, when it is escaped
_MOST_FILLABLE = 5
_MOST_SMALL, _IN_ONE = 10, 5
# Characters of the lines of an answer; escaped, a character takes up to five.
_MOST_SAID = 8000
_SOURCES = {
    Source.PLAN: "an imported plan",
    Source.SETTING: "the settings",
    Source.FORECAST: "a forecast",
    Source.MINIMUM: "the fewest that always have to be there",
}

FILES = (
    "How many are needed I learn from files, dropped into our direct messages: a plan "
    "(`date,start,end,queue,heads`) or contact volumes (`interval_start,queue,offered,aht_seconds`), of which I "
    "make a forecast"
)

Kind = Literal["look", "plan", "whatif"]


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked for, of which days, and of which queue if of one; ``percent`` is how many more contacts."""

    kind: Kind
    first: date
    last: date
    queue: str | None = None
    percent: float = 0.0

    @property
    def value(self) -> str:
        """What a button carries that asks for it."""
        return f"{self.kind} {self.first} {self.last} {self.percent:g} {self.queue or ''}"


def read_value(value: str) -> Request:
    """What a button asks for."""
    kind, first, last, percent, queue = value.split(" ", 4)
    known: Kind = "plan" if kind == "plan" else "whatif" if kind == "whatif" else "look"
    return Request(known, date.fromisoformat(first), date.fromisoformat(last), queue or None, float(percent))


def coverage(shown: CoverageShown, formats: Formats, asked: Request, command: str, now: datetime) -> Message:
    """The gaps of some days, or that there are none, or what is to be done so that they can be told."""
    today = local_date(now, formats.zone)
    when = formats.days(shown.first, shown.last, today)
    title = f"*Coverage* · {when}{f' · {name(shown.queue)}' if shown.queue else ''}"
    if not shown.is_known:
        said = "I do not know how many people are needed then."
        return message(f"{said} ({when})", section(f"{title}\n{said}"), *_how_to_begin(shown, command))
    lines = [f"• {gap_words(each, formats, today)}" for each in shown.gaps]
    said = f"{_count(len(lines), 'gap')}" if lines else "Enough people are there."
    notes = [*_parts(shown.gaps), *source_lines(shown.queues, formats, today), *_planned(shown, formats, today)]
    return message(
        f"Coverage, {when}: {said}" + (f", the first {lines[0].removeprefix('• ')}" if lines else ""),
        section(f"{title} · {said}"),
        *_fillable(shown.gaps, as_many_as_fit(lines, _MOST_GAPS), command),
        *small_print(notes),
        buttons(*look_further(asked), *_today(shown, formats, today)),
        context(f"More: `{command} help` · times in {formats.zone.key.replace('_', ' ')}"),
    )


def gap_words(shown: GapShown, formats: Formats, today: date) -> str:
    """When, how many are missing where, the service level to be expected, and whether somebody lives with it."""
    gap, worst = shown.gap, shown.gap.worst
    start = local_date(gap.interval.start, formats.zone)
    some = "" if len({each.short for each in gap.parts}) == 1 else "up to "
    named = [post_name(each) for each in sorted(gap.posts)]
    named[_MOST_POSTS:] = [f"{len(named) - _MOST_POSTS} more"] if len(named) > _MOST_POSTS else []
    posts = " and ".join(named)
    missing = f"{posts} {some}−{heads(worst.short)} ({heads(worst.there)} of {heads(worst.required)})"
    several = len(shown.levels) > 1
    levels = (
        f"{f'{name(queue)}: ' if several else ''}{level_words(level)}"
        for queue, level in list(shown.levels.items())[:_MOST_POSTS]
    )
    risk = ["risk accepted"] if shown.accepted else []
    return " · ".join([f"{formats.day(start, today)}, {formats.hours(gap.interval)}", missing, *levels, *risk])


def level_words(level: Level) -> str:
    """The service level, or by how much the queue grows."""
    if level.service_level is None:
        return f"the queue grows by {max(1, round(level.grows))} an hour"
    return f"service level {amount(f'{percent_met(level.service_level)}', '%')}"


def percent_met(share: float) -> int:
    """A service level in whole percent, never more than it is: whatever falls short of 80 does not read 80."""
    return floor(round(100 * share, 6))


def post_name(post: Post) -> str:
    """A queue, with the skill that is meant."""
    return f"{name(post.queue)} ({name(post.skill)})" if post.skill else name(post.queue)


def name(queue: str) -> str:
    """A queue as it is written between other words."""
    return escape(shorten(queue, _NAME))


def heads(number: float) -> str:
    """People, of whom some count for less than one."""
    return f"{round(number, 1):g}"


def source_lines(queues: Iterable[QueueShown], formats: Formats, today: date) -> Iterator[str]:
    """Where the numbers of queues come from, and how good forecasts are; as one where that is alike."""
    every = list(queues)
    alike: defaultdict[object, list[QueueShown]] = defaultdict(list)
    for each in every:
        alike[each.sources, _tried(each)].append(each)
    for some in alike.values():
        yield f"{_names(some)}: {_sources(some)}{_quality(some, formats, today)}"
    if silent := [each for each in every if each.no_handle_time]:
        yield f"{_names(silent)}: contacts are expected, but nothing says how long each of them takes"


def as_many_as_fit(lines: Sequence[str], most: int) -> list[str]:
    """So many lines at most, and no more than a message holds; then how many there are left."""
    said: list[str] = []
    for line in lines[:most]:
        if sum(map(len, said)) + len(line) > _MOST_SAID:
            break
        said.append(line)
    more = len(lines) - len(said)
    return [*said, f"and {more} more: ask for fewer days or one queue"] if more else said


def small_print(lines: Sequence[str]) -> Iterator[Block]:
    """Small grey lines, a few in one block each, so that many queues need few blocks."""
    some = [*lines[:_MOST_SMALL], f"and {len(lines) - _MOST_SMALL} more"] if len(lines) > _MOST_SMALL else lines
    for at in range(0, len(some), _IN_ONE):
        yield context("\n".join(some[at : at + _IN_ONE]))


def _fillable(gaps: Sequence[GapShown], lines: Sequence[str], command: str) -> Iterator[Block]:
    """The first of them, each with what can be done about it, then the other lines."""
    number = min(_MOST_FILLABLE, len(gaps), len(lines))
    for each, line in zip(gaps[:number], lines[:number], strict=True):
        yield section(line)
        ref = write_ref(each.gap, each.known)
        yield buttons(*gap_buttons(ref, line.removeprefix("• "), accepted=each.accepted))
    if rest := lines[number:]:
        yield from paragraphs(rest)
        yield context(f"To do something about one of these, name its day, such as `{command} sat`, or its queue.")


def _parts(gaps: Iterable[GapShown]) -> Iterator[str]:
    """Why somebody is half a person, where that can be read."""
    if any(
        heads(number) != f"{number:.0f}"
        for each in gaps
        for number in (each.gap.worst.there, each.gap.worst.short)
    ):
        yield "Whoever is new, or has less than the full capacity, counts as a part of a person"


def _how_to_begin(shown: CoverageShown, command: str) -> Iterator[Block]:
    silent = [name(each.name) for each in shown.queues if each.no_handle_time]
    if silent:
        yield section(
            f"Contacts are expected for {', '.join(silent)}, but nothing says how long each of them takes: "
            "import volumes with `aht_seconds`, or say it in the settings of the queue."
        )
    yield section(f"{FILES}. Or say it in the settings of a queue, in lines such as `mon-fri 09:00-17:00 8`.")
    yield context(f"More: `{command} help`")


def _tried(queue: QueueShown) -> tuple[date, bool, bool] | None:
    """Up to when its forecast goes, and which of its errors are known; None where there is none."""
    if queue.quality is None or Source.FORECAST not in queue.sources:
        return None
    return queue.quality.until, queue.quality.wape is not None, bool(queue.quality.last_week)


def _names(queues: Sequence[QueueShown]) -> str:
    """Together no longer than one name may be, so that as many lines fit as of single queues."""
    every = [name(each.name) for each in queues]
    long = (number for number in range(2, len(every) + 1) if len(", ".join(every[:number])) > _LONGEST_NAME)
    fit = next(long, len(every) + 1) - 1
    *others, last = [*every[:fit], f"{len(every) - fit} more"] if fit < len(every) else every
    return f"{', '.join(others)} and {last}" if others else last


def _sources(alike: Sequence[QueueShown]) -> str:
    one = len(alike) == 1
    named = [words for source, words in _SOURCES.items() if source in alike[0].sources]
    said = " and ".join(named) or f"nothing says how many {'it needs' if one else 'they need'}"
    return said if one else said.replace(_SOURCES[Source.FORECAST], "forecasts")


def _quality(alike: Sequence[QueueShown], formats: Formats, today: date) -> str:
    tried, one = _tried(alike[0]), len(alike) == 1
    if tried is None:
        return ""
    until = f"the median of like weekdays up to {formats.day(tried[0], today)}"
    known = [each.quality for each in alike if each.quality]
    errors = [each.wape for each in known if each.wape is not None]
    if not errors:
        return f" ({until}; too few weeks to say how good {'it is' if one else 'they are'})"
    off = f"off by {_percents(errors)} over {'its' if one else 'their'} last weeks"
    before = [each.last_week for each in known if each.last_week]
    last = f", last week’s numbers by {_percents(before)}" if before else ""
    return f" ({until}; {off}{last})"


def _planned(shown: CoverageShown, formats: Formats, today: date) -> Iterator[str]:
    if shown.planned_until:
        yield f"No shifts are planned yet after {formats.day(shown.planned_until, today)}"


def _today(shown: CoverageShown, formats: Formats, today: date) -> Iterator[Block]:
    """What can be done on the day itself: against the first gap, or where nobody is missing."""
    if not shown.first <= today <= shown.last:
        return
    short = (each.gap for each in shown.gaps if local_date(each.gap.interval.start, formats.zone) <= today)
    if gap := next(short, None):
        yield ladder_button(gap.interval, min(gap.worst.posts).queue)
    else:
        yield button("Offer time off…", SURPLUS, "today")


def look_further(asked: Request, *, pictured: bool = True) -> Iterator[Block]:
    """Buttons for other days, and for more of the same."""
    length = asked.last - asked.first + ONE_DAY
    for label, by in (("Earlier", -length), ("Later", length)):
        moved = Request(asked.kind, asked.first + by, asked.last + by, asked.queue)
        yield button(label, f"{SHOW}.{label.lower()}", moved.value)
    if pictured and length <= MOST_PICTURED * ONE_DAY:
        yield button("Heat map", PICTURE, asked.value)
    plan = Request("plan", asked.first, asked.last, asked.queue)
    yield button("How many to roster", f"{SHOW}.plan", plan.value)
    yield button("How the day stands", STANDUP, asked.value)


def _percents(shares: Iterable[float]) -> str:
    """One, or from the least to the most."""
    whole = sorted({round(100 * each) for each in shares})
    return amount("–".join(map(str, dict.fromkeys((whole[0], whole[-1])))), "%")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
