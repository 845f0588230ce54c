"""Where covers stand, for who asks: their own, those offered to them, what they could take, what they lead."""

from collections.abc import Iterator, Sequence

from bot.domain.covers_shown import CoverList, CoverShown
from bot.views.blocks import Block, Message, button, buttons, context, header, message, section
from bot.views.covers import to_value
from bot.views.covers_words import state_words, summary_line, title
from bot.views.formats import Formats
from bot.views.requests import zone_line

SHOW, TURN = "cover.show", "cover.list.turn"
# Four lists of as many fit into one message.
_MOST = 10
_FLOOR = "Open on the floor"


def cover_list(shown: CoverList, formats: Formats, command: str, *, opens: bool = False) -> Message:
    """What is open, each with a button that shows it; ``opens``: the reader may open shifts."""
    parts = (
        ("Yours", shown.own),
        ("Offered to you", shown.offered),
        ("Open shifts", shown.open_shifts),
    )
    found = [(name, covers) for name, covers in parts if covers]
    if not found and not shown.floor:
        text = "Nothing is offered, by you or to you."
        opening = f" · open shifts that nobody works yet: `{command} open`" if opens else ""
        return message(text, section(text), context(f"Give a shift away: `{command} fri`{opening}"))
    sums = [*found, (_FLOOR, shown.floor)] if shown.floor else found
    summary = " · ".join(f"{name}: {len(covers)}" for name, covers in sums)
    blocks = [block for name, covers in found for block in _part(name, covers, formats)]
    floor = _page(shown.floor, 0, formats) if shown.floor else ()
    return message(summary, *blocks, *floor, zone_line(formats, f"By its number: `{command} 7`"))


def floor_page(shown: CoverList, page: int, formats: Formats, command: str) -> Message:
    """A page of all that is open on the floor; the last one where there are no longer so many."""
    last = max(len(shown.floor) - 1, 0) // _MOST
    blocks = _page(shown.floor, min(page, last), formats)
    return message(
        f"{_FLOOR}: {len(shown.floor)}", *blocks, zone_line(formats, f"All that concerns you: `{command} list`")
    )


def unknown_cover(command: str, number: int) -> Message:
    """Nothing has that number; perhaps a day was meant."""
    return _with_hint(
        f"There is no cover {number}.", f"All: `{command} list` · a shift by its day: `{command} fri`"
    )


def not_yours(command: str, number: int | None = None) -> Message:
    """The cover of others, who are not led by the reader either."""
    which = f"Cover {number}" if number else "This cover"
    text = f"{which} is between others. You can look at your own, at what is offered to you and at open shifts."
    return _with_hint(text, f"All of these: `{command} list`")


def not_theirs(command: str) -> Message:
    """The covers of somebody whom the reader does not lead."""
    text = "You can look at your own covers and, as a lead, at those of your team."
    return _with_hint(text, f"Yours: `{command} list`")


def unknown_person(slack_id: str, command: str) -> Message:
    """Somebody was named who is not on the roster."""
    return _with_hint(
        f"<@{slack_id}> is not on the roster, so I know no covers of theirs.", f"Yours: `{command} list`"
    )


def _part(name: str, covers: Sequence[CoverShown], formats: Formats) -> Iterator[Block]:
    yield header(f"{name} · {len(covers)}")
    yield from (_line(each, formats) for each in covers[:_MOST])
    if len(covers) > _MOST:
        yield context(f"and {len(covers) - _MOST} more, which move up as these are settled")


def _page(covers: Sequence[CoverShown], page: int, formats: Formats) -> Iterator[Block]:
    yield header(f"{_FLOOR} · {len(covers)}")
    begin = page * _MOST
    yield from (_line(each, formats) for each in covers[begin : begin + _MOST])
    turns = [("Earlier", page - 1)] if page else []
    turns += [("Later", page + 1)] if begin + _MOST < len(covers) else []
    if turns:
        yield buttons(*(button(label, f"{TURN}.{label.lower()}", str(to)) for label, to in turns))


def _line(shown: CoverShown, formats: Formats) -> Block:
    """The button shows it."""
    stands = f"*{title(shown)}* is {state_words(shown)}."
    show = button("Show", SHOW, to_value(shown.id), f"Show {title(shown).lower()}")
    return {**section(f"{stands}\n{summary_line(shown, formats)}"), "accessory": show}


def _with_hint(text: str, hint: str) -> Message:
    return message(text, section(text), context(hint))
