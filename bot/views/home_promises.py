"""What somebody owes to customers, on their Home: what is due first."""

from collections.abc import Iterator
from datetime import datetime

from bot.domain.promises_shown import PromisesPage
from bot.views.blocks import Block, button, buttons, header, paragraphs
from bot.views.cases_named import case_words
from bot.views.formats import Formats
from bot.views.promises import MINE, standing


def the_promises(promises: PromisesPage, now: datetime, formats: Formats) -> Iterator[Block]:
    """The first of them, and a door to all; nothing where there is none."""
    if not promises.total:
        return
    yield header(f"Promised to customers · {promises.total}")
    yield from paragraphs(
        f"• {case_words(each.case)} · {standing(each, formats, now)}" for each in promises.promises
    )
    yield buttons(button("My promises", MINE, "mine"))
