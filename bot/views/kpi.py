"""Key figures as they are read on the spot: what each is, against which time, and what it is made of."""

from collections.abc import Iterator, Sequence
from datetime import date

from bot.domain.kpi import DEFINITIONS, FORMULAS, Cut, Figure, Missing, Part, Reading, Split, Unit
from bot.domain.kpi_asked import Question
from bot.domain.kpi_looked import Looked, Place, Told
from bot.domain.kpi_why_shown import MOST_DAYS
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, escape, person, plain, shorten
from bot.views.kpi_buttons import CASES, SHOW, WHY, WITH_CASES, drill_button, export_buttons
from bot.views.kpi_words import (
    MOST_SILENT,
    NO_CHANGE,
    count_words,
    judged_words,
    measured_words,
    missing_words,
    part_words,
    since_words,
    source_words,
    span_words,
    target_words,
    value_words,
)

_NAME, _SOURCE = 28, 40
_TEAM = "team"
_MOST_PARTS, _MOST_TABLE = 31, 2800
_LABELS = {
    Split.DAY: "By day",
    Split.QUEUE: "By queue",
    Split.CHANNEL: "By channel",
    Split.TEAM: "By team",
    Split.MEMBER: "By person",
    Split.SOURCE: "By source",
}


def figures(looked: Looked, formats: Formats, command: str, today: date) -> Message:
    """What was asked for."""
    title = (
        f"*{_title(looked.place)}* · {span_words(looked.span, formats)}{' so far' if looked.is_partial else ''}"
    )
    told = [each for each in looked.told if looked.question.figures or not each.is_silent]
    lines = [f"• {figure_line(each, formats)}" for each in told]
    if not lines:
        lines = ["Nothing was measured in this time. Ask for another, or import what you have: it takes one file."]
    return message(
        f"{_title(looked.place)}, {span_words(looked.span, formats)}: {lines[0].removeprefix('• ')}",
        *paragraphs([title, *lines]),
        *_parts(looked, formats),
        *_behind(looked, told),
        *_further(looked, today),
        context("\n".join(_notes(looked, formats, command))),
    )


def figure_line(told: Told, formats: Formats) -> str:
    """A figure, its n, how it changed, and its target in words."""
    reading, name = told.reading, DEFINITIONS[told.reading.figure].name
    if reading.value is None:
        return f"{name}: {missing_words(reading, formats)}"
    said = [f"{name} *{value_words(reading.figure, reading.value, formats)}*{_of(reading, formats)}"]
    if told.before.value is not None:
        changed = since_words(reading.figure, reading.value, told.before.value, formats)
        was = f"{_judged(told)} (was {value_words(reading.figure, told.before.value, formats)})"
        said.append(changed if changed == NO_CHANGE else f"{changed}{was}")
    return " · ".join([*said, *filter(None, [target_words(reading, formats)])])


def place_words(place: Place) -> str:
    """What figures are of, in words; nothing where it is everything."""
    team = place.team and (place.team if _TEAM in place.team.casefold() else f"{_TEAM} {place.team}")
    names = [escape(shorten(each, _NAME)) for each in (place.queue, team, place.channel) if each]
    return ", ".join([*([person(place.person)] if place.person else []), *names])


def _title(place: Place) -> str:
    if place.is_own:
        others = ", ".join(escape(shorten(each, _NAME)) for each in (place.queue, place.channel) if each)
        return f"Your figures{f' · {others}' if others else ''}"
    words = place_words(place)
    return f"Key figures{f' · {words}' if words else ''}"


def _of(reading: Reading, formats: Formats) -> str:
    return "" if DEFINITIONS[reading.figure].unit is Unit.COUNT else f" of {count_words(reading, formats)}"


def _judged(told: Told) -> str:
    judged = judged_words(told.reading.figure, told.change or 0.0)
    return f", {judged}" if judged else ""


def _parts(looked: Looked, formats: Formats) -> Iterator[Block]:
    """What each figure is made of, as a table."""
    if looked.split is None:
        return
    for figure, parts in looked.parts.items():
        by = _LABELS[looked.split].lower()
        asked = looked.question.split is not None
        if not _tell_more(parts, asked=asked):
            # Where it was not asked for, the line of the figure says already why nothing is known.
            if asked and looked.question.figures:
                yield section(f"*{DEFINITIONS[figure].name} {by}*\nNot measured {by}.")
            continue
        rows = [_row(each, looked.split, formats) for each in parts]
        shown, more = _as_many_as_fit(_aligned(rows[:_MOST_PARTS]), len(rows))
        yield section(f"*{DEFINITIONS[figure].name} {by}*\n```{shown}```")
        if more:
            yield context(f"and {more} more: ask for fewer, or export all of them")


def _tell_more(parts: Sequence[Part], *, asked: bool) -> bool:
    """Whether anything is known of any of them, and they are not one without a name."""
    known = any(each.reading.value is not None or (asked and each.reading.too_few) for each in parts)
    return known and any(each.label for each in parts)


def _row(part: Part, split: Split, formats: Formats) -> tuple[str, str, str, str]:
    reading = part.reading
    if isinstance(part.label, date):
        label = formats.day(part.label)
    else:
        label = plain(shorten(part_words(part.label, split), _NAME))
    if reading.value is None:
        return label, "–", missing_words(reading, formats), ""
    of = "" if DEFINITIONS[reading.figure].unit is Unit.COUNT else count_words(reading, formats)
    return (
        label,
        value_words(reading.figure, reading.value, formats),
        of,
        "" if reading.met is None else "✓" if reading.met else "✗",
    )


def _aligned(rows: Sequence[tuple[str, str, str, str]]) -> list[str]:
    wide = [max(len(row[number]) for row in rows) for number in range(3)]
    return [
        f"{escape(label)}{' ' * (wide[0] - len(label))}  {value:>{wide[1]}}  {of:<{wide[2]}} {mark}".rstrip()
        for label, value, of, mark in rows
    ]


def _as_many_as_fit(lines: Sequence[str], total: int) -> tuple[str, int]:
    """As many lines as a paragraph holds, and how many are left."""
    shown: list[str] = []
    for line in lines:
        if sum(map(len, shown)) + len(shown) + len(line) > _MOST_TABLE:
            break
        shown.append(line)
    return "\n".join(shown), total - len(shown)


def _behind(looked: Looked, told: Sequence[Told]) -> Iterator[Block]:
    """The ways to what a figure is made of: of several each, of one by what it can be taken apart."""
    asked = looked.question
    if len(asked.figures) == 1:
        others = [each for each in looked.splits if each is not looked.split]
        doors = [_split_button(asked, each) for each in others]
        if asked.figures[0] is Figure.SERVICE_LEVEL and _can_say_why(looked):
            doors.append(button("Why?", WHY, asked.value))
        if asked.figures[0] in WITH_CASES and not asked.of_people:
            doors.append(button("Cases behind it", CASES, asked.value))
        if doors:
            yield buttons(*doors)
        return
    known = [each.reading.figure for each in told if each.reading.value is not None]
    if known:
        yield context("What is behind it:")
        yield buttons(
            *(
                drill_button(
                    DEFINITIONS[each].name, each, asked.span, asked.cut, f"Behind {DEFINITIONS[each].name}"
                )
                for each in known
            )
        )


def _can_say_why(looked: Looked) -> bool:
    """Whether it is the service level of queues, of so few days that it can be explained."""
    of_queues = looked.question.cut == Cut(looked.question.cut.queue_id)
    return of_queues and looked.span.length <= MOST_DAYS


def _split_button(asked: Question, split: Split) -> Block:
    question = Question(asked.span, asked.figures, asked.cut, asked.against, split)
    return button(_LABELS[split], f"{SHOW}.{split}", question.value)


def _further(looked: Looked, today: date) -> Iterator[Block]:
    """Other periods, everything else of the same, and the way out as a file."""
    asked = looked.question
    doors = [button("Earlier", f"{SHOW}.earlier", asked.moved(asked.span.before()).value)]
    if (after := asked.span.after()).starts <= today:
        doors.append(button("Later", f"{SHOW}.later", asked.moved(after).value))
    if asked.figures:
        doors.append(button("All figures", f"{SHOW}.all", Question(asked.span, (), asked.cut).value))
    if looked.may_export:
        doors += export_buttons(asked)
    yield buttons(*doors)


def _notes(looked: Looked, formats: Formats, command: str) -> Iterator[str]:
    yield f"Beside {span_words(looked.before, formats)} · days in {looked.zone.replace('_', ' ')}"
    readings = [each.reading for each in looked.told]
    if looked.question.figures:
        yield from (definition_words(each.figure, looked) for each in readings)
    elif not looked.place.is_own:
        yield from _silent(looked.told, formats)
    if days := _silent_days(looked, formats):
        yield days
    sources = sorted({source for each in readings for source in each.sources})
    if sources:
        as_of = min((each.as_of for each in readings if each.as_of), default=None)
        named = ", ".join(escape(shorten(source_words(each), _SOURCE)) for each in sources)
        yield f"From {named}{f' · as of {formats.moment(as_of)}' if as_of else ''}"
    yield f"More: `{command} help`"


def _silent(told: Sequence[Told], formats: Formats) -> Iterator[str]:
    """The figures of which nothing can be said, by the reasons for it."""
    named: dict[str, list[str]] = {}
    for each in told:
        if each.is_silent:
            nothing = each.reading.missing in (None, Missing.NOTHING)
            why = "nothing is known of" if nothing else missing_words(each.reading, formats)
            named.setdefault(why, []).append(DEFINITIONS[each.reading.figure].name)
    yield from (f"{why[:1].upper()}{why[1:]}: {' · '.join(names)}" for why, names in named.items())


def definition_words(figure: Figure, looked: Looked) -> str:
    """What a figure means."""
    definition = DEFINITIONS[figure]
    how = FORMULAS[looked.formula] if figure is Figure.SERVICE_LEVEL else definition.how
    return f"{definition.name}: {how}"


def _silent_days(looked: Looked, formats: Formats) -> str:
    """Days of which nothing is known though there is a value; where they are many, how many are left."""
    known = [each.reading for each in looked.told if each.reading.value is not None]
    days = sorted({day for each in known for day in each.silent})
    if not days:
        return ""
    if len(days) <= MOST_SILENT:
        what = "Not every figure was measured on" if len(known) > 1 else "Nothing was measured on"
        return f"{what}: {', '.join(map(formats.day, days))}"
    counts = {looked.span.length - len(each.silent) for each in known}
    said = measured_words(min(counts), looked.span, looked.question.cut)
    return said.capitalize() if len(counts) == 1 else f"Some figures were {said}"
