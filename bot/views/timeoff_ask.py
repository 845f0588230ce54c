"""What was understood of a wish for time off, said back before it is sent, and why it cannot be."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any
from uuid import UUID

from bot.domain.intervals import Interval
from bot.domain.shifts import Somebody
from bot.domain.timeoff import State
from bot.domain.timeoff_asked import AskedAlready, Echo, TooLittle, Wish
from bot.domain.timeoff_kinds import CountedIn
from bot.domain.wallclock import local_date
from bot.domain.when_meaning import DayPart, When
from bot.views.blocks import Block, Message, button, buttons, message, paragraphs, section
from bot.views.findings import listed
from bot.views.formats import Formats, escape, person, shorten
from bot.views.forms import View, modal
from bot.views.requests import zone_line
from bot.views.timeoff_days import day_lines
from bot.views.timeoff_limits import hit_lines
from bot.views.timeoff_review import balance_words, short_words
from bot.views.timeoff_words import leave_words

SEND, EDIT, DROP, MEANT = (f"timeoff.wish.{name}" for name in ("send", "edit", "drop", "meant"))
REVIEW = "timeoff.review"
TITLE = "Time off"
_NAME, _MOST_OUT, _MOST_CHOICES = 80, 10, 5
NOTHING = "Nothing was sent."
NOTHING_TO_TAKE = f"you would not work then, so there is nothing to take. {NOTHING}"
NOTHING_FOR_THEM = f"they would not work then, so there is nothing to take. {NOTHING}"
WHICH_HALF = "Say which half: the first or the second."
OVER = f"that lies before today. Your lead or a coordinator can enter it for you. {NOTHING}"
TOO_LONG = f"That is longer, or further ahead, than can be asked for in one go. {NOTHING}"
END_MISSING = f"Say until when, too, such as 13-17 fri. {NOTHING}"
UNKNOWN_KIND = f"There is no such kind of leave any more. Choose another. {NOTHING}"
NO_PATTERN = (
    f"Neither a roster nor a work pattern says what you work then. Ask a coordinator to add one. {NOTHING}"
)
_PIECES = {
    CountedIn.DAYS: "is taken in whole days",
    CountedIn.HALF_DAYS: "is taken in whole or half days",
    CountedIn.HOURS: "is taken by the hour",
}
_NOW = {
    State.NEEDS_APPROVAL: "waits for approval",
    State.APPROVED: "is approved",
    State.PARTLY_APPROVED: "is approved in part",
}


@dataclass(frozen=True, slots=True)
class Kept:
    """What buttons and forms carry: the wish, for whom by their Slack account, and the note."""

    nonce: UUID
    wish: Wish
    whom: str | None = None
    note: str = ""


def echo_message(echo: Echo, kept: Kept, formats: Formats) -> Message:
    """What was understood, with Send, Change and Cancel; a question first where there is one."""
    text, blocks = _headline(echo, formats), list(_blocks(echo, formats))
    if echo.asks:
        return message(text, *blocks, section(_question(echo.asks, formats)), buttons(*_eves(kept)))
    sends = button("Send", SEND, keep(kept)) | {"style": "primary"}
    return message(
        text,
        *blocks,
        zone_line(formats, _what_then(echo)),
        buttons(sends, button("Change…", EDIT, keep(kept)), button("Cancel", DROP, keep(kept))),
    )


def echo_view(echo: Echo, kept: Kept, formats: Formats) -> View:
    """The same in the place of the form in which it was filled in."""
    back = button("Change…", EDIT, keep(replace(kept, note="")))
    if echo.asks:
        blocks = [section(_question(echo.asks, formats)), buttons(*_eves(replace(kept, note="")), back)]
        return modal(TITLE, *_blocks(echo, formats), *blocks, callback_id=REVIEW, metadata=keep(kept))
    return modal(
        TITLE,
        *_blocks(echo, formats),
        *([section(f"“{escape(shorten(kept.note, 500))}”")] if kept.note else []),
        zone_line(formats, _what_then(echo)),
        buttons(back),
        callback_id=REVIEW,
        submit="Send",
        metadata=keep(kept),
    )


def which_half(kept: Kept, formats: Formats, today: date) -> Message:
    """Half a day, and nobody has said which."""
    when = kept.wish.when
    text = f"Half of {formats.days(when.first, when.last, today)}: which half of the work of that day?"
    halves = ((DayPart.MORNING, "The first half"), (DayPart.AFTERNOON, "The second half"))
    return message(
        text, section(text), buttons(*_meant(kept, [(replace(when, part=each), label) for each, label in halves]))
    )


def which_days(kept: Kept, choices: Iterable[When], formats: Formats, today: date) -> Message:
    """What was typed may mean several days."""
    found = [(each, formats.when(each, today)) for each in choices][:_MOST_CHOICES]
    text = "Which days do you mean?"
    return message(text, section(text), buttons(*_meant(kept, found)))


def keep(kept: Kept) -> str:
    """As a button carries it."""
    wish, when = kept.wish, kept.wish.when
    said: dict[str, Any] = {
        "n": str(kept.nonce),
        "w": kept.whom or "",
        "k": wish.kind,
        "f": when.first.isoformat(),
        "l": when.last.isoformat(),
        "s": when.start.isoformat() if when.start else "",
        "e": when.end.isoformat() if when.end else "",
        "p": when.part.value if when.part else "",
        "v": wish.eve,
        "r": str(wish.replaces) if wish.replaces else "",
        "t": kept.note,
    }
    return json.dumps({key: value for key, value in said.items() if value not in ("", None)}, ensure_ascii=False)


def read_kept(value: str) -> Kept:
    """What a button carries."""
    said = json.loads(value)
    when = When(
        date.fromisoformat(said["f"]),
        date.fromisoformat(said["l"]),
        time.fromisoformat(said["s"]) if "s" in said else None,
        time.fromisoformat(said["e"]) if "e" in said else None,
        DayPart(said["p"]) if "p" in said else None,
    )
    wish = Wish(said["k"], when, said.get("v"), UUID(said["r"]) if "r" in said else None)
    return Kept(UUID(said["n"]), wish, said.get("w"), said.get("t", ""))


def sent(number: int, state: State, whose: Somebody | None = None) -> Message:
    """It is on its way, or settled at once."""
    title = f"Time off {number}{f' of {person(whose)}' if whose else ''}"
    text = f"{title} {_NOW[state]}."
    if state is State.NEEDS_APPROVAL:
        text = f"{title} is sent. What comes of it is told in a direct message."
    return message(text, section(text))


def wrong_pieces(kind: str, counted_in: CountedIn) -> str:
    """It is not taken like that."""
    return f"{escape(shorten(kind, _NAME)).capitalize()} {_PIECES[counted_in]}. {NOTHING}"


def asked_already(known: AskedAlready, formats: Formats) -> str:
    """Another request is for some of the same time."""
    days = formats.days(known.first, known.last)
    stands = f"Time off {known.number} ({days}) {_NOW[known.state]}"
    return f"{stands} and is for some of that time. Change that one. {NOTHING}"


def too_little(short: TooLittle, formats: Formats) -> str:
    """The balance does not suffice."""
    return f"{short_words(short, formats)} {NOTHING}"


def not_open(state: State) -> str:
    """What was to be changed has ended meanwhile, or is being changed."""
    return f"The request that you want to change is {state.value}. {NOTHING}"


def _headline(echo: Echo, formats: Formats) -> str:
    taking = [each for each in echo.days if each.minutes]
    days = formats.days(taking[0].day, taking[-1].day, echo.today)
    whose = f" for {person(echo.whose)}" if echo.whose else ""
    cost = leave_words(echo.minutes, echo.day_minutes)
    return f"{escape(shorten(echo.kind, _NAME)).capitalize()}{whose}: {days}, {cost}"


def _blocks(echo: Echo, formats: Formats) -> Iterator[Block]:
    yield section(f"*{_headline(echo, formats)}*")
    lines = [*day_lines(echo.days, formats, echo.day_minutes), *_notes(echo, formats)]
    yield from paragraphs(lines)
    if echo.hits:
        yield from paragraphs(["*Limits*", *listed(hit_lines(echo.hits, formats, echo.today))])


def _notes(echo: Echo, formats: Formats) -> Iterator[str]:
    if echo.left_out:
        out = ", ".join(formats.day(each) for each in echo.left_out[:_MOST_OUT])
        yield f"Public holidays are not taken from it: {out}"
    if echo.balances:
        yield f"Balance: {balance_words(echo.balances, formats, echo.today)}"
    if echo.replaces is not None:
        yield f"Takes the place of time off {echo.replaces}, which stands until this is approved."
    if echo.withdraws is not None:
        yield f"Time off {echo.withdraws}, which waits, is withdrawn when you send this."


def _question(asks: Interval, formats: Formats) -> str:
    ends = formats.moment(asks.end)
    begins = formats.day(local_date(asks.start, formats.zone))
    return f"The work of {begins}, {formats.hours(asks)}, ends {ends}. Is it meant, too?"


def _eves(kept: Kept) -> Iterator[Block]:
    for eve, label in ((True, "Yes, that too"), (False, "No")):
        yield button(
            label, f"{MEANT}.{'yes' if eve else 'no'}", keep(replace(kept, wish=replace(kept.wish, eve=eve)))
        )


def _meant(kept: Kept, choices: Iterable[tuple[When, str]]) -> Iterator[Block]:
    for number, (when, label) in enumerate(choices):
        meant = replace(kept, wish=replace(kept.wish, when=when))
        yield button(shorten(label, 75), f"{MEANT}.{number}", keep(meant))


def _what_then(echo: Echo) -> str:
    if not echo.needs_approval:
        return "It needs no approval"
    return "It goes to whoever approves it" if not echo.whose else "They are told that you entered it"
