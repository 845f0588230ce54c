"""What somebody is yet to read, on their Home."""

from collections.abc import Iterator

from bot.domain.announcements_shown import ReaderShown, UnreadSeen
from bot.views.announcements import remind_buttons, reminder_line
from bot.views.blocks import Block, context, header, section
from bot.views.formats import Formats


def the_announcements(seen: UnreadSeen, formats: Formats, prefix: str) -> Iterator[Block]:
    """The first of them, the oldest first; nothing where all is read."""
    if seen.first:
        yield header(f"To read · {seen.total}")
    for each in seen.first:
        shown = ReaderShown(each, None)
        yield {**section(reminder_line(shown, formats)), "accessory": remind_buttons(shown)[0]}
    if seen.total > len(seen.first):
        yield context(f"and {seen.total - len(seen.first)} more: `/{prefix}announce list`")
