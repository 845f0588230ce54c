"""The open shifts that somebody has opened at once, and how they stand."""

from collections.abc import Iterator, Sequence

from bot.domain.covers import State
from bot.domain.covers_shown import CoverShown
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.covers import to_value
from bot.views.covers_look import SHOW
from bot.views.covers_words import state_words, summary_line, title
from bot.views.formats import Formats
from bot.views.requests import zone_line

_MOST = 20


def batch_card(shown: Sequence[CoverShown], formats: Formats) -> Message:
    """Each of them, those first that wait for somebody, with a button that shows it."""
    text = _summary(shown)
    every = sorted(shown, key=lambda each: (each.state is not State.OPEN, each.interval.start, each.number))
    more = len(every) - _MOST
    return message(
        text,
        section(text),
        *(_line(each, formats) for each in every[:_MOST]),
        *([context(f"and {more} more, which move up as these are settled")] if more > 0 else []),
        zone_line(formats),
    )


def _summary(shown: Sequence[CoverShown]) -> str:
    number = len(shown)
    opened = "1 open shift" if number == 1 else f"{number} open shifts"
    return f"You offered {opened} to others: {', '.join(_counts(shown))}."


def _counts(shown: Sequence[CoverShown]) -> Iterator[str]:
    waiting = sum(bool(each.open_parts) for each in shown)
    approval = sum(each.state is State.OPEN and not each.open_parts for each in shown)
    covered = sum(each.state is State.COVERED for each in shown)
    over = len(shown) - waiting - approval - covered
    counts = ((waiting, "still open"), (approval, "waiting for approval"), (covered, "covered"), (over, "over"))
    return (f"{number} {words}" for number, words in counts if number)


def _line(shown: CoverShown, formats: Formats) -> Block:
    said = f"*{title(shown)}* is {state_words(shown)}.\n{summary_line(shown, formats)}"
    if shown.open_parts and shown.next_wave_at is None:
        said = f"{said}\nNobody else can be asked"
    show = button("Show", SHOW, to_value(shown.id), f"Show {title(shown).lower()}")
    return {**section(said), "accessory": show}
