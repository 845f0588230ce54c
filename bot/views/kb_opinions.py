"""What somebody reads who has said whether an article helped."""

from bot.domain.kb_upkeep_shown import Helpfulness
from bot.views.blocks import Message, message
from bot.views.kb_words import helpfulness_words


def thanks(shown: Helpfulness, *, helpful: bool) -> Message:
    """The answer to the button; what is wrong with an article is for another one."""
    how = "" if helpful else " Press Outdated? to say what is wrong or missing: its owner reads that."
    return message(f"Thank you: {helpfulness_words(shown)}.{how}")
