"""When it is to be, by what was typed after ``/cover``."""

from bot.actions.typed import read_typed
from bot.domain.when import Ambiguous, NotUnderstood, Understood, When
from bot.views.covers_help import NAME_THE_DAY
from bot.views.swaps_hints import not_understood
from handlers.visit import Visit


def meant(visit: Visit, text: str) -> tuple[tuple[When, ...], list[str]]:
    """The times that a text may mean, without the words in it that mean none, and what is said of these."""
    if not text:
        return (), []
    match read_typed(visit.caller, text, visit.deps.clock()):
        case NotUnderstood(understood=understood) as what:
            rest, _ = meant(visit, understood) if understood != text else ((), [])
            said = not_understood(what, visit.caller.formats)
            return rest, [said, *([] if rest or what.short else [NAME_THE_DAY])]
        case Ambiguous(choices=choices):
            return choices, []
        case Understood(when=when):
            return (when,), []
