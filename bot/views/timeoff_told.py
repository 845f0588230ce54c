"""What people are told of their leave."""

from datetime import date

from bot.domain.timeoff_shown import AdjustedShown
from bot.views.blocks import Message, context, message, section
from bot.views.formats import Formats, escape, shorten
from bot.views.timeoff_words import leave_words, signed

_NAME, _REASON = 80, 300


def expiring(
    ledger: str, last: date, minutes: int, day_minutes: int, formats: Formats, prefix: str = ""
) -> Message:
    """Something lapses unless it is taken."""
    what = f"*{leave_words(minutes, day_minutes)}* of your {_name(ledger)}"
    text = f"{what} will lapse. {formats.day(last, date.min)} is the last day on which you can take it."
    return message(text.replace("*", ""), section(text), _how(prefix))


def adjusted(shown: AdjustedShown, balance: int, by: str, formats: Formats, prefix: str = "") -> Message:
    """Somebody has put a balance right."""
    text = (
        f"<@{by}> has changed your {_name(shown.ledger)} by *{signed(shown.minutes, shown.day_minutes)}* "
        f"on {formats.day(shown.on, date.min)}. Your balance was {leave_words(balance, shown.day_minutes)} then."
    )
    why = [section(f"“{escape(shorten(shown.reason, _REASON))}”")] if shown.reason else []
    return message(text.replace("*", ""), section(text), *why, _how(prefix))


def _how(prefix: str) -> dict[str, object]:
    return context(f"Every line of it: `/{prefix}timeoff balance`")


def _name(ledger: str) -> str:
    return escape(shorten(ledger, _NAME))
