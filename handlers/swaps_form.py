"""``/swap``: the form that proposes a swap, filled in with what was typed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.swaps_form import blank_form, choose, matching
from bot.actions.swaps_propose import BadProposal, Proposal, SameSwap, propose
from bot.actions.swaps_turn import NotLegal
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
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
from handlers.swaps_look import looked_up
from handlers.visit import Visit

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


def open_swap_form(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Opens the form, or says why there is none."""
    if answer := _without_form(visit, command["command"], command["text"].strip()):
        ack(**answer)
        return
    whom, text = _for_whom(visit.caller, command["text"])
    try:
        form = blank_form(visit.deps, visit.caller, visit.deps.new_id(), whom)
    except NotPermitted:
        ack(**(words.may_not_enter(whom) if whom else words.may_not_swap()))
        return
    if not form.shifts:
        ack(**(_nothing_of(visit, whom) if whom else _nothing_to_swap(visit)))
        return
    filled = _filled_in(visit, form, text)
    visit.opens(views.swap_form(filled, visit.caller.formats))
    ack()


def start_swap(ack: Ack, visit: Visit) -> None:
    """The button on one of the caller's shifts, or on one of somebody for whom they may enter a swap."""
    wanted, whom = read_start(visit.value)
    try:
        form = blank_form(visit.deps, visit.caller, visit.deps.new_id(), whom)
    except NotPermitted:
        visit.reply(words.may_not_enter(whom) if whom else words.may_not_swap())
        ack()
        return
    given = next((shift for shift in form.shifts if str(shift.id) == wanted), None)
    if wanted == NEW and not form.shifts:
        visit.reply(_nothing_to_swap(visit))
    elif wanted != NEW and given is None:
        visit.reply(message(hints.THEIR_SHIFT_IS_GONE if whom else hints.SHIFT_IS_GONE))
    else:
        chosen = choose(visit.deps, visit.caller, form, given.id if given else None, None)
        visit.opens(views.swap_form(chosen, visit.caller.formats))
    ack()


def redraw_swap_form(ack: Ack, visit: Visit) -> None:
    """Another shift or colleague was chosen, and so there are other shifts to get for it."""
    view = visit.view
    filled = views.read_form(view)
    if views.read_chosen(view) != (filled.given, filled.colleague):
        blank = blank_form(visit.deps, visit.caller, filled.nonce, filled.asker)
        form = choose(visit.deps, visit.caller, blank, filled.given, filled.colleague)
        # Where it was changed once more meanwhile, that change draws it.
        visit.redraw(views.swap_form(form, visit.caller.formats), view["hash"])
    ack()


def offer_returns(ack: Ack, visit: Visit) -> None:
    """The colleague's shifts that the rules allow, by what was searched for."""
    given, colleague = views.read_chosen(visit.view)
    blank = SwapForm(UUID(int=0), (), asker=views.read_asker(visit.view))
    form = choose(visit.deps, visit.caller, blank, given, colleague)
    ack(options=views.options(form.legal or (), visit.searched, visit.caller.formats))


def submit_swap(ack: Ack, visit: Visit) -> None:
    """Proposes, or says at each field what is wrong with it."""
    filled = views.read_form(visit.view)
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
        propose(visit.deps, visit.caller, proposal)
    except BadProposal as bad:
        ack(response_action="errors", errors=views.errors(filled, bad.wrong))
    except SameSwap as same:
        ack(response_action="errors", errors={filled.returned_block: same_swap(same.number)})
    except NotLegal as refusal:
        ack(response_action="errors", errors={filled.returned_block: _in_plain_text(refusal, visit.caller)})
    else:
        ack()


def _in_plain_text(refusal: NotLegal, caller: Caller) -> str:
    """Errors at a field know no mentions."""
    return " ".join(reading_words(refusal.reading, THEM, caller.formats))


def _without_form(visit: Visit, command: str, text: str) -> Message | None:
    """The answer to what needs no form, for who works shifts here; None where one is to be opened."""
    reach = visit.caller.actor.reach(Deed.PROPOSE_SWAP)
    if reach is Reach.NOBODY:
        return words.may_not_swap()
    if text.lower() == "help":
        return words.help_message(command, reach)
    return looked_up(visit, command, text)


def _nothing_of(visit: Visit, whom: str) -> Message:
    try:
        find_person(visit.deps, visit.caller.workspace_id, whom)
    except UnknownPerson:
        return words.not_on_roster(whom)
    return words.nothing_of_theirs(whom)


def _nothing_to_swap(visit: Visit) -> Message:
    return words.nothing_to_swap(visit.command(COMMAND), visit.caller.actor.reach(Deed.PROPOSE_SWAP))


def _for_whom(caller: Caller, text: str) -> tuple[str | None, str]:
    """For whom else it is to be entered, if for anybody, and what else was typed."""
    match = _PROXY.match(text)
    if match is None:
        return None, text
    return (None if match[1] == caller.slack_id else match[1]), text[match.end() :]


def _filled_in(visit: Visit, form: SwapForm, text: str) -> SwapForm:
    """The form with what was typed, and what could not be understood said on top."""
    mentions = MENTION.findall(text)
    rest = _WITH.sub(" ", as_typed(MENTION.sub(" ", text)))
    names = [word for word in rest.split() if word.startswith("@")]
    rest = " ".join(word for word in rest.split() if not word.startswith("@"))
    give, *returns = (part.strip() for part in _FOR.split(rest, maxsplit=1))
    said = [hints.unknown_name(name) for name in names]
    said += [hints.ONE_AT_A_TIME] if len(mentions) > 1 else []
    given, hint = _meant(visit, form.shifts, give, hints.ASKERS if form.asker else hints.MINE)
    said += hint
    chosen = choose(visit.deps, visit.caller, form, given.id if given else None, mentions[0] if mentions else None)
    if returns and chosen.legal is not None:
        returned, hint = _meant(visit, chosen.legal, returns[0], hints.THEIRS)
        chosen = replace(chosen, returned=returned.id if returned else None)
        said += hint
    return replace(chosen, hints=tuple(said))


def _meant(visit: Visit, shifts: Sequence[SwapShift], text: str, whose: str) -> tuple[SwapShift | None, list[str]]:
    """The one of the shifts that a text means, or why none is chosen."""
    if not text:
        return None, []
    match read_typed(visit.caller, text, visit.deps.clock()):
        case NotUnderstood() as what:
            return None, [hints.not_understood(what, visit.caller.formats)]
        case Understood(when=when):
            meant: tuple[When, ...] = (when,)
        case Ambiguous(choices=choices):
            meant = choices
    try:
        found = matching(shifts, meant, visit.caller.zone)
    except TooManyDays:
        return None, [hints.too_many_days(text)]
    if len(found) == 1:
        return found[0], []
    return None, [hints.several(whose, len(found), text) if found else hints.none(whose, text)]
