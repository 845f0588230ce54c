"""``/shifts``: my shifts, a colleague's, and who is on."""

import re
from typing import Any

from slack_bolt import Ack, App

from bot.actions.people import Caller, UnknownPerson
from bot.actions.shifts import floor, known_names, shifts_of
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.wallclock import local_date
from bot.domain.when import Understood, When
from bot.domain.windows import MOST_DAYS, TooManyDays
from bot.views import shifts as views
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.calendar import offer_calendar
from handlers.shifts_edit import listing_of, opened
from handlers.visit import Visit

COMMAND = "shifts"


class _Unclear(Exception):
    """What was typed does not say what is meant; ``answer`` asks back."""

    def __init__(self, answer: Message) -> None:
        super().__init__("unclear")
        self.answer = answer


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons in its answers."""
    app.command(f"/{prefix}{COMMAND}")(show_shifts)
    app.action(re.compile(rf"^{re.escape(views.SHOW)}\."))(show_again)


def show_shifts(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command, or opens what it asks for."""
    asked = Asked(command["command"], command["text"].strip(), visit.deps.clock().replace(microsecond=0))
    ack(**(_answer(visit, asked) or {}))


def show_again(ack: Ack, visit: Visit) -> None:
    """Another page, or one of several readings: replaces the answer that the button stands in."""
    asked = views.read_value(visit.command(COMMAND), visit.value)
    ack()
    if answer := _answer(visit, asked):
        visit.replace(answer)


def _answer(visit: Visit, asked: Asked) -> Message | None:
    first, _, rest = asked.text.partition(" ")
    try:
        if first.lower() == "help":
            may_edit = visit.caller.actor.may(Deed.EDIT_SCHEDULE)
            queue = next(iter(known_names(visit.deps, visit.caller).queues), None)
            return views.help_message(asked.command, queue, may_edit=may_edit)
        if first.lower() == "calendar":
            return offer_calendar(visit)
        if first.lower() == "edit":
            return _edit(visit, asked, rest)
        if first.lower() == "who":
            return _floor(visit, asked, as_typed(rest).strip())
        return _person(visit, asked)
    except _Unclear as unclear:
        return unclear.answer
    except TooManyDays:
        return views.too_many_days(MOST_DAYS)
    except NotPermitted as refusal:
        if refusal.deed is Deed.EDIT_SCHEDULE:
            raise
        return views.may_not_see(asked.command)


def _person(visit: Visit, asked: Asked) -> Message:
    slack_id, named, text = _whose(asked, asked.text)
    when = _when(visit.caller, asked, text, named)
    try:
        shown = shifts_of(visit.deps, visit.caller, slack_id, when, asked.at)
    except UnknownPerson:
        return views.unknown_person(str(slack_id), asked.command)
    return views.shift_list(shown, visit.caller.formats, asked)


def _edit(visit: Visit, asked: Asked, typed: str) -> Message | None:
    visit.caller.actor.require(Deed.EDIT_SCHEDULE)
    slack_id, named, text = _whose(asked, typed)
    when = _when(visit.caller, asked, text, f"edit {named}".strip())
    return opened(visit, listing_of(slack_id, when, local_date(asked.at, visit.caller.zone)))


def _whose(asked: Asked, typed: str) -> tuple[str | None, str, str]:
    """The account of who is named, how they are, and what else was typed. Raises ``_Unclear``."""
    mentions = list(MENTION.finditer(typed))
    if len(mentions) > 1:
        raise _Unclear(views.one_at_a_time(asked.command))
    slack_id, named = (mentions[0][1], mentions[0][0]) if mentions else (None, "")
    text = as_typed(MENTION.sub("", typed)).strip()
    unknown = next((word for word in text.split() if word.startswith("@")), None)
    if unknown:
        raise _Unclear(views.names_wanted(unknown, asked.command))
    return slack_id, named, text


def _floor(visit: Visit, asked: Asked, text: str) -> Message:
    names = known_names(visit.deps, visit.caller)
    name, rest = names.cut(text)
    when = _when(visit.caller, asked, rest, f"who {name or ''}".strip(), () if name else names.every)
    return views.floor_list(floor(visit.deps, visit.caller, name, when, asked.at), visit.caller.formats, asked)


def _when(caller: Caller, asked: Asked, text: str, subject: str, names: tuple[str, ...] = ()) -> When | None:
    """The time that was typed, None for none; ``subject`` is what was typed beside it. Raises ``_Unclear``."""
    if not text:
        return None
    meaning = read_typed(caller, text, asked.at)
    if isinstance(meaning, Understood):
        return meaning.when
    raise _Unclear(views.ask_back(meaning, caller.formats, asked, subject, names))
