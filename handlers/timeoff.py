"""``/timeoff``: asking for time off, and what somebody has of leave."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.people import Caller, UnknownPerson
from bot.actions.timeoff_adjust import Adjustment, NotYet, OwnBalance, UnknownLedger, adjust, adjust_form
from bot.actions.timeoff_balance import balance_of
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.timeoff_shown import MOST_YEARS, TooFarAhead
from bot.domain.when import Ambiguous, Understood, When
from bot.views import timeoff as views
from bot.views import timeoff_adjust as forms
from bot.views import timeoff_balance as balances
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.timeoff_calendar import answer_calendar
from handlers.timeoff_limits import open_limits
from handlers.timeoff_requests import answer_request
from handlers.visit import Visit

COMMAND = "timeoff"
_BALANCE = ("balance", "balances", "left")


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons that turn pages."""
    app.command(f"/{prefix}{COMMAND}")(answer_timeoff)
    app.action(re.compile(rf"^{re.escape(balances.SHOW)}\."))(turn_page)
    app.action(balances.ADJUST)(open_adjust_form)
    app.view(forms.FORM)(submit_adjustment)


def answer_timeoff(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command."""
    answer = _answer(visit, Asked(command["command"], command["text"].strip(), visit.deps.clock()))
    ack(**(answer or {}))


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page replaces the one in which the button stands."""
    asked = balances.read_page(visit.command(COMMAND), visit.value, visit.deps.clock())
    if answer := _answer(visit, asked):
        visit.replace(answer)
    ack()


def open_adjust_form(ack: Ack, visit: Visit) -> None:
    """Opens the form for whose balance it is."""
    try:
        visit.opens(forms.adjust_form(adjust_form(visit.deps, visit.caller, UUID(visit.value))))
    except OwnBalance:
        visit.reply(forms.own_balance())
    ack()


def submit_adjustment(ack: Ack, visit: Visit) -> None:
    """Enters it, or says at the field what is wrong."""
    nonce, member_id, ledger, entry, wrong = forms.read_form(visit.view)
    if entry is None:
        ack(response_action="errors", errors=wrong)
        return
    try:
        shown = adjust(visit.deps, visit.caller, Adjustment(nonce, member_id, ledger, entry))
    except NotYet:
        ack(response_action="errors", errors=forms.not_yet())
    except UnknownLedger:
        ack(response_action="errors", errors=forms.gone())
    else:
        ack(response_action="update", view=forms.saved(shown, visit.caller.formats))


def _answer(visit: Visit, asked: Asked) -> Message | None:
    """None where a form was opened instead."""
    if visit.caller.actor.reach(Deed.SEE_BALANCE) is Reach.NOBODY:
        return views.not_for_you()
    word, _, rest = asked.text.partition(" ")
    if word.lower() == "help":
        return views.help_message(asked.command, visit.caller.actor)
    if word.lower() in _BALANCE:
        return _balance(visit, asked, rest)
    if word.lower() == "calendar":
        return answer_calendar(visit, rest)
    if word.lower() in ("limits", "limit"):
        return open_limits(visit)
    return answer_request(visit, asked.command, asked.text)


def _balance(visit: Visit, asked: Asked, typed: str) -> Message:
    named = [found[1] for found in MENTION.finditer(typed)]
    text = as_typed(MENTION.sub("", typed)).strip()
    if len(named) > 1:
        return views.one_at_a_time(asked.command)
    unknown = next((word for word in text.split() if word.startswith("@")), None)
    if unknown:
        return views.names_wanted(unknown, asked.command)
    on = _one_day(visit.caller, asked, text) if text else None
    if text and on is None:
        return views.one_day(text, asked.command)
    slack_id = named[0] if named else visit.caller.slack_id
    try:
        shown = balance_of(visit.deps, visit.caller, slack_id, on.first if on else None)
    except UnknownPerson:
        return views.unknown_person(slack_id, asked.command)
    except NotPermitted:
        return views.may_not_see(slack_id, asked.command)
    except TooFarAhead:
        return views.too_far(MOST_YEARS, asked.command)
    return balances.balance_message(shown, visit.caller.formats, asked)


def _one_day(caller: Caller, asked: Asked, text: str) -> When | None:
    """The day that is meant; of several that it may mean, the likeliest, which the answer names."""
    meaning = read_typed(caller, text, asked.at)
    if isinstance(meaning, Ambiguous):
        meaning = Understood(meaning.choices[0])
    if not isinstance(meaning, Understood) or meaning.when.first != meaning.when.last:
        return None
    return meaning.when
