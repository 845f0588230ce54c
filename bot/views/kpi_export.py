"""What goes with key figures that are taken out, and what is answered."""

from bot.domain.kpi_looked import Looked
from bot.views.blocks import Message, context, message, section
from bot.views.formats import Formats, escape
from bot.views.kpi import place_words
from bot.views.kpi_words import span_words


def file_name(looked: Looked, kind: str) -> str:
    """What the file is called."""
    figure = f"-{looked.question.figures[0].replace(' ', '-')}" if len(looked.question.figures) == 1 else ""
    return f"figures{figure}-{looked.span.starts}-{looked.span.last}.{kind}"


def comment(looked: Looked, formats: Formats) -> str:
    """What stands above the file."""
    words = place_words(looked.place)
    return f"Key figures, {span_words(looked.span, formats)}{f', {words}' if words else ''}"


def sent(name: str) -> Message:
    """Where the file is."""
    text = f"✓ I have sent you *{escape(name)}* in a direct message."
    return message(text, section(text), context("That you took it out is recorded."))


def sending() -> Message:
    """It takes its time."""
    text = "I am writing the file; look into our direct messages."
    return message(text, section(text))


def not_sent() -> Message:
    """Slack took no file."""
    text = "Slack does not take the file right now. Press *Export* again in a moment."
    return message(text, section(text))


def may_not() -> Message:
    """For who may look, but take nothing out."""
    text = "Leads take out the figures of their team, coordinators and managers all of them. Ask one of them."
    return message(text, section(text))
