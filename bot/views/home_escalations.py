"""Open questions to departments on a Home."""

from collections.abc import Iterator

from bot.domain.chase_shown import Open, Reader
from bot.domain.home_escalations import OpenSeen
from bot.views.blocks import Block, button, buttons, header, section
from bot.views.chase_words import late_words, next_words, promise_words, row_buttons, title_words
from bot.views.escalations_list import OPEN
from bot.views.formats import Formats


def waiting_escalations(seen: OpenSeen, formats: Formats) -> Iterator[Block]:
    """Those that wait for the reader, who asked: to tell the department more, or to close them."""
    for each in seen.waiting:
        yield from _row(each, seen.reader, formats)


def the_escalations(seen: OpenSeen, formats: Formats) -> Iterator[Block]:
    """The first of the others and the way to all; nothing where there is none."""
    if not seen.total:
        return
    title = "Support asks your department" if seen.reader.answers else "With other departments"
    yield header(f"{title} · {seen.total} open{f', {seen.late} late' if seen.late else ''}")
    for each in seen.first:
        yield from _row(each, seen.reader, formats)
    yield buttons(button("See all", OPEN, "home", "See all open questions to departments"))


def _row(shown: Open, reader: Reader, formats: Formats) -> Iterator[Block]:
    yield section(
        f"{late_words(shown)}{title_words(shown)}\n{promise_words(shown, formats)} · {next_words(shown, formats)}"
    )
    yield buttons(*row_buttons(shown, reader))
