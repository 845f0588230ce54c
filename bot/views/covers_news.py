"""What is said beside the card of a cover when something has happened to it."""

from bot.domain.covers import EMERGENCY, PartState
from bot.domain.covers_shown import CoverShown, News, PartShown
from bot.domain.intervals import Interval
from bot.views.blocks import Message, message, paragraphs
from bot.views.covers_words import names, part_words, schedule_lines, state_words, title, title_of, undone_words
from bot.views.formats import Formats, person
from bot.views.requests import doer_words, said, work_words

_MOST = 5


def cover_news(shown: CoverShown, news: News, formats: Formats, part: PartShown | None = None) -> Message:
    """What has happened to a cover or, where the news is of one, to a part."""
    text = _of_part(shown, news, part, formats) if part else _of_cover(shown, news, formats)
    return message(text, *paragraphs(text.splitlines()))


def _of_cover(shown: CoverShown, news: News, formats: Formats) -> str:
    name, left = title(shown), _open(shown, formats)
    match news:
        case News.ENTERED:
            who = f" by {person(shown.entered_by)}" if shown.entered_by else ""
            work = work_words(shown.interval, shown.queue, formats)
            return f"{name} was entered for you{who}: {work}. If you do not want it, withdraw it."
        case News.NOBODY_LEFT:
            asked = "everybody who can was asked" if shown.asked else "there is nobody whom the rules let me ask"
            return f"{name}: {asked}, and nobody has taken {left} yet. {_meanwhile(shown)}"
        case News.EMERGENCY:
            return (
                f"{name}: less than an hour is left, and nobody has taken {left} yet. {_called(shown)} "
                f"{_meanwhile(shown)}"
            )
        case News.SUPERSEDED:
            return f"{name} is {state_words(shown)}.{_kept(shown, formats)}{_offer_again(shown)}"
        case News.WITHDRAWN | News.EXPIRED:
            return f"{name} is {state_words(shown)}.{_outcome(shown, formats)}"
    return f"{name} is {state_words(shown)}.{_schedule(shown, formats)}"


def _of_part(shown: CoverShown, news: News, part: PartShown, formats: Formats) -> str:
    name, work = title_of(shown, part), work_words(part.interval, shown.queue, formats)
    by = doer_words(part.entered_by, part.taker)
    match news:
        case News.TAKEN:
            return f"{name} was taken {by}: {work}. It needs approval; you will hear of it."
        case News.TAKEN_FOR:
            waits = part.state is PartState.NEEDS_APPROVAL
            then = "It needs approval; you will hear of it." if waits else "It is settled."
            unwanted = "If you do not want it, give it back." if waits else "If you do not want it, undo it."
            return f"{name} was taken {by}: {work}. {then} {unwanted}"
        case News.CONFIRMED:
            left = _open(shown, formats)
            rest = f" Still to be taken: {left}." if left else ""
            return f"{name} is {part_words(shown, part)}: {person(part.taker)} works {work}.{rest}"
        case News.REFUSED:
            who = f" by {person(part.decided_by)}" if part.decided_by else ""
            return f"{name} was not approved{who}.{said(part.reason)} {_again(shown, part, formats)}"
        case News.GIVEN_UP:
            giver = doer_words(part.ended_by, part.taker)
            return f"{name} was given back {giver}. {_again(shown, part, formats)}"
        case News.UNDO_WANTED:
            return _wanted(shown, name, part)
        case News.UNDONE:
            return f"{name} was {undone_words(shown, part)}.{_schedule(shown, formats)}"
        case News.OPEN_AGAIN:
            again = filter(None, (each.intersection(part.interval) for each in shown.open_parts))
            hours = ", ".join(work_words(each, shown.queue, formats) for each in again)
            return f"{title(shown)}: {hours} is open again. If you can work then, take it by the card."
    return f"{name} is {part_words(shown, part)}.{_outcome(shown, formats)}"


def _wanted(shown: CoverShown, name: str, part: PartShown) -> str:
    both = [each for each in (shown.owner, part.taker) if each]
    first = names(each for each in both if each.member_id == part.undo_wanted_by) if part.undo_wanted_by else ""
    return f"{name} is to be undone, if you agree: {first} asks for it. Without you nothing changes."


def _open(shown: CoverShown, formats: Formats) -> str:
    """What is still to be taken."""
    more = len(shown.open_parts) - _MOST
    found = [_hours(each, shown, formats) for each in shown.open_parts[:_MOST]]
    return ", ".join([*found, *([f"{more} more parts"] if more > 0 else [])])


def _hours(interval: Interval, shown: CoverShown, formats: Formats) -> str:
    return work_words(interval, shown.queue if interval == shown.interval else None, formats)


def _meanwhile(shown: CoverShown) -> str:
    return f"{person(shown.owner)} works it unless somebody takes it." if shown.owner else "Nobody works it."


def _called(shown: CoverShown) -> str:
    """Who is asked in the last hour."""
    late = [each for each in shown.asked if each.asked_at >= shown.interval.start - EMERGENCY]
    if not late:
        nobody = "Nobody else" if shown.asked else "Nobody"
        return f"{nobody} can be asked now: give it to somebody, by the button on the card."
    return f"I ask those who may be asked at any hour: {names(each.member for each in late)}."


def _offer_again(shown: CoverShown) -> str:
    """What can be done once the shift has changed, unless there is nothing of it to give away any more."""
    if shown.ended_by or (shown.owner and shown.owner.left):
        return ""
    if shown.owner:
        return " If you still want to give some of it away, offer it again."
    return " If it is still open, offer it again."


def _again(shown: CoverShown, part: PartShown, formats: Formats) -> str:
    """What becomes of a part that came back."""
    if any(each.overlaps(part.interval) for each in shown.open_parts):
        return f"{work_words(part.interval, shown.queue, formats)} is offered to others again."
    return "Nothing changes." if shown.owner else "Nobody works it."


def _outcome(shown: CoverShown, formats: Formats) -> str:
    """Who works what in the end, where anything was taken."""
    return _kept(shown, formats) or (" Nothing changes." if shown.owner else " Nobody works it.")


def _kept(shown: CoverShown, formats: Formats) -> str:
    """Who works what, where any of it is confirmed."""
    confirmed = any(each.state is PartState.CONFIRMED for each in shown.parts)
    return _schedule(shown, formats) if confirmed else ""


def _schedule(shown: CoverShown, formats: Formats) -> str:
    """Who works what, after another sentence or, where there are several parts, below it."""
    lines = schedule_lines(shown, formats)
    return f" {lines[0]}." if len(lines) == 1 else "".join(f"\n{line}" for line in lines)
