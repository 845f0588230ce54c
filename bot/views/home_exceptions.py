"""Exceptions that wait for somebody's decision, on their Home."""

from collections.abc import Iterator

from bot.domain.exceptions import ExceptionsSeen
from bot.views.blocks import Block, buttons, context, header, section
from bot.views.cases_named import case_words
from bot.views.exceptions import decide_buttons, what_words
from bot.views.formats import Formats, person
from bot.views.requests import said


def the_exceptions(seen: ExceptionsSeen, formats: Formats, prefix: str) -> Iterator[Block]:
    """The first of them, the earliest deadline first; nothing where none waits."""
    if seen.first:
        yield header(f"Exceptions to decide · {seen.total}")
    for each in seen.first:
        about = f" for {case_words(each.case)}" if each.case else ""
        asked = f"{what_words(each, formats)}{about}, by {person(each.asker)}:{said(each.reason)}"
        yield section(f"{asked} · until {formats.moment(each.due_at)}")
        yield buttons(*decide_buttons(each, formats))
    if seen.total > len(seen.first):
        yield context(f"and {seen.total - len(seen.first)} more: `/{prefix}case exceptions`")
