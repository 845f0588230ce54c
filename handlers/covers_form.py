"""``/cover``: the form that offers a shift to others, filled in with what was typed."""

import re
from datetime import datetime
from typing import Any

from slack_bolt import Ack, App

from bot.actions.covers_form import covers_form
from bot.actions.covers_propose import BadOffer, Offer, offer
from bot.actions.people import Caller, UnknownPerson, find_person
from bot.actions.shifts import known_names
from bot.actions.swaps_form import matching
from bot.actions.swaps_turn import NotLegal
from bot.connectors.slack import MENTION, as_typed
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
from handlers.visit import Visit

COMMAND = "cover"
_OPEN = re.compile(r"open\b", re.IGNORECASE)
_FOR = re.compile(r"^\s*for\b", re.IGNORECASE)


def register(app: App, prefix: str = "") -> None:
    """The command, the button on a shift, and the form that both open."""
    app.command(f"/{prefix}{COMMAND}")(open_cover_form)
    app.action(GIVE)(start_cover)
    app.view(views.FORM)(submit_cover)


def open_cover_form(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Opens the form, or answers what needs none."""
    text = command["text"].strip()
    if answer := _without_form(visit, command["command"], text):
        ack(**answer)
        return
    if _OPEN.match(text):
        begin_opening(ack, visit, _OPEN.sub("", text, count=1))
        return
    whom, rest, said = _read(visit.caller, text)
    when, unclear = meant(visit, rest)
    said += unclear
    try:
        form = covers_form(visit.deps, visit.caller, visit.deps.new_id(), when, whom)
    except TooManyDays:
        said, when = [*said, hints.too_many_days(rest)], ()
        form = covers_form(visit.deps, visit.caller, visit.deps.new_id(), (), whom)
    except NotPermitted:
        ack(**words.may_not_offer(whom))
        return
    if not form.shifts:
        ack(**_nothing(visit, whom))
        return
    said += _which(form, when, visit.caller, rest)
    visit.opens(views.cover_form(form, visit.caller.formats, said))
    ack()


def start_cover(ack: Ack, visit: Visit) -> None:
    """The button on one of the caller's shifts, or on one of somebody for whom they may give it away."""
    wanted, whom = read_start(visit.value)
    try:
        form = covers_form(visit.deps, visit.caller, visit.deps.new_id(), (), whom)
    except NotPermitted:
        visit.reply(words.may_not_offer(whom))
        ack()
        return
    chosen = next((each.id for each in form.shifts if str(each.id) == wanted), None)
    if wanted == NEW and not form.shifts:
        visit.reply(_nothing(visit, whom))
    elif wanted != NEW and chosen is None:
        visit.reply(message(hints.THEIR_SHIFT_IS_GONE if whom else hints.SHIFT_IS_GONE))
    else:
        picked = CoverForm(form.nonce, form.shifts, chosen, owner=whom, least=form.least)
        visit.opens(views.cover_form(picked, visit.caller.formats))
    ack()


def submit_cover(ack: Ack, visit: Visit) -> None:
    """Offers it, or says at each field what is wrong with it."""
    filled = views.read_form(visit.view)
    if filled.shift is None:
        ack(response_action="errors", errors={views.SHIFT: MISSING})
        return
    try:
        offer(visit.deps, visit.caller, _offer(visit, filled))
    except BeginsOutside:
        ack(response_action="errors", errors={views.FROM: views.WRONG[Wrong.OUTSIDE_SHIFT]})
    except BadOffer as bad:
        ack(response_action="errors", errors=views.errors(filled, bad.wrong))
    except NotLegal as refusal:
        # Errors at a field know no mentions.
        text = " ".join(reading_words(refusal.reading, THEM, visit.caller.formats))
        ack(response_action="errors", errors={views.SHIFT: text})
    else:
        ack()


def _offer(visit: Visit, filled: views.Filled) -> Offer:
    """What is filled in, with the times as instants. Raises ``BadOffer`` and ``BeginsOutside``."""
    start, end = _instants(visit, filled) if filled.start or filled.end else (None, None)
    assert filled.shift
    return Offer(filled.nonce, filled.shift, start, end, filled.note, filled.owner)


def _instants(visit: Visit, filled: views.Filled) -> tuple[datetime | None, datetime | None]:
    form = covers_form(visit.deps, visit.caller, filled.nonce, (), filled.owner)
    shift = next((each for each in form.shifts if each.id == filled.shift), None)
    if shift is None:
        raise BadOffer((Wrong.SHIFT_CHANGED,))
    return times_within(shift.interval, filled.start, filled.end, visit.caller.zone)


def _without_form(visit: Visit, command: str, text: str) -> Message | None:
    """The answer to what needs no form, for who works shifts here; None where one is to be opened."""
    reach = visit.caller.actor.reach(Deed.OFFER_COVER)
    if reach is Reach.NOBODY:
        return words.may_not_offer()
    if text.lower() == "help":
        return words.help_message(command, reach, _opening(visit))
    return looked_up(visit, command, text)


def _nothing(visit: Visit, whom: str | None) -> Message:
    if whom:
        try:
            find_person(visit.deps, visit.caller.workspace_id, whom)
        except UnknownPerson:
            return words.not_on_roster(whom)
        return words.nothing_of_theirs(whom)
    return words.nothing_to_give(visit.command(COMMAND), _opening(visit))


def _opening(visit: Visit) -> str | None:
    """How the caller opens shifts that nobody works; None where they may not."""
    if visit.caller.actor.reach(Deed.OPEN_SHIFT) is Reach.NOBODY:
        return None
    return words.opening(next(iter(known_names(visit.deps, visit.caller).queues), None))


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
