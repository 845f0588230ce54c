"""``/swap``: the form that proposes a swap, filled in with what was typed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.swaps_form import blank_form, choose, matching
from bot.actions.swaps_propose import BadProposal, Proposal, SameSwap, propose
from bot.actions.swaps_turn import NotLegal
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.swaps_shown import SwapForm, SwapShift
from bot.domain.when import Ambiguous, NotUnderstood, Understood, When
from bot.domain.windows import TooManyDays
from bot.views import swaps_form as views
from bot.views import swaps_help as words
from bot.views import swaps_hints as hints
from bot.views.blocks import Message, message
from bot.views.findings import reading_words
from bot.views.shifts import NEW, START, read_start
from bot.views.swaps_answers import THEM, same_swap
from handlers.replies import open_view, reply
from handlers.swaps_look import looked_up

COMMAND = "swap"
_PROXY = re.compile(r"\s*for\s+" + MENTION.pattern, re.IGNORECASE)
_WITH = re.compile(r"\bwith\b", re.IGNORECASE)
_FOR = re.compile(r"\bfor\b", re.IGNORECASE)


def register(app: App, prefix: str = "") -> None:
    """The command, the button on a shift, and the form that both open."""
    app.command(f"/{prefix}{COMMAND}")(open_swap_form)
    app.action(START)(start_swap)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(redraw_swap_form)
    app.options(views.RETURNED)(offer_returns)
    app.view(views.FORM)(submit_swap)


def open_swap_form(ack: Ack, command: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Opens the form, or says why there is none."""
    if answer := _without_form(deps, caller, command["command"], command["text"].strip()):
        ack(**answer)
        return
    whom, text = _for_whom(caller, command["text"])
    try:
        form = blank_form(deps, caller, deps.new_id(), whom)
    except NotPermitted:
        ack(**(words.may_not_enter(whom) if whom else words.may_not_swap()))
        return
    if not form.shifts:
        ack(**(_nothing_of(deps, caller, whom) if whom else _nothing_to_swap(deps, caller)))
        return
    filled = _filled_in(deps, caller, form, text)
    client.views_open(trigger_id=command["trigger_id"], view=views.swap_form(filled, caller.formats))
    ack()


def start_swap(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """The button on one of the caller's shifts, or on one of somebody for whom they may enter a swap."""
    wanted, whom = read_start(action["value"])
    try:
        form = blank_form(deps, caller, deps.new_id(), whom)
    except NotPermitted:
        refusal = words.may_not_enter(whom) if whom else words.may_not_swap()
        reply(body, client, respond, refusal)
        ack()
        return
    given = next((shift for shift in form.shifts if str(shift.id) == wanted), None)
    if wanted == NEW and not form.shifts:
        reply(body, client, respond, _nothing_to_swap(deps, caller))
    elif wanted != NEW and given is None:
        reply(body, client, respond, message(hints.THEIR_SHIFT_IS_GONE if whom else hints.SHIFT_IS_GONE))
    else:
        chosen = choose(deps, caller, form, given.id if given else None, None)
        open_view(body, client, views.swap_form(chosen, caller.formats))
    ack()


def redraw_swap_form(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Another shift or colleague was chosen, and so there are other shifts to get for it."""
    view = body["view"]
    filled = views.read_form(view)
    if views.read_chosen(view) != (filled.given, filled.colleague):
        form = choose(
            deps, caller, blank_form(deps, caller, filled.nonce, filled.asker), filled.given, filled.colleague
        )
        try:
            client.views_update(view_id=view["id"], hash=view["hash"], view=views.swap_form(form, caller.formats))
        except SlackApiError as error:
            # The form was closed, or changed once more: then that change draws it.
            if error.response["error"] not in ("hash_conflict", "not_found"):
                raise
    ack()


def offer_returns(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """The colleague's shifts that the rules allow, by what was searched for."""
    given, colleague = views.read_chosen(body["view"])
    blank = SwapForm(UUID(int=0), (), asker=views.read_asker(body["view"]))
    form = choose(deps, caller, blank, given, colleague)
    ack(options=views.options(form.legal or (), body["value"], caller.formats))


def submit_swap(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Proposes, or says at each field what is wrong with it."""
    filled = views.read_form(body["view"])
    if filled.given is None or filled.colleague is None or filled.returned is None:
        missing = {
            views.GIVEN: filled.given,
            views.COLLEAGUE: filled.colleague,
            filled.returned_block: filled.returned,
        }
        ack(
            response_action="errors",
            errors={block: hints.MISSING for block, value in missing.items() if not value},
        )
        return
    proposal = Proposal(filled.nonce, filled.given, filled.colleague, filled.returned, filled.note, filled.asker)
    try:
        propose(deps, caller, proposal)
    except BadProposal as bad:
        ack(response_action="errors", errors=views.errors(filled, bad.wrong))
    except SameSwap as same:
        ack(response_action="errors", errors={filled.returned_block: same_swap(same.number)})
    except NotLegal as refusal:
        ack(response_action="errors", errors={filled.returned_block: _in_plain_text(refusal, caller)})
    else:
        ack()


def _in_plain_text(refusal: NotLegal, caller: Caller) -> str:
    """Errors at a field know no mentions."""
    return " ".join(reading_words(refusal.reading, THEM, caller.formats))


def _without_form(deps: Deps, caller: Caller, command: str, text: str) -> Message | None:
    """The answer to what needs no form, for who works shifts here; None where one is to be opened."""
    reach = caller.actor.reach(Deed.PROPOSE_SWAP)
    if reach is Reach.NOBODY:
        return words.may_not_swap()
    if text.lower() == "help":
        return words.help_message(command, reach)
    return looked_up(deps, caller, command, text)


def _nothing_of(deps: Deps, caller: Caller, whom: str) -> Message:
    try:
        find_person(deps, caller.workspace_id, whom)
    except UnknownPerson:
        return words.not_on_roster(whom)
    return words.nothing_of_theirs(whom)


def _nothing_to_swap(deps: Deps, caller: Caller) -> Message:
    command = f"/{deps.settings.command_prefix}{COMMAND}"
    return words.nothing_to_swap(command, caller.actor.reach(Deed.PROPOSE_SWAP))


def _for_whom(caller: Caller, text: str) -> tuple[str | None, str]:
    """For whom else it is to be entered, if for anybody, and what else was typed."""
    match = _PROXY.match(text)
    if match is None:
        return None, text
    return (None if match[1] == caller.slack_id else match[1]), text[match.end() :]


def _filled_in(deps: Deps, caller: Caller, form: SwapForm, text: str) -> SwapForm:
    """The form with what was typed, and what could not be understood said on top."""
    mentions = MENTION.findall(text)
    rest = _WITH.sub(" ", as_typed(MENTION.sub(" ", text)))
    names = [word for word in rest.split() if word.startswith("@")]
    rest = " ".join(word for word in rest.split() if not word.startswith("@"))
    give, *returns = (part.strip() for part in _FOR.split(rest, maxsplit=1))
    said = [hints.unknown_name(name) for name in names]
    said += [hints.ONE_AT_A_TIME] if len(mentions) > 1 else []
    given, hint = _meant(deps, caller, form.shifts, give, hints.ASKERS if form.asker else hints.MINE)
    said += hint
    chosen = choose(deps, caller, form, given.id if given else None, mentions[0] if mentions else None)
    if returns and chosen.legal is not None:
        returned, hint = _meant(deps, caller, chosen.legal, returns[0], hints.THEIRS)
        chosen = replace(chosen, returned=returned.id if returned else None)
        said += hint
    return replace(chosen, hints=tuple(said))


def _meant(
    deps: Deps, caller: Caller, shifts: Sequence[SwapShift], text: str, whose: str
) -> tuple[SwapShift | None, list[str]]:
    """The one of the shifts that a text means, or why none is chosen."""
    if not text:
        return None, []
    match read_typed(caller, text, deps.clock()):
        case NotUnderstood() as what:
            return None, [hints.not_understood(what, caller.formats)]
        case Understood(when=when):
            meant: tuple[When, ...] = (when,)
        case Ambiguous(choices=choices):
            meant = choices
    try:
        found = matching(shifts, meant, caller.zone)
    except TooManyDays:
        return None, [hints.too_many_days(text)]
    if len(found) == 1:
        return found[0], []
    return None, [hints.several(whose, len(found), text) if found else hints.none(whose, text)]
