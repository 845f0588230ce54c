"""What somebody reads at once whose press on the card of a request for time off could not be."""

from collections.abc import Iterable

from bot.domain.timeoff import State
from bot.domain.timeoff_seen import RequestShown, Worse
from bot.views.blocks import Message, context, message, section
from bot.views.formats import person
from bot.views.timeoff_requests import state_words
from bot.views.timeoff_review import WORSE

NOTHING = "Nothing was changed."
NOT_YOURS = f"This is not for you to decide. {NOTHING}"
NO_APPROVER = (
    "A coordinator decides this, or a manager where a limit asks for the next level; where there is no other, "
    f"so may a manager or lead. {NOTHING}"
)
_SOMEBODY_ELSE = "Another coordinator can, or where there is none a manager or the lead of the team."
OWN = f"Nobody decides time off of their own. {_SOMEBODY_ELSE} {NOTHING}"
ENTERED = f"Nobody decides time off that they entered for somebody else. {_SOMEBODY_ELSE} {NOTHING}"
REASON_WANTED = "Please write something: it is read by the other."
GONE = f"I know no such request. {NOTHING}"
NOTHING_LEFT = f"All of it has begun or is over, so there is nothing to cancel. {NOTHING}"
NO_DAYS = "Choose at least one day, or decline it."


def too_late(shown: RequestShown) -> str:
    """Somebody was quicker, or its time is over."""
    return f"Time off {shown.number} is {state_words(shown)}. {NOTHING}"


def got_worse(shown: RequestShown, what: Iterable[Worse]) -> str:
    """An approver pressed on a card that was behind."""
    lines = [f"• {WORSE[each]}" for each in what]
    return "\n".join(
        [f"Time off {shown.number} looks worse than the card said:", *lines, "Look again, then decide."]
    )


def cancelled(shown: RequestShown, given: int, *, own: bool) -> Message:
    """It is cancelled, and so many shifts are theirs again; ``own``: the reader's."""
    whose = "yours" if own else "theirs"
    shifts = {0: "", 1: f" One shift is {whose} again."}.get(given, f" {given} shifts are {whose} again.")
    text = f"Time off {shown.number} is cancelled.{shifts}"
    return message(text, section(text))


def unclear(words: str, command: str) -> Message:
    """What was typed names no days."""
    forms = f"`{command} dec 24 to jan 2`, `half day thu` or `13-17 fri`"
    return message(words, section(words), context(f"Name the days, such as {forms} · all: `{command} help`"))


def unknown_request(command: str, number: int) -> Message:
    """Nothing has that number; perhaps a day was meant."""
    text = f"There is no time off {number}."
    return message(text, section(text), context(f"Yours: `{command} list` · by its day: `{command} dec 24`"))


def not_yours(command: str) -> Message:
    """That of others, whom the reader does not lead."""
    text = "You can look at your own time off and, as a lead, at that of your team."
    return message(text, section(text), context(f"Yours: `{command} list`"))


def may_not_ask(slack_id: str | None, command: str) -> Message:
    """Only some enter it for others."""
    whom = f"<@{slack_id}>" if slack_id else "others"
    text = f"Only their lead, coordinators and managers enter time off for {whom}. Nothing was sent."
    return message(text, section(text), context(f"For example `{command} dec 24 to jan 2`"))


def one_at_a_time(command: str) -> Message:
    """Several people were named."""
    text = "One person at a time, please. Nothing was sent."
    return message(text, section(text), context(f"For example `{command} @colleague dec 24 to jan 2`"))


def has_left(slack_id: str, command: str) -> Message:
    """Nothing is entered for who does not work here any more."""
    text = f"<@{slack_id}> does not work here any more. Nothing was sent."
    return message(text, section(text), context(f"For somebody else: `{command} @colleague dec 24`"))


def reason_hint(shown: RequestShown) -> str:
    """Who reads what is written."""
    return f"Time off {shown.number} of {person(shown.whose)}, who reads what you write."


def answer_hint(shown: RequestShown) -> str:
    """The question that is answered."""
    return f"Time off {shown.number}. Whoever approves it reads what you write."


def not_open(state: State) -> str:
    """It is over, or being changed."""
    return f"That request is {state.value}. {NOTHING}"
