"""``/timeoff limits``: how many may be away at once, who never together, when nobody, and public holidays."""

import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError

from bot.actions.people import UnknownPerson
from bot.actions.timeoff_limits_edit import (
    IsGone,
    Wanted,
    bring_back_limit,
    limit_choices,
    remove_holiday,
    remove_limit,
    save_holiday,
    save_limit,
    shown_limits,
)
from bot.connectors.holidays import read_region
from bot.domain.permissions import Deed
from bot.domain.timeoff_holidays import OwnHoliday, read_own_holidays
from bot.domain.timeoff_limits import LimitKind
from bot.domain.timeoff_limits_shown import LimitShown
from bot.domain.wallclock import local_date
from bot.views import timeoff_limits_form as forms
from bot.views import timeoff_limits_list as views
from bot.views.blocks import Block, Message
from bot.views.forms import View, modal
from bot.views.timeoff_limits import holiday_words, limit_words
from handlers.visit import Visit

_COMMAND = "timeoff"


def register(app: App) -> None:
    """The list, and the forms that are opened from it."""
    app.action(views.OPEN)(open_list)
    app.action(re.compile(rf"^{re.escape(views.ADD)}\."))(open_blank)
    app.action(views.DO)(change_or_remove)
    app.action(views.UNDO)(bring_back)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.view(forms.FORM)(submit_limit)
    app.view(forms.HOLIDAY_FORM)(submit_holiday)


def open_limits(visit: Visit) -> Message | None:
    """Opens the list, or says whose it is."""
    if not visit.caller.actor.may(Deed.CHANGE_TIMEOFF_LIMITS):
        return views.not_for_you(visit.command(_COMMAND))
    visit.opens(_list(visit))
    return None


def open_list(ack: Ack, visit: Visit) -> None:
    """The button on Home."""
    if refusal := open_limits(visit):
        visit.reply(refusal)
    ack()


def open_blank(ack: Ack, visit: Visit) -> None:
    """The buttons below the list."""
    if visit.value == views.HOLIDAY:
        visit.opens(forms.holiday_form(None))
    else:
        visit.opens(forms.limit_form(LimitKind(visit.value), limit_choices(visit.deps, visit.caller)))
    ack()


def change_or_remove(ack: Ack, visit: Visit) -> None:
    """What was chosen beside a limit or a holiday."""
    verb, what, which = visit.action["selected_option"]["value"].split(" ", 2)
    try:
        if verb == views.CHANGE:
            visit.opens(_form(visit, what, which))
        else:
            visit.redraw(_list(visit, views.removed(_remove(visit, what, which), f"{what} {which}")))
    except IsGone:
        visit.redraw(_list(visit, views.gone()))
    ack()


def bring_back(ack: Ack, visit: Visit) -> None:
    """Undo, right after something was removed."""
    what, which = visit.value.split(" ", 1)
    if what == views.HOLIDAY:
        [holiday] = read_own_holidays(which)
        save_holiday(visit.deps, visit.caller, holiday)
        words = _holiday(visit, holiday)
    else:
        words = _limit(visit, bring_back_limit(visit.deps, visit.caller, UUID(which)))
    visit.redraw(_list(visit, views.brought_back(words)))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list."""
    visit.redraw(_list(visit, page=int(visit.value)))
    ack()


def submit_limit(ack: Ack, visit: Visit) -> None:
    """Has the limit hold, or says at the field what is wrong with it."""
    filled = forms.read_limit(visit.view)
    if filled.wrong:
        ack(response_action="errors", errors=filled.wrong)
        return
    wanted = Wanted(filled.limit, filled.new, filled.people)
    try:
        answer = _back(visit, lambda: views.saved(_limit(visit, save_limit(visit.deps, visit.caller, wanted))))
    except UnknownPerson:
        ack(response_action="errors", errors=forms.strangers())
        return
    ack(**answer)


def submit_holiday(ack: Ack, visit: Visit) -> None:
    """Has the holiday hold, or says at the field what is wrong with it."""
    holiday, instead = forms.read_holiday(visit.view)
    region = read_region(holiday.region) if holiday.region else None
    kept = OwnHoliday(holiday.day, holiday.name, holiday.extent, region)
    if wrong := forms.holiday_errors(kept, known=region is not None or not holiday.region):
        ack(response_action="errors", errors=wrong)
        return

    def save() -> list[Block]:
        save_holiday(visit.deps, visit.caller, kept, instead)
        return views.saved(_holiday(visit, kept))

    ack(**_back(visit, save))


def _back(visit: Visit, save: Callable[[], list[Block]]) -> dict[str, Any]:
    """Back to the list, which says what was saved; it is, whatever becomes of the list."""
    try:
        said = save()
    except IsGone:
        said = views.gone()
    with suppress(SlackApiError, OSError):
        visit.redraw(_list(visit, said, page=0), beneath=True)
        return {}
    return {"response_action": "update", "view": modal(views.TITLE, *said, close="Close")}


def _form(visit: Visit, what: str, which: str) -> View:
    if what == views.HOLIDAY:
        [holiday] = read_own_holidays(which)
        return forms.holiday_form(holiday)
    choices = limit_choices(visit.deps, visit.caller, UUID(which))
    assert choices.limit
    return forms.limit_form(choices.limit.limit.kind, choices)


def _remove(visit: Visit, what: str, which: str) -> str:
    """What is gone, in words."""
    if what == views.HOLIDAY:
        return _holiday(visit, remove_holiday(visit.deps, visit.caller, which))
    return _limit(visit, remove_limit(visit.deps, visit.caller, UUID(which)))


def _list(visit: Visit, said: Sequence[Block] = (), page: int | None = None) -> View:
    """The list as it is now, on the page that was looked at."""
    shown = shown_limits(visit.deps, visit.caller)
    at = page if page is not None else int((visit.body.get("view") or {}).get("private_metadata") or 0)
    return views.limits_list(shown, visit.caller.formats, visit.command(_COMMAND), at, said)


def _limit(visit: Visit, shown: LimitShown) -> str:
    return limit_words(shown, visit.caller.formats, _today(visit))


def _holiday(visit: Visit, holiday: OwnHoliday) -> str:
    return holiday_words(holiday, visit.caller.formats, _today(visit))


def _today(visit: Visit) -> date:
    return local_date(visit.deps.clock(), visit.caller.zone)
