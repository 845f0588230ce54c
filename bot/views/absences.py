"""What somebody who is away reads and presses. Others read "away", whatever kind it is."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from bot.domain.absences import AbsenceShown, Asked, Away, Kind, State
from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.wallclock import ONE_DAY, days, local_date
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.formats import Formats, duration, person
from bot.views.forms import View, entered, field, modal, option, select

YES, NO, BACK, START = "absence.yes", "absence.no", "absence.back", "absence.start"
START_LATE, LATE_FORM, LATE_TITLE = "absence.late", "absence.late.form", "I come later"
NOTHING_CHANGED = "Nothing was changed."
NOT_AWAY = "You are back already, or were not away. Nothing was changed."
THEY_ARE_NOT_AWAY = "They are back already, or were not away. Nothing was changed."
OVER = "That is over already. Nothing was changed."
ONE_STRETCH = "Say one stretch of time, such as `today`, `until fri` or `14-18 thu`."
_MOST_NAMED, _MOST_LISTED = 3, 7
_LATER, _THEIRS = "absence.later", "theirs"
_MINUTES = (15, 30, 45, 60, 90, 120, 180, 240)


def ask(asked: Asked, nonce: UUID, formats: Formats) -> Message:
    """Whether this is meant, before anything is noted."""
    text = f"*{_question(asked, formats)}*"
    value = write_value(asked, nonce)
    note = "Nobody else reads why: for others you are away." if asked.whom is None else "For others they are away."
    if asked.kind is Kind.LATE:
        note = "Nobody else reads why: for others you come later."
    return message(
        _question(asked, formats),
        section(text),
        buttons(button("Yes", YES, value), button("No", NO, "no")),
        context(f"{note} Times in {formats.zone.key.replace('_', ' ')}"),
    )


def done(absence_id: UUID, command: str, whom: str = "") -> Message:
    """It is noted, and can be taken back."""
    text = "Done. Nothing else to do."
    who, whose = ("they are", "their") if whom else ("you are", "your")
    note = (
        f"For two minutes nobody is asked yet; after that others find somebody for {whose} shifts. "
        f"As soon as {who} back: `{command} back{f' {whom}' if whom else ''}`"
    )
    value = f"{absence_id} {_THEIRS}" if whom else str(absence_id)
    return message(text, section(text), buttons(button("Take it back", BACK, value)), context(note))


def done_late(absence_id: UUID, command: str) -> Message:
    """The same of who comes later."""
    text = "Done. Nothing else to do."
    note = (
        "For two minutes nobody hears of it; after that those do who have to know. "
        f"If you are there sooner: `{command} back`"
    )
    return message(text, section(text), buttons(button("Take it back", BACK, str(absence_id))), context(note))


def read_back(value: str) -> tuple[UUID, bool]:
    """The absence of a button that says that they are back, and whether it is one's own."""
    absence_id, *whose = value.split()
    return UUID(absence_id), not whose


def back(given: int, *, before: bool, themselves: bool = True) -> Message:
    """It is taken back, or they are back."""
    whose = "yours" if themselves else "theirs"
    if before:
        return message("Taken back. Nothing was changed.")
    who = "You are back" if themselves else "They are back"
    if not given:
        return message(f"{who}. Whatever others took stays with them.")
    shifts = "One shift is" if given == 1 else f"{given} shifts are"
    return message(f"{who}. {shifts} {whose} again; whatever others took stays with them.")


def own_card(shown: AbsenceShown, formats: Formats) -> Message:
    """For who is away by another's word."""
    if shown.state in (State.TAKEN_BACK, State.ENDED):
        return message("You were put down as away, and are not any more.")
    text = f"You are put down as away {away_words(shown.interval, formats, shown.at)}."
    said = context("If that is wrong, or as soon as you are back, say so here.")
    return message(text, section(text), buttons(button("I am back", BACK, str(shown.id))), said)


def already(until: datetime, command: str, formats: Formats) -> Message:
    """They are away for all of it already."""
    text = f"That is known already: away until {until_words(until, formats)}. Nothing was changed."
    return message(text, section(text), context(f"For days further on, name them: `{command} mon to wed`."))


def no_work(command: str, whom: str | None = None) -> Message:
    """No shift is near."""
    who = f"<@{whom}> has" if whom else "You have"
    text = f"{who} no shift in the next day and a half, so there is nothing to do."
    return message(text, section(text), context(f"For days further on, name them: `{command} mon to wed`."))


def may_not(whom: str | None) -> Message:
    """Who works no shifts here, or may not act for somebody."""
    if whom:
        return message(f"Only a coordinator, a manager or the lead of their team says that <@{whom}> is away.")
    return message("This is for who works shifts here. If you do, ask a coordinator for the role of an agent.")


def not_on_roster(whom: str) -> Message:
    """Somebody was named who is not on the roster."""
    return message(f"<@{whom}> is not on the roster. A people file puts them there.")


def late_help(command: str) -> Message:
    """How long was not said, or is not understood."""
    text = f"Say how much later you come, such as `{command} 30m` or `{command} 1h`."
    return message(text, section(text))


def late_form() -> View:
    """Asks how much later they come."""
    options = [option(duration(timedelta(minutes=each)), str(each)) for each in _MINUTES]
    return modal(
        LATE_TITLE,
        field("How much later than your shift begins", _LATER, select(options, str(_MINUTES[1]))),
        callback_id=LATE_FORM,
        submit="Go on",
    )


def read_late_form(view: View) -> timedelta:
    """How much later."""
    return timedelta(minutes=int(entered(view)[_LATER]))


def whole_shift(sick: str) -> Message:
    """They would come after their shift is over."""
    return message(f"By then that shift is over. If you do not come at all, type `{sick}`. Nothing was changed.")


def no_shift_begins() -> Message:
    """Nobody can be late for nothing."""
    return message("You have no shift in the next day and a half that you could be late for.")


def sick_help(command: str, *, others: bool) -> Message:
    """Every form of the command."""
    forms = {
        "": "you are away today; I ask once before anything happens",
        " until fri": "several days; also `mon to wed`, `14-18 thu`",
        " back": "you are back: whatever nobody took is yours again",
        **({" @colleague": "a colleague is away; also with days, and `back @colleague`"} if others else {}),
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "Neither words nor documents are kept: only that you are away, and when. Others read “away”."
    return message(f"What {command} can do", header("Away"), section("\n".join(lines)), context(hint))


def write_value(asked: Asked, nonce: UUID) -> str:
    """What the button that says yes carries."""
    interval = asked.interval
    said = {
        "nonce": str(nonce),
        "kind": asked.kind,
        "start": interval.start.isoformat(),
        "end": interval.end.isoformat(),
    }
    if asked.whom:
        said |= {"whom": str(asked.whom.member_id), "account": asked.whom.slack_id or ""}
    return json.dumps(said)


def read_value(value: str) -> tuple[UUID, Kind, Interval, UUID | None, str]:
    """The nonce, what is reported, and of whom: by member id (None: the caller) and account."""
    said = json.loads(value)
    interval = Interval(datetime.fromisoformat(said["start"]), datetime.fromisoformat(said["end"]))
    whom = UUID(said["whom"]) if "whom" in said else None
    return UUID(said["nonce"]), Kind(said["kind"]), interval, whom, said.get("account", "")


def away_words(interval: Interval, formats: Formats, at: datetime) -> str:
    """When, where that is ahead, otherwise until when."""
    until = f"until {until_words(interval.end, formats)}"
    if interval.start <= at:
        return until
    first, last = (local_date(each, formats.zone) for each in _edges(interval))
    if interval == days(first, last, formats.zone):
        return formats.days(first, last)
    if first == last:
        return f"{formats.day(first)}, {formats.hours(interval)}"
    return f"from {formats.moment(interval.start)} {until}"


def until_words(end: datetime, formats: Formats) -> str:
    """The end of a day, or a time."""
    local = end.astimezone(formats.zone)
    if local.time() == datetime.min.time():
        return f"the end of {formats.day(local.date() - ONE_DAY)}"
    return formats.moment(end)


def away_rows(away: Iterable[Away], formats: Formats, at: datetime) -> Iterator[Block]:
    """On the Home of who is away."""
    for each in away:
        label = "Take it back" if each.state is State.REPORTED else "I am back"
        text = f"You are away {away_words(each.interval, formats, at)}."
        yield {**section(text), "accessory": button(label, BACK, str(each.id), f"{label}, {text}")}


def away_line(away: Sequence[tuple[Somebody, Interval]], formats: Formats, at: datetime) -> str:
    """Who else is away, and until when; never why."""
    named = [f"{person(who)} {away_words(interval, formats, at)}" for who, interval in away[:_MOST_LISTED]]
    more = f", and {len(away) - _MOST_LISTED} more" if len(away) > _MOST_LISTED else ""
    return f"Away: {', '.join(named)}{more}"


def _question(asked: Asked, formats: Formats) -> str:
    who = f"{person(asked.whom)} away" if asked.whom else "Away"
    if asked.kind is Kind.LATE:
        work, end = asked.work[0], asked.interval.end
        later = duration(end - asked.interval.start)
        day = formats.day(local_date(work.start, formats.zone))
        return f"Begin {later} later on {day}: at {formats.time(end)} instead of {formats.time(work.start)}?"
    named = [f"{formats.day(local_date(each.start, formats.zone))}, {formats.hours(each)}" for each in asked.work]
    if not named:
        first, last = (local_date(each, formats.zone) for each in _edges(asked.interval))
        return f"{who} {formats.days(first, last)} (no shift is planned then)?"
    more = f" and {len(named) - _MOST_NAMED} more" if len(named) > _MOST_NAMED else ""
    return f"{who} {'; '.join(named[:_MOST_NAMED])}{more}?"


def _edges(interval: Interval) -> tuple[datetime, datetime]:
    return interval.start, interval.end - timedelta(microseconds=1)
