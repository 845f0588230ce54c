"""Where covers stand, who works what by them and why somebody was asked, in words."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import chain
from uuid import UUID

from bot.domain.covers import PartState, State
from bot.domain.covers_shown import CoverShown, PartShown
from bot.domain.fairness import Hardship
from bot.domain.intervals import Interval, subtract
from bot.domain.ranking import Place
from bot.domain.shifts import Somebody
from bot.domain.wishes import Asking
from bot.views.formats import Formats, amount, duration, person
from bot.views.requests import doer_words, queue_words, work_words

_HARDSHIPS = {
    Hardship.NIGHT: ("night", "nights"),
    Hardship.WEEKEND: ("weekend shift", "weekend shifts"),
    Hardship.HOLIDAY: ("holiday shift", "holiday shifts"),
    Hardship.LAST_MINUTE: ("last-minute cover", "last-minute covers"),
}
_MOST_NAMES, _MOST_LINES = 3, 20


def title(shown: CoverShown) -> str:
    """What people call it."""
    return f"{'Cover' if shown.owner else 'Open shift'} {shown.number}"


def title_of(shown: CoverShown, part: PartShown) -> str:
    """The same of a part of it."""
    name = title(shown)
    return name if part.interval == shown.interval else f"A part of {name[0].lower()}{name[1:]}"


def state_words(shown: CoverShown) -> str:
    """Where a cover stands, and through whom: for who came too late as well as on the card."""
    confirmed = [each for each in shown.held if each.state is PartState.CONFIRMED]
    match shown.state:
        case State.OPEN if not shown.open_parts:
            verb = "waits" if not confirmed else "some of it waits"
            return f"taken by {names(each.taker for each in shown.held)} and {verb} for approval"
        case State.OPEN if shown.held:
            return f"open: {names(each.taker for each in shown.held)} took a part of it"
        case State.OPEN:
            return "open: nobody has taken it yet"
        case State.COVERED:
            approved = {each.decided_by for each in confirmed}
            by = approved.pop() if len(approved) == 1 else None
            return f"covered by {names(each.taker for each in confirmed)}" + (
                f", approved by {person(by)}" if by else ""
            )
        case State.WITHDRAWN:
            return _withdrawn(shown)
        case State.EXPIRED:
            return f"over: {'the rest' if confirmed else 'it'} was not taken in time"
    return _void(shown)


def names(people: Iterable[Somebody]) -> str:
    """Several people, each once."""
    every = [person(each) for each in dict.fromkeys(people)]
    shown, more = every[:_MOST_NAMES], len(every) - _MOST_NAMES
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    *most, last = shown
    return f"{', '.join(most)} and {last}" if most else last


def part_words(shown: CoverShown, part: PartShown) -> str:
    """Where a part stands, and through whom."""
    taken = f"taken {doer_words(part.entered_by, part.taker)}"
    match part.state:
        case PartState.NEEDS_APPROVAL:
            return f"{taken} and waits for approval"
        case PartState.CONFIRMED:
            approved = f", approved by {person(part.decided_by)}" if part.decided_by else ""
            return f"covered by {person(part.taker)}{approved}"
        case PartState.DECLINED:
            return f"declined by {person(part.decided_by)}" if part.decided_by else "declined"
        case PartState.WITHDRAWN if part.ended_by and part.ended_by == shown.ended_by != part.taker:
            return f"withdrawn {doer_words(part.ended_by, shown.owner or part.ended_by)}"
        case PartState.WITHDRAWN:
            return f"given back {doer_words(part.ended_by, part.taker)}"
        case PartState.EXPIRED:
            return "over: it was not approved in time"
        case PartState.UNDONE:
            return undone_words(shown, part)
    return _void(shown, part)


def undone_words(shown: CoverShown, part: PartShown) -> str:
    """That a part was undone, by one of the two or, after the time for regret, by both."""
    both = [each for each in (shown.owner, part.taker) if each]
    doers = both if part.undo_wanted_by else [part.ended_by] if part.ended_by else []
    return f"undone by {names(doers)}" if doers else "undone"


def schedule_lines(shown: CoverShown, formats: Formats) -> list[str]:
    """Who works or gives which of it, a line for each part in order of time."""
    lines = list(_schedule(shown, formats))
    more = len(lines) - _MOST_LINES
    return lines if more <= 0 else [*lines[:_MOST_LINES], f"and {more} more parts"]


def summary_line(shown: CoverShown, formats: Formats) -> str:
    """The same in one line: of several parts what is still open of it, or only when all of it is."""
    lines = list(_schedule(shown, formats))
    if len(lines) == 1:
        return lines[0]
    return _rest(shown, formats) if shown.open_parts else work_words(shown.interval, shown.queue, formats)


def part_line(shown: CoverShown, part: PartShown, formats: Formats) -> str:
    """What somebody takes over, and from whom."""
    works = "works" if part.state in (PartState.NEEDS_APPROVAL, PartState.CONFIRMED) else "would have worked"
    of_whom = f"in place of {person(shown.owner)}" if shown.owner else "an open shift"
    return f"{person(part.taker)} {works} {work_words(part.interval, shown.queue, formats)}, {of_whom}"


def place_words(shown: CoverShown, member_id: UUID, at: datetime) -> str | None:
    """Why somebody was asked where they were, as of an instant; None for who was not."""
    for number, offer in enumerate(shown.asked, 1):
        if offer.member.member_id == member_id:
            turn = "first" if number == 1 else f"as no. {number}"
            return f"{turn}: {', '.join(reasons(offer.place, at))}"
    return None


def reasons(place: Place, at: datetime) -> Iterator[str]:
    """What a place in the ranking goes by, as of an instant."""
    yield "opted in" if place.asking is Asking.GLADLY else "has not opted in"
    if place.assumed:
        yield f"+{duration(place.piece.interval.length)} that week"
    else:
        yield f"+{amount(f'{place.share}', '%')} of the contract"
    yield from extra_words(place)
    yield _asked_before(place.last_asked, at)
    if place.hardships:
        yield _had(place)
    if place.spare:
        yield f"{'one skill' if place.spare == 1 else f'{place.spare} skills'} beyond what it needs"
    if not place.whole:
        yield "a part of it is possible"


def extra_words(place: Place) -> Iterator[str]:
    """The overtime and the hours at a premium that it would be for them."""
    if place.overtime > 0:
        yield f"{duration(timedelta(minutes=place.overtime))} of it overtime"
    if place.premium > 0:
        yield f"{duration(timedelta(minutes=place.premium))} of it at a premium"


def _void(shown: CoverShown, part: PartShown | None = None) -> str:
    """Somebody has left, or what made it the owner's was undone; otherwise the schedule is another."""
    gone = [each for each in (part.taker if part else None, shown.owner) if each and each.left]
    if gone:
        return f"void, because {person(gone[0])} has left"
    if shown.state is State.SUPERSEDED and shown.ended_by:
        gave = shown.ended_by == shown.owner
        return f"void: {person(shown.ended_by)} {'gave' if gave else 'took'} it back"
    return "void, because the shift has changed"


def _withdrawn(shown: CoverShown) -> str:
    """Taken back by who gave it; or all was undone or, where one person was to work it, given back."""
    undone = [each for each in shown.parts if each.state is PartState.UNDONE]
    back = [each for each in shown.parts if each.state in (PartState.WITHDRAWN, PartState.DECLINED)]
    if shown.ended_by is None:
        return part_words(shown, (undone or back)[-1]) if undone or back else "withdrawn"
    return f"withdrawn {doer_words(shown.ended_by, shown.owner or shown.ended_by)}"


def _schedule(shown: CoverShown, formats: Formats) -> Iterator[str]:
    held = {each.interval: each for each in shown.held}
    # What was undone may be the owner's again, and not open.
    kept = subtract(shown.interval, [*held, *shown.open_parts])
    for interval in sorted(chain(held, shown.open_parts, kept)):
        work = work_words(interval, shown.queue, formats)
        part = held.get(interval)
        if part is None:
            yield _of_owner(shown, interval, work)
        elif part.state is PartState.CONFIRMED:
            yield f"{person(part.taker)} works {work}"
        else:
            yield f"{person(part.taker)} takes {work}, if it is approved"


def _rest(shown: CoverShown, formats: Formats) -> str:
    first, *others = shown.open_parts[:_MOST_NAMES]
    hours = ", ".join([work_words(first, None, formats), *(formats.hours(each) for each in others)])
    more = len(shown.open_parts) - _MOST_NAMES
    hours = f"{hours} and {more} more parts" if more > 0 else hours
    of_all = f"{hours} of {formats.hours(shown.interval)} still open{queue_words(shown.queue)}"
    takers = {each.taker: None for each in shown.held}
    if not takers:
        return of_all
    verb = "has" if len(takers) == 1 else "have"
    all_else = not subtract(shown.interval, [*shown.open_parts, *(each.interval for each in shown.held)])
    waits = any(each.state is PartState.NEEDS_APPROVAL for each in shown.held)
    if_approved = ", if it is approved" if waits else ""
    return f"{of_all}; {names(takers)} {verb} {'the rest' if all_else else 'some of the rest'}{if_approved}"


def _of_owner(shown: CoverShown, interval: Interval, work: str) -> str:
    """What nobody has taken, or nobody any more."""
    whose = person(shown.owner) if shown.owner else "Nobody"
    if shown.state is State.SUPERSEDED:
        # Who works it as it is now, and when, is for the schedule to say.
        return f"{whose} would have given {work}" if shown.owner else f"Was open: {work}"
    if shown.state is not State.OPEN or not any(each.overlaps(interval) for each in shown.open_parts):
        return f"{whose} works {work}"
    return f"{whose} gives {work}" if shown.owner else f"Open: {work}"


def _asked_before(last: datetime | None, at: datetime) -> str:
    if last is None:
        return "never asked before"
    number = (at - last).days
    return f"last asked {'one day' if number == 1 else f'{number} days'} ago" if number > 0 else "last asked today"


def _had(place: Place) -> str:
    """How often in a year they had what the shift is besides work."""
    one, many = (
        " or ".join(_HARDSHIPS[each][of] for each in Hardship if each in place.hardships) for of in (0, 1)
    )
    number = f"no {one}" if not place.had else f"{place.had} {one if place.had == 1 else many}"
    return f"{number} in 12 months"
