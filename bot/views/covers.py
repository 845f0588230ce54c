"""The card of a cover in every state, for whoever looks at it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

from bot.domain.approval import REGRET
from bot.domain.covers import EMERGENCY, PartState, State
from bot.domain.covers_shown import CoverShown, PartShown, Seat
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.shifts import Somebody
from bot.views.blocks import Block, Message, button, buttons, context, message, paragraphs, section
from bot.views.coverage_effect import change_words, summary_words
from bot.views.covers_words import extra_words, schedule_lines, state_words, summary_line, title
from bot.views.formats import Formats, duration, person, plain, shorten
from bot.views.requests import doer_words, quote, work_words, zone_line

TAKE, TAKE_PART, CANNOT, GIVE = "cover.take", "cover.take_part", "cover.cannot", "cover.give"
WITHDRAW, GIVE_UP, UNDO = "cover.withdraw", "cover.give_up", "cover.undo"
# Shorter than that there is nothing to choose a part of.
_DIVISIBLE = timedelta(hours=1)
_MOST_TAKES, _MOST_PARTS = 4, 8
_NAME = 40


def cover_card(shown: CoverShown, seat: Seat, formats: Formats) -> Message:
    """A cover as it stands, with the buttons that whoever sits there has now.

    The floor's channel reads no note; of its readers only the two between whom it is can undo it.
    """
    name, standing = title(shown), stands(shown, seat)
    text = f"{name} {standing} {summary_line(shown, formats)}"
    blocks = [section(f"*{name}* {standing}"), *paragraphs(schedule_lines(shown, formats))]
    if seat.reader is None and not seat.may_give:
        blocks.append(zone_line(formats))
        pressable = list(_of_parts([("Undo", UNDO, each) for each in _confirmed(shown)], shown, formats))
    else:
        blocks += _particulars(shown, seat, formats)
        pressable = offered(shown, seat, formats)
    return message(text, *blocks, *([buttons(*pressable)] if pressable else []))


def offered(shown: CoverShown, seat: Seat, formats: Formats) -> list[Block]:
    """The buttons that whoever sits there has now; a screen reader says of which cover, and when."""
    return [*_of_taker(shown, seat, formats), *_of_asked(shown, seat, formats), *_of_owner(shown, seat, formats)]


def takeable(shown: CoverShown, seat: Seat) -> tuple[Interval, ...]:
    """What of it can be taken by who sits there, as far as is known without a check; nothing by who may not.

    Whoever acts for the owner, and was not asked, gives it to somebody, who may be themselves.
    """
    mine = [each.place for each in shown.asked if _reads(seat, each.member)]
    if not seat.may_take or shown.state is not State.OPEN or (seat.acts_for_owner and not mine):
        return ()
    if not mine or mine[0].whole:
        return shown.open_parts
    possible = (each.intersection(mine[0].piece.interval) for each in shown.open_parts)
    return tuple(each for each in possible if each)


def to_value(cover_id: UUID, interval: Interval | None = None) -> str:
    """What a button says that is about a cover, or about an interval of it."""
    if interval is None:
        return str(cover_id)
    return f"{cover_id} {interval.start.timestamp():.0f} {interval.end.timestamp():.0f}"


def read_value(value: str) -> tuple[UUID, Interval | None]:
    """What a button is about; a value that none of ours ever had is that of no cover."""
    try:
        cover_id, *edges = value.split()
        start, end = (datetime.fromtimestamp(int(each), UTC) for each in edges) if edges else (None, None)
        return UUID(cover_id), Interval(start, end) if start and end else None
    except (ValueError, OverflowError, OSError, EmptyInterval):
        return UUID(int=0), None


def stands(shown: CoverShown, seat: Seat) -> str:
    """What the card says first: a question to who may take it, otherwise where it stands."""
    own = [each for each in shown.held if _reads(seat, each.taker)]
    if own:
        what = "is" if own[0].interval == shown.interval else "· a part of it is"
        waits = any(each.state is PartState.NEEDS_APPROVAL for each in own)
        return f"{what} yours as soon as it is approved." if waits else f"{what} covered by you."
    if takeable(shown, seat):
        if any(_reads(seat, each.member) and each.cannot for each in shown.asked):
            return "· you said that you cannot. You can still take it."
        return f"· can you work this for {person(shown.owner)}?" if shown.owner else "· can you work this?"
    return f"is {state_words(shown)}."


def _particulars(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[Block]:
    """What is said beside who works what: notes, by whom, how long there is."""
    if shown.effect and (seat.acts_for_owner or seat.may_give):
        words = change_words if len(shown.open_parts) == 1 else summary_words
        lines = (f"If it is taken: {words(each, formats)}" for each in shown.effect[:_MOST_PARTS])
        yield section("\n".join(lines))
    if shown.note and (author := shown.entered_by or shown.owner):
        yield quote(author, shown.note)
    by = [f"Offered {doer_words(shown.entered_by, shown.owner)}"] if shown.owner and shown.entered_by else []
    by += [f"Taken {doer_words(each.entered_by, each.taker)}" for each in shown.held if each.entered_by]
    if by:
        yield context(" · ".join(dict.fromkeys(by[:_MOST_PARTS])))
    yield zone_line(formats, " · ".join(_small(shown, seat, formats)))


def _small(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[str]:
    taking = takeable(shown, seat)
    if shown.state is State.OPEN and seat.acts_for_owner:
        yield from _progress(shown, formats)
    elif taking:
        length = sum((each.length for each in taking), timedelta())
        yield f"{duration(length)} in all" if len(taking) > 1 else duration(length)
        mine = [each.place for each in shown.asked if _reads(seat, each.member)]
        yield from (f"{words} for you" for place in mine for words in extra_words(place))
        if taking != shown.open_parts:
            yield f"possible for you: {', '.join(formats.hours(each) for each in taking)}"
    if shown.state is State.OPEN:
        yield f"Open until {formats.moment(shown.expires_at)}"
    yield from _undoing(shown, seat, formats)


def _progress(shown: CoverShown, formats: Formats) -> Iterator[str]:
    """How far it is, for who waits for it; who was asked and who cannot is nobody's business."""
    number, cannot = len(shown.asked), sum(each.cannot for each in shown.asked)
    if number:
        yield f"{number} asked" + (f", {cannot} of them cannot" if cannot else "")
    if shown.open_parts:
        yield _next(shown, formats)
    if shown.owner:
        yield f"{person(shown.owner)} works what nobody is confirmed for"


def _next(shown: CoverShown, formats: Formats) -> str:
    """Who is asked next, and when."""
    if shown.next_wave_at is None:
        return "nobody else can be asked" if shown.asked else "nobody can be asked"
    when = formats.moment(shown.next_wave_at)
    if shown.next_wave_at == shown.interval.start - EMERGENCY:
        return f"whoever may be asked in an emergency is asked {when}"
    return f"the next are asked {when}"


def _undoing(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[str]:
    settled = [each for each in _own_parts(shown, seat) if each.settled_at]
    for part in settled[-1:]:
        if part.undo_wanted_by and shown.owner:
            first = shown.owner if part.undo_wanted_by == shown.owner.member_id else part.taker
            yield f"{person(first)} wants to undo it; it takes both"
        elif part.settled_at:
            until = formats.moment(part.settled_at + REGRET)
            if shown.owner:
                yield f"Either of you can undo it until {until}, later it takes both"
            else:
                yield f"Can be undone until {until}"


def _own_parts(shown: CoverShown, seat: Seat) -> list[PartShown]:
    """The confirmed parts that the reader may undo: those that they gave or took."""
    giver = shown.owner or shown.entered_by
    gives = giver is not None and _reads(seat, giver)
    return [each for each in _confirmed(shown) if gives or _reads(seat, each.taker)]


def _confirmed(shown: CoverShown) -> list[PartShown]:
    return [each for each in shown.held if each.state is PartState.CONFIRMED]


def _of_taker(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[Block]:
    waiting = [each for each in shown.held if each.state is PartState.NEEDS_APPROVAL and _reads(seat, each.taker)]
    found = [("Give back", GIVE_UP, each) for each in waiting]
    for each in _own_parts(shown, seat):
        if each.undo_wanted_by is None:
            found.append(("Undo", UNDO, each))
        elif seat.reader and each.undo_wanted_by != seat.reader.member_id:
            found.append(("Agree to undo", UNDO, each))
    return _of_parts(found, shown, formats)


def _of_parts(found: list[tuple[str, str, PartShown]], shown: CoverShown, formats: Formats) -> Iterator[Block]:
    """A button for each part, which says the hours where there are several."""
    for number, (verb, action, part) in enumerate(found[:_MOST_PARTS]):
        label = verb if len(found) == 1 else f"{verb} {formats.hours(part.interval)}"
        # A card may have several of them, and in one block their ids differ.
        pressable = button(label, f"{action}.{number}", str(part.id))
        yield pressable | _spoken(label, shown, part.interval, formats)


def _of_asked(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[Block]:
    taking = takeable(shown, seat)
    for number, each in enumerate(taking[:_MOST_TAKES]):
        label = "Take all" if each == shown.interval else f"Take {formats.hours(each)}"
        style = {} if number else {"style": "primary"}
        yield (
            button(label, TAKE if not number else f"{TAKE}.{number}", to_value(shown.id, each))
            | _spoken(label, shown, each, formats)
            | style
        )
    if any(each.length > _DIVISIBLE for each in taking):
        yield _about("Take part…", TAKE_PART, shown, formats)
    if seat.may_give and shown.open_parts:
        yield _about("Give to…", GIVE, shown, formats)
    holds = any(_reads(seat, each.taker) for each in shown.held)
    if (
        shown.open_parts
        and not holds
        and any(_reads(seat, each.member) and not each.cannot for each in shown.asked)
    ):
        yield _about("Can't…", CANNOT, shown, formats)


def _of_owner(shown: CoverShown, seat: Seat, formats: Formats) -> Iterator[Block]:
    if not seat.acts_for_owner or shown.state is not State.OPEN:
        return
    label = "Withdraw"
    if _confirmed(shown):
        label = "Withdraw the rest"
    if shown.owner and not _reads(seat, shown.owner):
        label = f"{label} for {plain(shorten(shown.owner.name, _NAME))}"
    yield _about(label, WITHDRAW, shown, formats)


def _reads(seat: Seat, somebody: Somebody) -> bool:
    return seat.reader is not None and seat.reader.member_id == somebody.member_id


def _about(label: str, action: str, shown: CoverShown, formats: Formats) -> Block:
    return button(label, action, to_value(shown.id)) | _spoken(label, shown, shown.interval, formats)


def _spoken(label: str, shown: CoverShown, interval: Interval, formats: Formats) -> Block:
    return {"accessibility_label": f"{label}, {title(shown)}, {work_words(interval, None, formats)}"[:75]}
