"""What is said on top of the form about what was typed after the command."""

from bot.views.formats import escape, shorten

MINE, ASKERS, THEIRS = "You have", "They have", "Your colleague has"
MISSING = "Please choose one."
SHIFT_IS_GONE = "This shift is not yours any more, or has begun. `/shifts` shows what is."
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
    return f"{whose} {number} shifts for “{_typed(text)}”: pick one."


def none(whose: str, text: str) -> str:
    """No shift is meant; of a colleague's only those count that could be given."""
    what = "no shift" if whose != THEIRS else "no shift that could be swapped"
    return f"{whose} {what} for “{_typed(text)}”."


def _typed(text: str) -> str:
    return escape(shorten(text, _TYPED))
