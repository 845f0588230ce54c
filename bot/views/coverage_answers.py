"""What is answered where coverage cannot be shown at once, or not at all, and the help."""

from collections.abc import Sequence
from datetime import date

from bot.domain.when import Ambiguous, NotUnderstood
from bot.views.blocks import Message, button, buttons, context, header, message, section
from bot.views.coverage import FILES, SHOW, Request, name
from bot.views.formats import Formats, escape, shorten

_REST, _MOST_NAMES = 200, 10


def choose(meaning: Ambiguous, request: Request, formats: Formats, today: date) -> Message:
    """Which days are meant, each as a button."""
    text = "Which one do you mean?" if len(meaning.choices) > 1 else "Is this what you mean?"
    offered = [
        button(
            shorten(formats.when(each, today), 75),
            f"{SHOW}.{number}",
            Request(request.kind, each.first, each.last, request.queue, request.percent).value,
        )
        for number, each in enumerate(meaning.choices)
    ]
    return message(text, section(text), buttons(*offered))


def not_understood(meaning: NotUnderstood, formats: Formats, command: str, queues: Sequence[str]) -> Message:
    """What made no sense, and what would."""
    rest = f"“{escape(shorten(meaning.rest, _REST))}”"
    if meaning.short:
        text = f"There is no {rest}: {formats.short_month(meaning.short)}."
    else:
        text = f"I did not understand {rest}."
    named = ", ".join(map(name, queues[:_MOST_NAMES]))
    hint = f"Queues are {named}. " if queues else ""
    return message(text, section(text), context(f"{hint}All forms: `{command} help`"))


def too_far(most: int) -> Message:
    """More days than can be looked at."""
    text = f"That is more than {most} days. Ask for fewer, such as `next week`."
    return message(text, section(text))


def may_not_see(prefix: str) -> Message:
    """For who leads nobody; ``prefix`` precedes the commands."""
    text = "Leads, coordinators and managers see coverage. Ask one of them."
    return message(text, section(text), context(f"Who is on now: `/{prefix}shifts who`"))


def picture_sent() -> Message:
    """Where the heat map is."""
    text = "✓ I have sent you the heat map in a direct message."
    return message(text, section(text))


def picture_not_sent() -> Message:
    """Slack took no file."""
    text = (
        "Slack does not take the heat map right now. The gaps above are the same in words; try again in a moment."
    )
    return message(text, section(text))


def drawing() -> Message:
    """It takes its time."""
    text = "I am drawing it; look into our direct messages."
    return message(text, section(text))


def help_message(command: str) -> Message:
    """Every form of the command."""
    forms = {
        "": "where people are missing on the next 7 days",
        " thu": "on that day; also `next week`, `dec 7 to dec 13`",
        " thu billing": "of one queue",
        " last week": "of days that are over: the service level that was measured",
        " plan next week": "how many people to roster for what is expected; add a queue for the hours of each day",
        " ladder": "what helps against what is missing today; add a queue",
        " surplus": "where more people are there than are needed, to offer time off",
        " whatif +20% dec": "what you would have to roster by week if so many more contacts came",
        " standup": "how the day stands, as it is posted each morning",
        " help": "this list",
    }
    lines = [f"• `{command}{form}` – {meaning}" for form, meaning in forms.items()]
    return message(
        f"What {command} can do",
        header("Coverage"),
        section("\n".join(lines)),
        context("Only you see the answers. Leads, coordinators and managers may ask."),
        context(FILES),
    )
