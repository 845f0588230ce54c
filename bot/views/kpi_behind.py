"""The cases behind a key figure."""

from bot.domain.kpi import Figure
from bot.domain.kpi_looked import Behind
from bot.views.blocks import Message, context, message, section
from bot.views.cases import show_button
from bot.views.cases_named import case_spoken, case_words
from bot.views.formats import Formats
from bot.views.kpi_words import span_words

_TITLES = {
    Figure.OPENED: "Cases opened",
    Figure.SOLVED: "Cases solved",
    Figure.CSAT: "Cases whose customers were not satisfied",
    Figure.BACKLOG: "Cases that were open at the end, the oldest first",
    Figure.BACKLOG_AGE: "Cases that were open at the end, the oldest first",
    Figure.SLA_FIRST_REPLY: "Cases whose first reply was late, or is",
    Figure.SLA_RESOLUTION: "Cases that were solved late, or are",
}


def cases(behind: Behind, formats: Formats, command: str) -> Message:
    """The first of them, each with a way to its card."""
    title = f"*{_TITLES[behind.figure]}* · {span_words(behind.span, formats)}"
    if not behind.first:
        return message(f"{title}: none", section(f"{title}\nNone that I know of."))
    rows = [
        {**section(_line(case_words(each))), "accessory": show_button(str(each.id), case_spoken(each))}
        for each in behind.first
    ]
    more = behind.total - len(behind.first)
    left = f"and {more} more. " if more else ""
    return message(
        f"{title}: {behind.total}",
        section(title),
        *rows,
        context(f"{left}Cases are with whom they are now; `{command} queue` lists what is open."),
    )


def _line(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
