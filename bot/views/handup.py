"""A raised hand in every state it can be in, for the asker and for who is asked; the form that raises it."""

import json
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

from bot.domain.cases_named import CaseNamed
from bot.domain.handup import LEAST, AnswerTimes, HandShown, News, State
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.cases_named import case_words
from bot.views.cases_pick import CASE, case_field
from bot.views.formats import Formats, duration, person
from bot.views.forms import View, entered, field, modal, paragraph_input
from bot.views.requests import quote, zone_line

RAISE, COME, END, TAKE_DOWN = "handup.raise", "handup.come", "handup.end", "handup.take_down"
FORM, QUESTION = "handup.form", "handup.form.question"
_CASE = f"{FORM}{CASE}"
TITLE = "Ask for live help"
# Whose card it is, where it is not that of one person.
ASKER, DESK = "asker", "desk"
LONGEST = 1000
_MINUTE = timedelta(minutes=1)
MAY_NOT_ASK = "Hands are raised by those who work here. If you do, ask a coordinator for the role of an agent."
MAY_NOT_COME = "Leads, coordinators, managers and who is named for the hour come to help. Nothing was changed."
MAY_NOT_SEE = "Leads, coordinators and managers see how long people wait."
OWN = "It is your own hand. Whoever else comes says so."
NOT_THEIRS = "Only the two of them say that it is over. Nothing was changed."
NOT_WAITING = "Somebody came first, or it is over: the card says which. Nothing was changed."
NO_CASE = "That case is gone. Ask again without it."
RAISED = "Your hand is up. In our direct messages you read who is asked, and who comes."


def hand_card(shown: HandShown, audience: str, formats: Formats) -> Message:
    """For the asker, for one of those who were asked (by member id), or for a channel of them."""
    own = audience == ASKER
    text = _own_headline(shown) if own else _headline(shown)
    row = list(_own_buttons(shown) if own else _buttons(shown, audience))
    return message(
        text,
        section(f"*{text}*"),
        *([quote(shown.asker, shown.question)] if shown.question else ()),
        *([section(f"About {case_words(shown.case)}")] if shown.case else ()),
        *([buttons(*row)] if row else ()),
        zone_line(formats, f"Hand {shown.number} · up since {formats.moment(shown.asked_at)}"),
    )


def hand_news(shown: HandShown, news: News, audience: str, _formats: Formats) -> Message:
    """What is said beside the card."""
    if news is News.COMING and shown.taken_by:
        return message(f"{person(shown.taken_by)} is coming to help you.")
    if audience == ASKER:
        return message("Nobody has come for an hour, so your hand is down. Raise it again, or escalate the case.")
    return message(f"Nobody came to {person(shown.asker)} for an hour.")


def hand_form(nonce: UUID, case: CaseNamed | None) -> View:
    """Asks what the matter is, and about which case, if that is not known."""
    about = section(f"About {case_words(case)}") if case else case_field("About which case", _CASE, optional=True)
    question = field(
        "What do you need help with?",
        QUESTION,
        paragraph_input(longest=LONGEST),
        optional=True,
        hint="Whoever comes reads it before they do.",
    )
    kept = {"nonce": str(nonce), "case": str(case.id) if case else ""}
    return modal(TITLE, question, about, callback_id=FORM, submit="Raise my hand", metadata=json.dumps(kept))


def read_form(view: View) -> tuple[UUID, str, UUID | None]:
    """The nonce, the question, and the case."""
    kept, filled = json.loads(view["private_metadata"]), entered(view)
    case = kept["case"] or filled.get(_CASE)
    return UUID(kept["nonce"]), filled[QUESTION] or "", UUID(case) if case else None


def raise_button(case: CaseNamed | None = None) -> Block:
    """On the card of a case, and on Home."""
    spoken = f"Ask for live help with case {case.number}" if case else None
    return button("Hand up…", RAISE, str(case.id) if case else "new", spoken)


def read_case(value: str) -> UUID | None:
    """The case of such a button."""
    return None if value == "new" else UUID(value)


def read_id(value: str) -> UUID:
    """The hand of the buttons on its card."""
    return UUID(value)


def already_up(number: int) -> Message:
    """One hand at a time."""
    return message(f"Your hand is up already: hand {number}. In our direct messages you read who is asked.")


def times_message(times: AnswerTimes, minutes: int) -> Message:
    """How long people waited for live help; ``minutes`` are those after which a hand goes up a level."""
    if times.number == 0:
        return message(f"{_hands(0)} in the last 28 days.")
    missed = f" To {times.missed} of them nobody came." if times.missed else ""
    missed += f" {times.waiting} {'waits' if times.waiting == 1 else 'wait'} now." if times.waiting else ""
    if times.median is None:
        text = (
            f"{_hands(times.number)} in the last 28 days, and to {times.came} of them somebody came: "
            f"too few to say how long people wait (at least {LEAST}).{missed}"
        )
        return message(text)
    text = (
        f"{_hands(times.number)} in the last 28 days: half of those to whom somebody came waited "
        f"{duration(times.median)} at most.{missed}"
    )
    return message(text, section(text), context(f"A hand goes up a level after every {minutes} min."))


def help_message(command: str) -> Message:
    """Every form of the command."""
    forms = {
        "": "the form that asks for live help",
        " how do I refund twice?": "asks that at once",
        " 12": "the form, about case 12",
        " times": "how long people wait, for leads and coordinators",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    hint = "The leads on shift are asked first, or who is named for the hour; then others, one level at a time."
    return message(f"What {command} can do", header("Live help"), section("\n".join(lines)), context(hint))


def _hands(number: int) -> str:
    return {0: "No hand was raised", 1: "One hand was raised"}.get(number, f"{number} hands were raised")


def _headline(shown: HandShown) -> str:
    asker = person(shown.asker)
    match shown.state:
        case State.WAITING:
            return f"{asker} asks for live help."
        case State.WITHDRAWN:
            return f"{asker} needs no help any more."
        case State.MISSED:
            return f"{asker} asked for live help, and nobody came."
    by = person(shown.taken_by) if shown.taken_by else "Somebody"
    return f"{by} {'is with' if shown.state is State.COMING else 'has helped'} {asker}, {_waited(shown)}."


def _own_headline(shown: HandShown) -> str:
    match shown.state:
        case State.WAITING:
            asked = " and ".join(f"<@{each}>" if each[0] in "UW" else f"<#{each}>" for each in shown.asked)
            return f"Your hand is up. Asked: {asked}." if asked else "Your hand is up, but nobody is there to ask."
        case State.WITHDRAWN:
            return "You took your hand down."
        case State.MISSED:
            return "Nobody came, and your hand is down."
    by = person(shown.taken_by) if shown.taken_by else "Somebody"
    return f"{by} is coming, {_waited(shown)}." if shown.state is State.COMING else f"{by} has helped you."


def _waited(shown: HandShown) -> str:
    length = shown.taken_at - shown.asked_at if shown.taken_at else timedelta()
    return f"after {duration(length)}" if length >= _MINUTE else "at once"


def _buttons(shown: HandShown, audience: str) -> Iterator[Block]:
    value, name = str(shown.id), shown.asker.name
    if shown.state is State.WAITING:
        yield button("I'm coming", COME, value, f"I'm coming to help {name}") | {"style": "primary"}
    helper = shown.taken_by
    if shown.state is State.COMING and helper and audience in (DESK, str(helper.member_id)):
        yield button("Done", END, value, f"{name} is helped")


def _own_buttons(shown: HandShown) -> Iterator[Block]:
    if shown.state is State.WAITING:
        yield button("Never mind", TAKE_DOWN, str(shown.id), "Take my hand down")
    if shown.state is State.COMING:
        yield button("Done", END, str(shown.id), "I was helped")
