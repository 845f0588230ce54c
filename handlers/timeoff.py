"""``/timeoff``: what somebody has of leave."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.people import Caller, UnknownPerson
from bot.actions.timeoff_adjust import Adjustment, NotYet, OwnBalance, UnknownLedger, adjust, adjust_form
from bot.actions.timeoff_balance import balance_of
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.timeoff_shown import MOST_YEARS, TooFarAhead
from bot.domain.when import Ambiguous, Understood, When
from bot.views import timeoff as views
from bot.views import timeoff_adjust as forms
from bot.views import timeoff_balance as balances
from bot.views.blocks import Message
from bot.views.shifts import Asked
from handlers.replies import open_view, replace, reply

COMMAND = "timeoff"
_BALANCE = ("balance", "balances", "left")


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons that turn pages."""
    app.command(f"/{prefix}{COMMAND}")(answer_timeoff)
    app.action(re.compile(rf"^{re.escape(balances.SHOW)}\."))(turn_page)
    app.action(balances.ADJUST)(open_adjust_form)
    app.view(forms.FORM)(submit_adjustment)


def answer_timeoff(ack: Ack, command: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Answers the command."""
    ack(**_answer(deps, caller, Asked(command["command"], command["text"].strip(), deps.clock())))


def turn_page(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Another page replaces the one in which the button stands."""
    command = f"/{deps.settings.command_prefix}{COMMAND}"
    asked = balances.read_page(command, action["value"], deps.clock())
    replace(body, client, respond, _answer(deps, caller, asked))
    ack()


def open_adjust_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Opens the form for whose balance it is."""
    try:
        open_view(body, client, forms.adjust_form(adjust_form(deps, caller, UUID(action["value"]))))
    except OwnBalance:
        reply(body, client, respond, forms.own_balance())
    ack()


def submit_adjustment(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Enters it, or says at the field what is wrong."""
    nonce, member_id, ledger, entry, wrong = forms.read_form(body["view"])
    if entry is None:
        ack(response_action="errors", errors=wrong)
        return
    try:
        shown = adjust(deps, caller, Adjustment(nonce, member_id, ledger, entry))
    except NotYet:
        ack(response_action="errors", errors=forms.not_yet())
    except UnknownLedger:
        ack(response_action="errors", errors=forms.gone())
    else:
        ack(response_action="update", view=forms.saved(shown, caller.formats))


def _answer(deps: Deps, caller: Caller, asked: Asked) -> Message:
    if caller.actor.reach(Deed.SEE_BALANCE) is Reach.NOBODY:
        return views.not_for_you()
    word, _, rest = asked.text.partition(" ")
    if word.lower() in ("", "help"):
        return views.help_message(asked.command, caller.actor)
    if word.lower() in _BALANCE:
        return _balance(deps, caller, asked, rest)
    return views.unknown_word(as_typed(asked.text), asked.command)


def _balance(deps: Deps, caller: Caller, asked: Asked, typed: str) -> Message:
    named = [found[1] for found in MENTION.finditer(typed)]
    text = as_typed(MENTION.sub("", typed)).strip()
    if len(named) > 1:
        return views.one_at_a_time(asked.command)
    unknown = next((word for word in text.split() if word.startswith("@")), None)
    if unknown:
        return views.names_wanted(unknown, asked.command)
    on = _one_day(caller, asked, text) if text else None
    if text and on is None:
        return views.one_day(text, asked.command)
    slack_id = named[0] if named else caller.slack_id
    try:
        shown = balance_of(deps, caller, slack_id, on.first if on else None)
    except UnknownPerson:
        return views.unknown_person(slack_id, asked.command)
    except NotPermitted:
        return views.may_not_see(slack_id, asked.command)
    except TooFarAhead:
        return views.too_far(MOST_YEARS, asked.command)
    return balances.balance_message(shown, caller.formats, asked)


def _one_day(caller: Caller, asked: Asked, text: str) -> When | None:
    """The day that is meant; of several that it may mean, the likeliest, which the answer names."""
    meaning = read_typed(caller, text, asked.at)
    if isinstance(meaning, Ambiguous):
        meaning = Understood(meaning.choices[0])
    if not isinstance(meaning, Understood) or meaning.when.first != meaning.when.last:
        return None
    return meaning.when
