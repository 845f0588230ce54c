"""Coverage as people read it: where heads are missing, and where the numbers come from."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.domain.coverage_levels import Level
from bot.domain.coverage_shown import CoverageShown, GapShown, QueueShown, Source
from bot.domain.coverage_supply import Post
from bot.domain.wallclock import ONE_DAY, local_date
from bot.domain.when import Ambiguous, NotUnderstood
from bot.views.blocks import Block, Message, button, buttons, context, header, message, paragraphs, section
from bot.views.formats import Formats, amount, escape, shorten

SHOW, PICTURE = "coverage.show", "coverage.picture"
MOST_PICTURED = 7  # days
_NAME, _REST, _MOST_GAPS, _MOST_NAMES, _MOST_POSTS = 40, 200, 15, 10, 4
_MOST_SMALL, _IN_ONE = 10, 5
# Characters of the lines of an answer; escaped, a character takes up to five.
_MOST_SAID = 8000
_SOURCES = {
    Source.PLAN: "an imported plan",
    Source.SETTING: "the settings",
    Source.FORECAST: "a forecast",
    Source.MINIMUM: "the fewest that always have to be there",
}

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
    gaps = as_many_as_fit([f"• {gap_words(each, formats, today)}" for each in shown.gaps], _MOST_GAPS)
    said = f"{_count(len(shown.gaps), 'gap')}" if gaps else "Enough people are there."
    notes = [*source_lines(shown.queues, formats, today), *_planned(shown, formats, today)]
    return message(
        f"Coverage, {when}: {said}" + (f", the first {gaps[0].removeprefix('• ')}" if gaps else ""),
        *paragraphs([f"{title} · {said}", *gaps]),
        *small_print(notes),
        buttons(*_offered(asked)),
        context(f"More: `{command} help` · times in {formats.zone.key.replace('_', ' ')}"),
    )


def gap_words(shown: GapShown, formats: Formats, today: date) -> str:
    """When, how many are missing where, and the service level to be expected."""
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
    return " · ".join([f"{formats.day(start, today)}, {formats.hours(gap.interval)}", missing, *levels])


def level_words(level: Level) -> str:
    """The service level, or by how much the queue grows."""
    if level.service_level is None:
        return f"the queue grows by {max(1, round(level.grows))} an hour"
    return f"service level {amount(f'{100 * level.service_level:.0f}', '%')}"


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
    """Where the numbers of each queue come from, and how good a forecast is."""
    for each in queues:
        named = [words for source, words in _SOURCES.items() if source in each.sources]
        said = " and ".join(named) or "nothing says how many it needs"
        yield f"{name(each.name)}: {said}{_quality(each, formats, today)}"
        if each.no_handle_time:
            yield f"{name(each.name)}: contacts are expected, but nothing says how long each of them takes"


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


def choose(meaning: Ambiguous, request: Request, formats: Formats, today: date) -> Message:
    """Which days are meant, each as a button."""
    text = "Which one do you mean?" if len(meaning.choices) > 1 else "Is this what you mean?"
    offered = [
        button(
            shorten(formats.when(each, today), 75),
            f"{SHOW}.{number}",
            Request(request.kind, each.first, each.last, request.queue, request.percent).value,
        )
        for number, each in enumerate(meaning.choices)
    ]
    return message(text, section(text), buttons(*offered))


def not_understood(meaning: NotUnderstood, formats: Formats, command: str, queues: Sequence[str]) -> Message:
    """What made no sense, and what would."""
    rest = f"“{escape(shorten(meaning.rest, _REST))}”"
    if meaning.short:
        text = f"There is no {rest}: {formats.short_month(meaning.short)}."
    else:
        text = f"I did not understand {rest}."
    named = ", ".join(map(name, queues[:_MOST_NAMES]))
    hint = f"Queues are {named}. " if queues else ""
    return message(text, section(text), context(f"{hint}All forms: `{command} help`"))


def too_far(most: int) -> Message:
    """More days than can be looked at."""
    text = f"That is more than {most} days. Ask for fewer, such as `next week`."
    return message(text, section(text))


def may_not_see(prefix: str) -> Message:
    """For who leads nobody; ``prefix`` precedes the commands."""
    text = "Leads, coordinators and managers see coverage. Ask one of them."
    return message(text, section(text), context(f"Who is on now: `/{prefix}shifts who`"))


def picture_sent() -> Message:
    """Where the heat map is."""
    text = "✓ I have sent you the heat map in a direct message."
    return message(text, section(text))


def picture_not_sent() -> Message:
    """Slack took no file."""
    text = (
        "Slack does not take the heat map right now. The gaps above are the same in words; try again in a moment."
    )
    return message(text, section(text))


def drawing() -> Message:
    """It takes its time."""
    text = "I am drawing it; look into our direct messages."
    return message(text, section(text))


def help_message(command: str) -> Message:
    """Every form of the command."""
    forms = {
        "": "where people are missing on the next 7 days",
        " thu": "on that day; also `next week`, `dec 7 to dec 13`",
        " thu billing": "of one queue",
        " plan next week": "how many people to roster for what is expected; add a queue for the hours of each day",
        " whatif +20% dec": "what you would have to roster by week if so many more contacts came",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    return message(
        f"What {command} can do",
        header("Coverage"),
        section("\n".join(lines)),
        context("Only you see the answers. Leads, coordinators and managers may ask."),
        context(_FILES),
    )


_FILES = (
    "How many are needed I learn from files, dropped into our direct messages: a plan "
    "(`date,start,end,queue,heads`) or contact volumes (`interval_start,queue,offered,aht_seconds`), of which I "
    "make a forecast"
)


def _how_to_begin(shown: CoverageShown, command: str) -> Iterator[Block]:
    silent = [name(each.name) for each in shown.queues if each.no_handle_time]
    if silent:
        yield section(
            f"Contacts are expected for {', '.join(silent)}, but nothing says how long each of them takes: "
            "import volumes with `aht_seconds`, or say it in the settings of the queue."
        )
    yield section(f"{_FILES}. Or say it in the settings of a queue, in lines such as `mon-fri 09:00-17:00 8`.")
    yield context(f"More: `{command} help`")


def _quality(queue: QueueShown, formats: Formats, today: date) -> str:
    if queue.quality is None or Source.FORECAST not in queue.sources:
        return ""
    until = f"the median of like weekdays up to {formats.day(queue.quality.until, today)}"
    if queue.quality.wape is None:
        return f" ({until}; too few weeks to say how good it is)"
    off = f"off by {_percent(queue.quality.wape)} over its last weeks"
    last = f", last week’s numbers by {_percent(queue.quality.last_week)}" if queue.quality.last_week else ""
    return f" ({until}; {off}{last})"


def _planned(shown: CoverageShown, formats: Formats, today: date) -> Iterator[str]:
    if shown.planned_until:
        yield f"No shifts are planned yet after {formats.day(shown.planned_until, today)}"


def _offered(asked: Request) -> Iterator[Block]:
    length = asked.last - asked.first + ONE_DAY
    for label, by in (("Earlier", -length), ("Later", length)):
        moved = Request(asked.kind, asked.first + by, asked.last + by, asked.queue)
        yield button(label, f"{SHOW}.{label.lower()}", moved.value)
    if length <= MOST_PICTURED * ONE_DAY:
        yield button("Heat map", PICTURE, asked.value)
    plan = Request("plan", asked.first, asked.last, asked.queue)
    yield button("How many to roster", f"{SHOW}.plan", plan.value)


def _percent(share: float) -> str:
    return amount(f"{100 * share:.0f}", "%")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
