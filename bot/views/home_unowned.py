"""What nobody works as it stands on a Home: of whoever finds owners for it, and of who could take it."""

from collections.abc import Iterator, Sequence

from bot.domain.covers_shown import CoverShown
from bot.domain.home_covers import OpenShifts
from bot.domain.unowned import Unowned
from bot.views.blocks import Block, button, buttons, context, header, section
from bot.views.covers import TAKE_PART, to_value
from bot.views.covers_words import summary_line, title
from bot.views.departures import give_button, unowned_lines
from bot.views.formats import Formats
from bot.views.requests import work_words
from bot.views.unowned import OFFER

_MOST = 3


def needs_owner(work: Sequence[Unowned], formats: Formats, most: int = _MOST) -> Iterator[Block]:
    """The first of what nobody works, each to be offered or given to somebody."""
    yield header(f"Needs an owner · {len(work)}" if work else "Needs an owner")
    if not work:
        yield section("Every shift ahead has an owner.")
    most = min(most, _MOST)
    for each in work[:most]:
        yield section("\n".join(unowned_lines(each, formats)))
        if not each.waits:
            yield buttons(*_buttons(each, formats))
    if len(work) > most:
        yield context(f"and {len(work) - most} more, which move up as these find an owner")


def could_take(shifts: OpenShifts, formats: Formats, command: str) -> Iterator[Block]:
    """The first of the open shifts that the rules let the reader take; nothing where there is none."""
    if shifts.total:
        yield header(f"Open shifts you could take · {shifts.total}")
    for each in shifts.first:
        take = button("Take…", TAKE_PART, to_value(each.id), f"Take…, {title(each).lower()}")
        yield {**section(f"*{title(each)}* · {_open_words(each, formats)}"), "accessory": take}
    if shifts.total > len(shifts.first):
        yield context(f"{shifts.total - len(shifts.first)} more: `{command} list`")


def _open_words(shown: CoverShown, formats: Formats) -> str:
    """All of it, or what is still open of it."""
    if shown.open_parts == (shown.interval,):
        return work_words(shown.interval, shown.queue, formats)
    return summary_line(shown, formats)


def _buttons(each: Unowned, formats: Formats) -> Iterator[Block]:
    if each.number is None:
        yield button("Offer…", OFFER, str(each.id), f"Offer…, {work_words(each.interval, None, formats)}")
    yield give_button(each, formats)
