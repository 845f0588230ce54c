"""What is said on top of the form about what was typed after the command."""

from bot.domain.when import NotUnderstood
from bot.views.formats import Formats, escape, shorten

MINE, ASKERS, THEIRS = "you have", "they have", "your colleague has"
MISSING = "Please choose one."
SHIFT_IS_GONE = "This shift is not yours any more, or has begun. Look your shifts up once more."
THEIR_SHIFT_IS_GONE = "This shift is not theirs any more, or has begun. Look their shifts up once more."
ONE_AT_A_TIME = "One colleague at a time: I have taken the first."
_TYPED = 80


def unknown_name(name: str) -> str:
    """A name was typed that Slack did not turn into a person."""
    return f"I cannot tell who {_typed(name)} is. Pick them below."


def unknown_owner(name: str) -> str:
    """The same of who is to be helped, whom the form does not ask for."""
    return (
        f"I cannot tell who {_typed(name)} is. Close this, and pick them from the list that Slack offers after @."
    )


def check(text: str) -> str:
    """What was typed can mean several times."""
    return f"“{_typed(text)}” can mean several times. Please check what I took."


def one_day(text: str) -> str:
    """Several days were typed where there is room for one."""
    return f"“{_typed(text)}” is several days. Open them one by one."


def not_understood(what: NotUnderstood, formats: Formats) -> str:
    """A time that makes no sense, or a day that does not exist."""
    if what.short:
        return f"There is no “{_typed(what.rest)}”: {formats.short_month(what.short)}."
    return f"I did not understand “{_typed(what.rest)}”."


def too_many_days(text: str) -> str:
    """A time longer than any schedule."""
    return f"“{_typed(text)}” is too long a time. Name a day or a few."


def several(whose: str, number: int, text: str) -> str:
    """More shifts than one are meant."""
    return f"“{_typed(text)}”: {whose} {number} shifts then, pick one."


def none(whose: str, text: str, do: str = "swap") -> str:
    """No shift is meant: none of the asker's that is ahead, or of a colleague's that the rules allow."""
    what = {MINE: f"you could {do}", ASKERS: f"they could {do}"}.get(whose, "you could get for yours")
    return f"“{_typed(text)}”: {whose} no shift then that {what}."


def _typed(text: str) -> str:
    return escape(shorten(text, _TYPED))
