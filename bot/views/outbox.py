"""What the outbox itself has to say: that a message failed, and several messages as one."""

from collections.abc import Sequence

from bot.views.blocks import Message, message, paragraphs
from bot.views.formats import shorten

_LINE = 2900  # characters; a paragraph has at most 3,000
_NOTIFICATION = 4000

_REASONS = {
    "is_archived": "the channel is archived",
    "not_in_channel": "I am not in the channel; `/invite` me",
    "channel_not_found": "Slack knows no such conversation that I can see",
    "user_disabled": "the account is deactivated",
    "user_not_found": "there is no such account",
}


def folded(texts: Sequence[str]) -> Message | None:
    """Several messages as one, each as it reads in a notification; None for none."""
    if not texts:
        return None
    lines = [f"• {shorten(text, _LINE)}" for text in texts]
    return message(shorten("\n".join(lines), _NOTIFICATION), *paragraphs(lines))


def failed(recipient: str, card: str, code: str) -> Message:
    """That a message did not reach a person or a channel, and why."""
    whom = f"<#{recipient}>" if recipient[:1] in ("C", "G") else f"<@{recipient}>"
    reason = _REASONS.get(code, f"Slack says `{code}`")
    return message(f"A message (`{card}`) could not be delivered to {whom}: {reason}.")
