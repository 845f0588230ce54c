"""What is said beside the card of a cover when something has happened to it."""

from bot.domain.covers import PartState
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
            return f"{name}: everybody who can was asked, and nobody has taken {left} yet. {_meanwhile(shown)}"
        case News.EMERGENCY:
            return (
                f"{name}: less than an hour is left, and nobody has taken {left} yet. I ask those who may be "
                f"asked at any hour. {_meanwhile(shown)}"
            )
        case News.WITHDRAWN | News.EXPIRED | News.SUPERSEDED:
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


def _again(shown: CoverShown, part: PartShown, formats: Formats) -> str:
    """What becomes of a part that came back."""
    if any(each.overlaps(part.interval) for each in shown.open_parts):
        return f"{work_words(part.interval, shown.queue, formats)} is offered to others again."
    return "Nothing changes."


def _outcome(shown: CoverShown, formats: Formats) -> str:
    """Who works what in the end, where anything was taken."""
    if not any(each.state is PartState.CONFIRMED for each in shown.parts):
        return " Nothing changes." if shown.owner else " Nobody works it."
    return _schedule(shown, formats)


def _schedule(shown: CoverShown, formats: Formats) -> str:
    """Who works what, after another sentence or, where there are several parts, below it."""
    lines = schedule_lines(shown, formats)
    return f" {lines[0]}." if len(lines) == 1 else "".join(f"\n{line}" for line in lines)
