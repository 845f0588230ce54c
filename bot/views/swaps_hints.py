"""What is said on top of the form about what was typed after the command."""

from bot.views.formats import escape, shorten

MINE, ASKERS, THEIRS = "you have", "they have", "your colleague has"
MISSING = "Please choose one."
SHIFT_IS_GONE = "This shift is not yours any more, or has begun. Look your shifts up once more."
THEIR_SHIFT_IS_GONE = "This shift is not theirs any more, or has begun. Look their shifts up once more."
ONE_AT_A_TIME = "One colleague at a time: I have taken the first."
_TYPED = 80


def unknown_name(name: str) -> str:
    """A name was typed that Slack did not turn into a person."""
    return f"I cannot tell who {_typed(name)} is. Pick them below."


def not_understood(rest: str) -> str:
    """A time that makes no sense."""
    return f"I did not understand “{_typed(rest)}”."


def several(whose: str, number: int, text: str) -> str:
    """More shifts than one are meant."""
    return f"“{_typed(text)}”: {whose} {number} shifts then, pick one."


def none(whose: str, text: str) -> str:
    """No shift is meant: none of the asker's that is ahead, or of a colleague's that the rules allow."""
    what = {MINE: "you could swap", ASKERS: "they could swap"}.get(whose, "you could get for yours")
    return f"“{_typed(text)}”: {whose} no shift then that {what}."


def _typed(text: str) -> str:
    return escape(shorten(text, _TYPED))
