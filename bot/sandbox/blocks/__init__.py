"""Block Kit as Slack enforces it: what is refused, in Slack's words, and what is added to what is taken."""

from bot.sandbox.blocks.completion import complete
from bot.sandbox.blocks.messages import check_message
from bot.sandbox.blocks.refusal import Refusal
from bot.sandbox.blocks.views import check_errors, check_options, check_view

__all__ = ["Refusal", "check_errors", "check_message", "check_options", "check_view", "complete"]
