"""Waiting for a place, as whoever waits reads it."""

from collections.abc import Collection
from datetime import date

from bot.domain.timeoff_limits import Hit, may_wait
from bot.domain.timeoff_waitlist import State
from bot.domain.timeoff_waitlist_shown import WaitShown
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.formats import Formats, person
from bot.views.timeoff_limits import days_words, hit_lines

ASK, DECLINE, WAIT = (f"timeoff_wait.{name}" for name in ("ask", "decline", "join"))


def blocked(hits: Collection[Hit], value: str, formats: Formats, today: date) -> Message:
    """Limits do not let it be asked for; ``value`` is the wish, where a place may come free for it."""
    text = "\n".join(hit_lines(hits, formats, today))
    wait = [buttons(button("Wait for a place", WAIT, value))] if may_wait(hits) else []
    return message(text, *paragraphs(text.splitlines()), *wait, context("Nothing was sent."))


def joined(shown: WaitShown, formats: Formats) -> Message:
    """They are on the list."""
    text = f"{_who(shown, 'You are', 'is')} on the waiting list for {_days(shown, formats)}. {_ahead(shown)}"
    hint = "As soon as a place comes free I ask, in order of asking; there is nothing else to do."
    return message(text, section(text), buttons(_decline(shown)), context(hint))


def wait_row(shown: WaitShown, formats: Formats) -> Block:
    """One of the things that somebody waits for, in a list."""
    text = f"Waiting for {_days(shown, formats)} · {_ahead(shown)}"
    if shown.state is State.OFFERED:
        text = f"A place is free for {_days(shown, formats)}"
    return {**section(text), "accessory": _decline(shown)}


def place(shown: WaitShown, formats: Formats, command: str) -> Message:
    """The offer, and what became of it."""
    days = _days(shown, formats)
    match shown.state:
        case State.OFFERED:
            text = f"A place has come free for {days}."
            until = f" until {formats.moment(shown.answer_by)}" if shown.answer_by else ""
            hint = f"It is kept for you{until}; after that whoever is next is asked."
            ask = button("Ask for it", ASK, str(shown.id), f"Ask for {days}")
            return message(text, section(text), buttons(ask, _decline(shown)), context(hint))
        case State.TAKEN:
            text = f"You have asked for {days}, so you do not wait for that any more."
        case State.DECLINED:
            text = f"You do not want {days} any more. You are off the waiting list."
        case State.PASSED:
            text = f"A place was free for {days}. You did not answer in time, so it is not kept for you any more."
        case State.OVER:
            text = f"Nothing came free for {days} in time."
        case _:
            text = f"The place for {days} is not free any more, because a limit has changed. You go on waiting."
    return message(text, section(text), *_again(shown, command))


def declined(shown: WaitShown, formats: Formats) -> Message:
    """They are off the list."""
    text = f"{_who(shown, 'You are', 'is')} off the waiting list for {_days(shown, formats)}."
    return message(text, section(text))


def not_any_more(state: State) -> Message:
    """The button is from before."""
    text = {
        State.WAITING: "No place is free yet. I ask as soon as one is.",
        State.TAKEN: "That was asked for already.",
        State.DECLINED: "You are off that waiting list already.",
        State.PASSED: "The time to answer is over, and the place is not kept for you any more. Ask once more.",
        State.OVER: "These days have begun.",
    }.get(state, "That is over.")
    return message(text, section(text))


def _again(shown: WaitShown, command: str) -> list[Block]:
    ended = shown.state in (State.DECLINED, State.PASSED) and shown.today < shown.days[0]
    return [context(f"To ask for it after all: `{command}` and the days")] if ended else []


def _who(shown: WaitShown, own: str, other: str) -> str:
    return own if shown.whose is None else f"{person(shown.whose)} {other}"


def _days(shown: WaitShown, formats: Formats) -> str:
    return days_words(shown.days, formats, shown.today)


def _ahead(shown: WaitShown) -> str:
    if not shown.ahead:
        return "Nobody else waits before you." if shown.whose is None else "Nobody else waits before them."
    return f"{shown.ahead} {'person waits' if shown.ahead == 1 else 'people wait'} before that."


def _decline(shown: WaitShown) -> Block:
    return button("No longer", DECLINE, str(shown.id), "No longer wait for these days")
