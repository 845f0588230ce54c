"""What people read whom the bot cannot serve."""

from collections.abc import Sequence
from datetime import datetime

from bot.views.blocks import Message, context, message, section
from bot.views.formats import Formats

SLACK_IS_AWAY = "Slack does not answer me right now, so I cannot answer you. Please try again in a moment."


def not_on_roster(ask: Sequence[str], channel: str | None, prefix: str = "") -> Message:
    """Somebody of the workspace whom no roster names; ``ask`` are the coordinators' accounts."""
    text = "You are not on the roster yet, so I cannot do that for you."
    hint = how_to_join(ask, channel, prefix)
    return message(f"{text} {hint}", section(text), context(hint))


def how_to_join(ask: Sequence[str], channel: str | None, prefix: str = "") -> str:
    """Whom somebody asks who is not on the roster."""
    if ask:
        who = " or ".join(f"<@{slack_id}>" for slack_id in ask[:3])
        return f"Ask {who} to add you; it takes one line in the people file."
    if channel:
        return f"Ask in <#{channel}> to be added; it takes one line in the people file."
    return (
        "Ask whoever plans your shifts to add you; it takes one line in the people file. If nobody has set me up "
        f"yet, an admin of this workspace begins with `/{prefix}floor setup`."
    )


def from_outside() -> Message:
    """Somebody from another workspace, or a guest."""
    text = "I only work for the people of this workspace's support team, so I cannot do that for you."
    return message(text, section(text))


def slack_gave_no_answer(reference: str) -> Message:
    """A fault of Slack's; the reference is in the log."""
    text = "Slack did not answer me just now, so I could not do that. Please try again in a moment."
    return _with_reference(text, reference)


def slack_was_away(at: datetime, formats: Formats) -> Message:
    """The same for who could not be told when they pressed something at ``at``."""
    text = (
        f"Slack did not answer me at {formats.time(at)}, so what you pressed then may have come to nothing. "
        "Please look, and try again if it is not done."
    )
    return message(text, section(text))


def something_went_wrong(reference: str) -> Message:
    """A fault of ours; the reference is in the log."""
    text = "Something went wrong on my side, and nothing was changed. Please try again in a moment."
    return _with_reference(text, reference)


def _with_reference(text: str, reference: str) -> Message:
    hint = f"If it happens again, tell your coordinator this reference: `{reference}`"
    return message(f"{text} {hint}", section(text), context(hint))
