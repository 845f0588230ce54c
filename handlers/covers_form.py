"""``/cover``: the form that offers a shift to others, filled in with what was typed."""

import re
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.covers_form import covers_form
from bot.actions.covers_propose import BadOffer, Offer, offer
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.shifts import known_names
from bot.actions.swaps_form import matching
from bot.actions.swaps_turn import NotLegal
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.covers_shown import CoverForm, Wrong
from bot.domain.covers_times import BeginsOutside, times_within
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.when import When
from bot.domain.windows import TooManyDays
from bot.views import covers_form as views
from bot.views import covers_help as words
from bot.views import swaps_hints as hints
from bot.views.blocks import Message, message
from bot.views.findings import reading_words
from bot.views.forms import MISSING
from bot.views.shifts import GIVE, NEW, read_start
from bot.views.swaps_answers import THEM
from handlers.covers_look import looked_up
from handlers.covers_open import begin_opening
from handlers.covers_typed import meant
from handlers.replies import open_view, reply

COMMAND = "cover"
_OPEN = re.compile(r"open\b", re.IGNORECASE)
_FOR = re.compile(r"^\s*for\b", re.IGNORECASE)


def register(app: App, prefix: str = "") -> None:
    """The command, the button on a shift, and the form that both open."""
    app.command(f"/{prefix}{COMMAND}")(open_cover_form)
    app.action(GIVE)(start_cover)
    app.view(views.FORM)(submit_cover)


def open_cover_form(ack: Ack, command: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Opens the form, or answers what needs none."""
    text = command["text"].strip()
    if answer := _without_form(deps, caller, command, text):
        ack(**answer)
        return
    if _OPEN.match(text):
        begin_opening(ack, command, client, deps, caller, _OPEN.sub("", text, count=1))
        return
    whom, rest, said = _read(caller, text)
    when, unclear = meant(deps, caller, rest)
    said += unclear
    try:
        form = covers_form(deps, caller, deps.new_id(), when, whom)
    except TooManyDays:
        said, when = [*said, hints.too_many_days(rest)], ()
        form = covers_form(deps, caller, deps.new_id(), (), whom)
    except NotPermitted:
        ack(**words.may_not_offer(whom))
        return
    if not form.shifts:
        ack(**_nothing(deps, caller, whom))
        return
    said += _which(form, when, caller, rest)
    client.views_open(trigger_id=command["trigger_id"], view=views.cover_form(form, caller.formats, said))
    ack()


def start_cover(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """The button on one of the caller's shifts, or on one of somebody for whom they may give it away."""
    wanted, whom = read_start(action["value"])
    try:
        form = covers_form(deps, caller, deps.new_id(), (), whom)
    except NotPermitted:
        reply(body, client, respond, words.may_not_offer(whom))
        ack()
        return
    chosen = next((each.id for each in form.shifts if str(each.id) == wanted), None)
    if wanted == NEW and not form.shifts:
        reply(body, client, respond, _nothing(deps, caller, whom))
    elif wanted != NEW and chosen is None:
        reply(body, client, respond, message(hints.THEIR_SHIFT_IS_GONE if whom else hints.SHIFT_IS_GONE))
    else:
        picked = CoverForm(form.nonce, form.shifts, chosen, owner=whom, least=form.least)
        open_view(body, client, views.cover_form(picked, caller.formats))
    ack()


def submit_cover(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Offers it, or says at each field what is wrong with it."""
    filled = views.read_form(body["view"])
    if filled.shift is None:
        ack(response_action="errors", errors={views.SHIFT: MISSING})
        return
    try:
        offer(deps, caller, _offer(deps, caller, filled))
    except BeginsOutside:
        ack(response_action="errors", errors={views.FROM: views.WRONG[Wrong.OUTSIDE_SHIFT]})
    except BadOffer as bad:
        ack(response_action="errors", errors=views.errors(filled, bad.wrong))
    except NotLegal as refusal:
        # Errors at a field know no mentions.
        text = " ".join(reading_words(refusal.reading, THEM, caller.formats))
        ack(response_action="errors", errors={views.SHIFT: text})
    else:
        ack()


def _offer(deps: Deps, caller: Caller, filled: views.Filled) -> Offer:
    """What is filled in, with the times as instants. Raises ``BadOffer`` and ``BeginsOutside``."""
    start, end = _instants(deps, caller, filled) if filled.start or filled.end else (None, None)
    assert filled.shift
    return Offer(filled.nonce, filled.shift, start, end, filled.note, filled.owner)


def _instants(deps: Deps, caller: Caller, filled: views.Filled) -> tuple[datetime | None, datetime | None]:
    form = covers_form(deps, caller, filled.nonce, (), filled.owner)
    shift = next((each for each in form.shifts if each.id == filled.shift), None)
    if shift is None:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    return times_within(shift.interval, filled.start, filled.end, caller.zone)


def _without_form(deps: Deps, caller: Caller, command: dict[str, Any], text: str) -> Message | None:
    """The answer to what needs no form, for who works shifts here; None where one is to be opened."""
    reach = caller.actor.reach(Deed.OFFER_COVER)
    if reach is Reach.NOBODY:
        return words.may_not_offer()
    if text.lower() == "help":
        return words.help_message(command["command"], reach, _opening(deps, caller))
    return looked_up(deps, caller, command["command"], text)


def _nothing(deps: Deps, caller: Caller, whom: str | None) -> Message:
    if whom:
        try:
            find_person(deps, caller.workspace_id, whom)
        except UnknownPerson:
            return words.not_on_roster(whom)
        return words.nothing_of_theirs(whom)
    return words.nothing_to_give(f"/{deps.settings.command_prefix}{COMMAND}", _opening(deps, caller))


def _opening(deps: Deps, caller: Caller) -> str | None:
    """How the caller opens shifts that nobody works; None where they may not."""
    if caller.actor.reach(Deed.OPEN_SHIFT) is Reach.NOBODY:
        return None
    return words.opening(next(iter(known_names(deps, caller).queues), None))


def _read(caller: Caller, text: str) -> tuple[str | None, str, list[str]]:
    """For whom it is to be offered, what else was typed, and what of it is unclear."""
    mentions = MENTION.findall(text)
    rest = as_typed(_FOR.sub(" ", MENTION.sub(" ", text)))
    names = [word for word in rest.split() if word.startswith("@")]
    rest = " ".join(word for word in rest.split() if not word.startswith("@"))
    said = [hints.unknown_owner(name) for name in names]
    said += [hints.ONE_AT_A_TIME] if len(mentions) > 1 else []
    whom = mentions[0] if mentions and mentions[0] != caller.slack_id else None
    return whom, rest, said


def _which(form: CoverForm, when: tuple[When, ...], caller: Caller, text: str) -> list[str]:
    """What is said where the time that was typed is that of no shift, or of several."""
    if not when:
        return []
    number = len(matching(form.shifts, when, caller.zone))
    if number == 0:
        return [hints.none(hints.ASKERS if form.owner else hints.MINE, text, "give away")]
    whose = hints.ASKERS if form.owner else hints.MINE
    return [hints.several(whose, number, text)] if number > 1 else []
