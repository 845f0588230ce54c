"""What helps against a gap of today, as people read and press it."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from bot.domain.coverage_supply import Doing
from bot.domain.intervals import Interval
from bot.domain.ladder import Relief, Rung, Step
from bot.domain.ladder_shown import Against, LadderShown, Made, Offering
from bot.domain.wallclock import local_date
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.coverage import gap_words, heads, name
from bot.views.formats import Formats, person
from bot.views.ladder_button import CLIMB, ladder_button, read_against, write_against
from bot.views.requests import work_words, zone_line

DO, UNDO = "ladder.do", "ladder.undo"
GONE = "This does not help any more, or somebody has done it. Look at what helps now."
CANNOT_UNDO = "This is over or undone already, or a file has changed it since. Nothing was changed."
MAY_NOT = "Leads, coordinators and managers change what people do on the day. Nothing was changed."
_TITLES = {
    Rung.MOVE: "Move training, meetings and breaks",
    Rung.SKILL: "Use other skills of those who are there",
    Rung.WHOLE: "Have those on contacts only who have other work, too",
    Rung.EXTEND: "Ask for a longer shift",
    Rung.OVERTIME: "Ask for overtime",
}
_LABELS = {Rung.MOVE: "Move", Rung.SKILL: "Put on", Rung.WHOLE: "On contacts only", Rung.EXTEND: "Ask"}
_NOTHING = "Nothing that is at hand helps, and nobody else can be asked in time."
_MOST, _MOST_OTHERS, _MOST_MADE, _MOST_NAMES = 3, 2, 5, 10


def write_step(against: Against, step: Step, nonce: UUID) -> str:
    """What the button carries that has a step done."""
    said = {
        "against": write_against(against),
        "nonce": str(nonce),
        "rung": step.rung,
        "time": _edges(step.interval),
        "who": str(step.who) if step.who else None,
        "doing": [str(step.doing.id), step.doing.kind, *_edges(step.doing.interval)] if step.doing else None,
        "to": _edges(step.to) if step.to else None,
        "queue": step.queue,
        "people": step.people,
    }
    return json.dumps({key: value for key, value in said.items() if value is not None}, ensure_ascii=False)


def read_step(value: str) -> tuple[Against, Step, UUID]:
    """The gap, the step and the nonce of a button; what the step does for the gap is not on it."""
    said = json.loads(value)
    doing = said.get("doing")
    step = Step(
        Rung(said["rung"]),
        _interval(said["time"]),
        Relief(0, 0, 0),
        UUID(said["who"]) if "who" in said else None,
        Doing(UUID(doing[0]), _interval(doing[2:]), doing[1]) if doing else None,
        _interval(said["to"]) if "to" in said else None,
        said.get("queue"),
        said["people"],
    )
    return read_against(said["against"]), step, UUID(said["nonce"])


def read_undo(value: str) -> tuple[UUID, Against]:
    """The step to be undone, and the gap that it was done against."""
    step_id, against = value.split(" ", 1)
    return UUID(step_id), read_against(against)


def ladder(shown: LadderShown, formats: Formats, nonce: UUID) -> Message:
    """The gap, what helps against it, rung by rung, and what was done already, to be undone."""
    today = local_date(shown.at, formats.zone)
    if shown.gap is None:
        text = f"Nobody is missing: {work_words(shown.against.interval, shown.against.queue, formats)}."
        return message(text, section(text), *_made(shown, formats), zone_line(formats))
    text = f"What helps: {gap_words(shown.gap, formats, today)}"
    blocks = [section(f"*{text}*")]
    rungs = [each for each in Rung if any(one.step.rung is each for one in shown.offerings)]
    for number, rung in enumerate(rungs, 1):
        blocks += _rung(number, rung, shown, formats, nonce)
    if not shown.offerings:
        blocks.append(section(_NOTHING))
    if shown.offered:
        blocks.append(context(f"Asked already: {', '.join(f'open shift {each}' for each in shown.offered)}"))
    return message(text, *blocks, *_made(shown, formats), *_others(shown, formats), zone_line(formats))


def looking() -> Message:
    """It takes its time."""
    text = "I am looking at what helps; it shows here in a moment."
    return message(text, section(text))


def no_such_queue(typed: str, queues: Sequence[str]) -> Message:
    """What there is instead."""
    named = ", ".join(map(name, queues[:_MOST_NAMES]))
    text = f"There is no queue called “{name(typed)}”."
    return message(text, section(text), context(f"Queues are {named}" if named else "There are no queues yet"))


def told(made: Made, formats: Formats) -> Message:
    """What whoever does something else than was planned reads of it."""
    text = f"{person(made.by)} changed your day, because people are missing: {_done(made, formats)}."
    return message(text, section(text), zone_line(formats))


def undone(made: Made, formats: Formats) -> Message:
    """All is as it was planned."""
    by = f" by {person(made.undone_by)}" if made.undone_by else ""
    text = f"As planned again{by}; this holds no more: {_done(made, formats)}."
    return message(text, section(text), zone_line(formats))


def step_words(offering: Offering, formats: Formats, *, hurried: bool) -> str:
    """What would be done, and what that does for the gap."""
    relief = offering.step.relief
    short = f"{heads(relief.before)} short → {heads(relief.after) if relief.after else 'none'}"
    return f"{_deed(offering, formats, hurried=hurried)}: {short}"


def _deed(offering: Offering, formats: Formats, *, hurried: bool) -> str:
    step, hours = offering.step, formats.hours(offering.step.interval)
    who = person(offering.who) if offering.who else ""
    match step.rung:
        case Rung.MOVE:
            kind = step.doing.kind if step.doing else ""
            return f"{who}’s {kind} {hours} {_to(step.to, formats)}"
        case Rung.SKILL:
            return f"{who} on {name(step.queue or '')}, too, {hours}"
        case Rung.WHOLE:
            return f"{who} on contacts only, {hours}"
        case Rung.EXTEND:
            return f"{who} works {hours} in addition"
    shifts = "One open shift" if step.people == 1 else f"{step.people} open shifts"
    if hurried:
        if not offering.able:
            return f"{shifts} {hours}, to give to somebody, as nobody can take it who may be asked at any hour"
        whom = "the one" if offering.able == 1 else f"all {offering.able}"
        return f"{shifts} {hours}, at once to {whom} who may be asked at any hour"
    able = "nobody can take all of it" if not offering.able else f"{offering.able} can take all of it"
    return f"{shifts} {hours}, {able}"


def _to(to: Interval | None, formats: Formats) -> str:
    return f"to {formats.hours(to)}" if to else "put off, to be planned anew"


def _rung(number: int, rung: Rung, shown: LadderShown, formats: Formats, nonce: UUID) -> Iterator[Block]:
    own = [each for each in shown.offerings if each.step.rung is rung]
    more = f" · and {len(own) - _MOST} more once these are done" if len(own) > _MOST else ""
    yield context(f"{number}. {_TITLES[rung]}{more}")
    for place, each in enumerate(own[:_MOST]):
        words = step_words(each, formats, hurried=shown.hurried)
        value = write_step(shown.against, each.step, nonce)
        label = _label(each)
        spoken = ", ".join([label, *([each.who.name] if each.who else []), formats.hours(each.step.interval)])
        yield {**section(words), "accessory": button(label, f"{DO}.{rung}.{place}", value, spoken)}


def _label(offering: Offering) -> str:
    step = offering.step
    if step.rung is Rung.OVERTIME:
        return "Offer it" if step.people == 1 else "Offer them"
    if step.rung is Rung.MOVE and step.to is None:
        return "Put off"
    return f"Put on {step.queue}"[:75] if step.rung is Rung.SKILL else _LABELS[step.rung]


def _made(shown: LadderShown, formats: Formats) -> Iterator[Block]:
    if shown.made:
        left = len(shown.made) - _MOST_MADE
        yield context(f"Done already, and {left} more" if left > 0 else "Done already")
    for each in shown.made[-_MOST_MADE:]:
        words = f"{person(each.who)}: {_done(each, formats)}"
        pressed = button(
            "Undo", f"{UNDO}.{each.id}", f"{each.id} {write_against(shown.against)}", f"Undo: {words}"
        )
        yield {**section(words), "accessory": pressed}


def _done(made: Made, formats: Formats) -> str:
    hours = work_words(made.interval, None, formats)
    match made.rung:
        case Rung.MOVE:
            return f"{made.doing} {hours} {_to(made.to, formats)}"
        case Rung.SKILL:
            return f"{hours} on {name(made.queue or '')}, too"
    return f"{hours} on contacts only"


def _others(shown: LadderShown, formats: Formats) -> Iterator[Block]:
    for number, each in enumerate(shown.others[:_MOST_OTHERS]):
        gap, queue = each.gap, min(each.gap.worst.posts).queue
        words = f"{work_words(gap.interval, queue, formats)} −{heads(gap.worst.short)}"
        asked = ladder_button(gap.interval, queue, f"What helps, {words}")
        yield {**section(words), "accessory": {**asked, "action_id": f"{CLIMB}.{number}"}}


def _edges(interval: Interval) -> list[str]:
    return [interval.start.isoformat(), interval.end.isoformat()]


def _interval(said: list[str]) -> Interval:
    return Interval(*map(datetime.fromisoformat, said))
