"""Whether somebody is there: what they are asked, and what whoever answers for them is."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from bot.domain.attendance import OPEN, ArrivalShown, State
from bot.domain.intervals import Interval
from bot.views.absences import START as AWAY
from bot.views.absences import START_LATE as LATE
from bot.views.absences import until_words
from bot.views.blocks import Block, Message, button, buttons, context, message, section
from bot.views.formats import Formats, person
from bot.views.requests import work_words, zone_line

HERE = "attendance.here"
RELEASE, SEEN, WAIT = "attendance.release", "attendance.seen", "attendance.wait"
MAY_NOT = "The leads of the team, coordinators and who is named for the hour decide that. Nothing was changed."
SETTLED_ALREADY = "That is settled already. Nothing was changed."
NOT_ASKED = "Nobody asks for a sign when your shifts begin, so there is nothing to do."


def reminder(shown: ArrivalShown, formats: Formats) -> Message:
    """Shortly before their shift begins."""
    text = f"Your shift begins at {formats.time(shown.interval.start)}."
    if shown.state not in OPEN:
        return message(_outcome(shown, formats))
    return message(text, section(text), buttons(_here(text)))


def question(shown: ArrivalShown, formats: Formats) -> Message:
    """It has begun, and there is no sign of them."""
    if shown.state not in OPEN:
        outcome = _outcome(shown, formats)
        if shown.state is not State.RELEASED:
            return message(outcome)
        return message(outcome, section(outcome), buttons(_here(outcome)))
    text = f"Your shift began at {formats.time(shown.interval.start)}. Are you there?"
    late, away = button("I come later…", LATE, "new"), button("I am away…", AWAY, "new")
    return message(text, section(f"*{text}*"), buttons(_here(text), late, away))


def missing(shown: ArrivalShown, formats: Formats) -> Message:
    """For whoever answers for them."""
    if shown.state not in OPEN:
        return message(_settled(shown))
    return message(
        _no_sign(shown, formats),
        section(f"*{_no_sign(shown, formats)}* They were asked and have not answered."),
        section(f"Their shift: {work_words(shown.interval, None, formats)}"),
        *_waits(shown, formats),
        buttons(*_decisions(shown)),
        zone_line(formats, "Only a sign counts, and none is kept after today"),
    )


def still(shown: ArrivalShown, formats: Formats) -> Message:
    """They were waited for, and there is still none."""
    return message(
        f"Still no sign of {person(shown.member)}, whose shift began at {formats.moment(_start(shown))}."
    )


def settled(shown: ArrivalShown, _formats: Formats) -> Message:
    """What has become of it, beside the card."""
    return message(_settled(shown))


def noted(work: Interval, formats: Formats) -> Message:
    """The answer to their sign."""
    return message(f"Noted: you are here. Your shift: {work_words(work, None, formats)}.")


def nothing_near(then: datetime | None, command: str, formats: Formats) -> Message:
    """No shift has begun or begins soon."""
    if then is None:
        return message("You have no shift now, nor in the next seven days.")
    text = f"Your next shift begins {formats.moment(then)}."
    return message(text, section(text), context(f"`{command}` counts from an hour before on."))


def away_until(end: datetime, back: str, formats: Formats) -> Message:
    """They are away; ``back`` is what ends that."""
    return message(f"You are away until {until_words(end, formats)}. To end that, type `{back}`.")


def read_value(value: str) -> UUID:
    """The arrival of a button."""
    return UUID(value)


def here_row(interval: Interval, formats: Formats, now: datetime) -> Block:
    """On the Home of who has given no sign yet."""
    begins = "began" if interval.start <= now else "begins"
    text = f"Your shift {begins} at {formats.time(interval.start)}."
    return {**section(text), "accessory": _here(text)}


def _here(text: str) -> Block:
    return button("I'm here", HERE, "now", f"I'm here, {text}")


def _decisions(shown: ArrivalShown) -> Iterator[Block]:
    value, name = str(shown.id), shown.member.name
    release = button("Release shift", RELEASE, value, f"Release the shift of {name}")
    yield release | {"style": "danger"}
    yield button("They are here", SEEN, value, f"{name} is here")
    yield button("Wait 15 min", WAIT, value, f"Wait 15 minutes for {name}")


def _waits(shown: ArrivalShown, formats: Formats) -> Iterator[Block]:
    if shown.until and shown.settled_by:
        yield section(f"{person(shown.settled_by)} waits until {formats.time(shown.until)}.")


def _outcome(shown: ArrivalShown, formats: Formats) -> str:
    """For whoever it is about."""
    began = formats.time(_start(shown))
    if shown.state is State.HERE:
        return f"You are here for your shift of {began}."
    if shown.state is State.RELEASED:
        return f"Your shift of {began} is left to others, because there was no sign of you."
    return f"You are not waited for at {began} any more."


def _settled(shown: ArrivalShown) -> str:
    """For whoever answers for them."""
    who, by = person(shown.member), shown.settled_by
    if shown.state is State.HERE:
        return f"{who} is here, says {person(by)}." if by else f"{who} is here."
    if shown.state is State.RELEASED and by:
        return f"{person(by)} released the shift of {who}: others find somebody for it."
    return f"Nothing is to be decided about {who} any more: they have answered, or the shift has changed."


def _no_sign(shown: ArrivalShown, formats: Formats) -> str:
    return f"No sign of {person(shown.member)} since {formats.time(_start(shown))}."


def _start(shown: ArrivalShown) -> datetime:
    return shown.interval.start
