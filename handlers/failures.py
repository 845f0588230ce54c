"""What is logged, and what people read, when something fails: by whose fault it is."""

import structlog

from bot.connectors.messages import slack_is_away
from bot.views.blocks import Message
from bot.views.people import slack_gave_no_answer, something_went_wrong

log = structlog.get_logger()


def log_failure(error: Exception, **what: object) -> None:
    """A line where Slack was away, and all there is to know where something is wrong with us."""
    if slack_is_away(error):
        log.warning("slack is away", error=type(error).__name__, **what)
    else:
        log.error("request failed", exc_info=error, **what)


def what_failed(error: Exception, reference: str) -> Message:
    """That Slack was away, or that something is wrong with us; the reference is in the log."""
    return (slack_gave_no_answer if slack_is_away(error) else something_went_wrong)(reference)
