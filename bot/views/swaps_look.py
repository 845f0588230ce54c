"""Where swaps stand, for who asks: those that wait for something, and why one cannot be looked at."""

from uuid import UUID

from bot.domain.swaps import State
from bot.domain.swaps_shown import SwapList, SwapShown
from bot.views.blocks import Block, Message, button, context, message, section
from bot.views.formats import Formats, person
from bot.views.swaps_words import exchange_lines, state_words

SHOW = "swap.show"
_MOST = 20


def swap_list(shown: SwapList, formats: Formats, command: str) -> Message:
    """The swaps that wait for something, each with a button that shows it, the newest last."""
    whose = f"Open swaps of {person(shown.whose)}" if shown.whose else "Your open swaps"
    if not shown.swaps:
        return _with_hint(f"{whose}: none.", f"Swap a shift: `{command} fri` · by its number: `{command} 14`")
    latest = shown.swaps[-_MOST:]
    left_out = len(shown.swaps) - len(latest)
    title = f"{whose}: {len(shown.swaps)}"
    more = f"The last {_MOST} are shown. " if left_out else ""
    zone = formats.zone.key.replace("_", " ")
    return message(
        title,
        section(f"*{title}*"),
        *(_line(each, shown.reader, formats) for each in latest),
        context(f"{more}A swap by its number: `{command} 14` · times in {zone}"),
    )


def unknown_swap(command: str, number: int) -> Message:
    """Nothing has that number; perhaps a day was meant."""
    return _with_hint(
        f"There is no swap {number}.", f"Yours: `{command} list` · a shift by its day: `{command} fri`"
    )


def not_yours(command: str, number: int | None = None) -> Message:
    """The swap of others, who are not led by the reader either."""
    which = f"Swap {number}" if number else "This swap"
    text = f"{which} is between others. You can look at your own and, as a lead, at those of your team."
    return _with_hint(text, f"Yours: `{command} list`")


def not_theirs(command: str) -> Message:
    """The swaps of somebody whom the reader does not lead."""
    text = "You can look at your own swaps and, as a lead, at those of your team."
    return _with_hint(text, f"Yours: `{command} list`")


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    return _with_hint(
        f"<@{slack_id}> is not on the roster, so I know no swaps of theirs.", f"Yours: `{command} list`"
    )


def _line(shown: SwapShown, reader: UUID | None, formats: Formats) -> Block:
    is_asked = shown.state is State.OPEN and shown.colleague.member_id == reader
    stands = "waiting for your answer" if is_asked else state_words(shown)
    lines = [f"*Swap {shown.number}* is {stands}.", *exchange_lines(shown, formats)]
    show = button("Show", SHOW, str(shown.id), f"Show swap {shown.number}")
    return {**section("\n".join(lines)), "accessory": show}


def _with_hint(text: str, hint: str) -> Message:
    return message(text, section(text), context(hint))
