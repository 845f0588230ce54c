"""What somebody reads who asks for time off that cannot be asked for."""

from dataclasses import replace

from bot.domain.permissions import NotPermitted
from bot.domain.timeoff import NothingLeft, NothingToTake, NotOpen
from bot.domain.timeoff_asked import (
    AskedAlready,
    Blocked,
    NotInSuchPieces,
    OverAlready,
    TooLittle,
    TooLong,
    UnknownKind,
)
from bot.domain.timeoff_hours import EndMissing, NoPattern, WhichHalf
from bot.domain.wallclock import local_date
from bot.views import timeoff_answers as answers
from bot.views import timeoff_ask as views
from bot.views import timeoff_form as forms
from bot.views import timeoff_limits as limits
from bot.views import timeoff_waitlist as waitlist
from bot.views.blocks import Message, message
from handlers.visit import Visit

REFUSALS = (
    AskedAlready,
    Blocked,
    EndMissing,
    NoPattern,
    NotInSuchPieces,
    NotOpen,
    NothingLeft,
    NothingToTake,
    OverAlready,
    TooLittle,
    TooLong,
    UnknownKind,
    WhichHalf,
)


def field_of(refusal: Exception) -> str:
    """At which field of the form a refusal stands."""
    return forms.KIND if isinstance(refusal, UnknownKind | NotInSuchPieces | TooLittle) else forms.FIRST


def refused(refusal: Exception, visit: Visit, kept: views.Kept) -> Message:
    """Why it cannot be asked for and, where a place may come free, the way to wait for one."""
    if isinstance(refusal, Blocked):
        today, wish = local_date(visit.deps.clock(), visit.caller.zone), views.keep(replace(kept, note=""))
        return waitlist.blocked(refusal.hits, wish, visit.caller.formats, today)
    return message(words(refusal, visit, kept))


def words(refusal: Exception, visit: Visit, kept: views.Kept) -> str:
    """The same as a text alone, which has no mentions."""
    formats = visit.caller.formats
    match refusal:
        case NotPermitted():
            return str(answers.may_not_ask(None, visit.command("timeoff"))["text"])
        case AskedAlready():
            return views.asked_already(refusal, formats)
        case Blocked():
            today = local_date(visit.deps.clock(), visit.caller.zone)
            return "\n".join([*limits.hit_lines(refusal.hits, formats, today), views.NOTHING])
        case TooLittle():
            return views.too_little(refusal, formats)
        case NotInSuchPieces():
            return views.wrong_pieces(kept.wish.kind, refusal.counted_in)
        case NotOpen():
            return views.not_open(refusal.state)
    said = {
        EndMissing: views.END_MISSING,
        NoPattern: views.NO_PATTERN,
        NothingLeft: answers.NOTHING_LEFT,
        NothingToTake: views.NOTHING_FOR_THEM if kept.whom else views.NOTHING_TO_TAKE,
        OverAlready: views.OVER,
        TooLong: views.TOO_LONG,
        UnknownKind: views.UNKNOWN_KIND,
        WhichHalf: views.WHICH_HALF,
    }[type(refusal)]
    if isinstance(refusal, NothingToTake | OverAlready):
        # What was understood may be something else than what was meant.
        today = local_date(visit.deps.clock(), visit.caller.zone)
        return f"{formats.when(kept.wish.when, today)}: {said}"
    return said
