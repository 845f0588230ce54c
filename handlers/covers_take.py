"""Taking what is offered: all of it at once, or a part by a form that says what it would mean."""

import re
from contextlib import suppress
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.covers_give import who_can_take
from bot.actions.covers_look import look_at_cover
from bot.actions.covers_propose import BadOffer
from bot.actions.covers_take import preview_take, take
from bot.actions.people import Caller, UnknownPerson
from bot.actions.swaps_turn import NotLegal
from bot.domain.covers import CoverOfOneself, NotOffered
from bot.domain.covers_shown import CoverShown, Wrong
from bot.domain.covers_times import BeginsOutside, times_within
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.permissions import NotPermitted
from bot.domain.unowned import Ranked
from bot.views import covers as cards
from bot.views import covers_answers as answers
from bot.views import covers_take as views
from bot.views.blocks import message
from bot.views.covers_form import WRONG
from bot.views.forms import MISSING, View
from bot.views.give import nobody_words, taker_options
from handlers.covers_look import renew
from handlers.covers_words import REFUSALS, has_taken, words_of_cover
from handlers.visit import Visit, shown

_OF_TAKER = {
    UnknownPerson: answers.NOT_ON_ROSTER,
    NotPermitted: answers.NOT_FOR_THEM,
    CoverOfOneself: answers.THEIRS_ALREADY,
    NotLegal: answers.NOT_WITH_THEM,
}
_NO_INTERVAL = (BeginsOutside, EmptyInterval)


def register(app: App) -> None:
    """The buttons that take, and the form behind them."""
    app.action(re.compile(rf"^{re.escape(cards.TAKE)}(\.\d+)?$"))(take_all)
    app.action(re.compile(rf"^({re.escape(cards.TAKE_PART)}|{re.escape(cards.GIVE)})$"))(ask_which_part)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(renew_form)
    app.options(views.TAKER)(offer_people)
    app.view(views.FORM)(submit)


def take_all(ack: Ack, visit: Visit) -> None:
    """Takes what the button says, at once unless it would mean overtime or the like: that is read first."""
    cover_id, interval = cards.read_value(visit.value)
    try:
        meant = preview_take(visit.deps, visit.caller, cover_id, interval)
        if views.costs(meant.review):
            found, _ = look_at_cover(visit.deps, visit.caller, cover_id)
            about = views.About(visit.deps.new_id(), cover_id, reply_to=visit.looked_up_at)
            means = views.meaning(meant, visit.caller.formats)
            visit.opens(views.take_form(found, interval or found.interval, about, visit.caller.formats, means))
        else:
            take(visit.deps, visit.caller, cover_id, interval)
    except REFUSALS as refusal:
        if not has_taken(refusal, visit.caller):
            visit.reply(message(words_of_cover(refusal, visit, cover_id)))
    if url := visit.looked_up_at:
        renew(visit, cover_id, url)
    ack()


def ask_which_part(ack: Ack, visit: Visit) -> None:
    """Opens the form with all that the caller could take, or that somebody else could."""
    cover_id, _ = cards.read_value(visit.value)
    gives = visit.name == cards.GIVE
    try:
        found, seat = look_at_cover(visit.deps, visit.caller, cover_id)
    except REFUSALS as refusal:
        visit.reply(message(words_of_cover(refusal, visit, cover_id)))
    else:
        possible = found.open_parts if gives else cards.takeable(found, seat)
        if possible:
            about = views.About(visit.deps.new_id(), cover_id, gives, visit.looked_up_at)
            visit.opens(_form(visit, found, about, possible[0], None))
        else:
            visit.reply(message(_why_nothing(visit, found, gives=gives)))
    ack()


def renew_form(ack: Ack, visit: Visit) -> None:
    """Other times or somebody else was chosen, and so it means something else."""
    view = visit.view
    about, filled = views.read_about(view), views.read_form(view)
    try:
        found, _ = look_at_cover(visit.deps, visit.caller, about.cover_id)
        interval = _interval(found, filled, visit.caller)
    except (*REFUSALS, *_NO_INTERVAL):
        interval = None  # Sending it says what is wrong.
    if interval:
        form = _form(visit, found, about, interval, filled)
        # Where it was changed once more meanwhile, that change draws it.
        visit.redraw(form, view["hash"])
    ack()


def offer_people(ack: Ack, visit: Visit) -> None:
    """Those whom the rules let work what the form says, by what was typed of their name."""
    view = visit.view
    about = views.read_about(view)
    people: Ranked = ()
    # Where there is no such interval, or cover, sending the form says so.
    with suppress(*REFUSALS, *_NO_INTERVAL):
        found, _ = look_at_cover(visit.deps, visit.caller, about.cover_id)
        interval = _interval(found, views.read_form(view), visit.caller)
        people = who_can_take(visit.deps, visit.caller, about.cover_id, interval)
    ack(options=taker_options(people, visit.searched, visit.deps.clock()))


def submit(ack: Ack, visit: Visit) -> None:
    """Takes the part, or says at the field what is wrong with it."""
    view = visit.view
    about, filled = views.read_about(view), views.read_form(view)
    if missing := _missing(about, filled):
        ack(response_action="errors", errors=missing)
        return
    try:
        found, _ = look_at_cover(visit.deps, visit.caller, about.cover_id)
        interval = _interval(found, filled, visit.caller)
        take(visit.deps, visit.caller, about.cover_id, interval, about.nonce, filled.taker)
    except BeginsOutside:
        ack(response_action="errors", errors={views.FROM: answers.NOT_OFFERED})
    except EmptyInterval:
        ack(response_action="errors", errors={views.UNTIL: WRONG[Wrong.NO_LENGTH]})
    except REFUSALS as refusal:
        ack(**_refused(refusal, visit, about, view))
    else:
        if about.reply_to:
            renew(visit, about.cover_id, about.reply_to)
        ack()


def _form(
    visit: Visit, found: CoverShown, about: views.About, interval: Interval, filled: views.Filled | None
) -> View:
    """The form with an interval, and what that would mean for who was chosen, if anybody can be."""
    taker = filled.taker if filled else None
    if about.gives and taker is None:
        hint = nobody_words(who_can_take(visit.deps, visit.caller, found.id, interval))
        return views.take_form(found, interval, about, visit.caller.formats, [], hint=hint)
    means = _means(visit, found.id, interval, taker)
    return views.take_form(found, interval, about, visit.caller.formats, means, filled.option if filled else None)


def _refused(refusal: Exception, visit: Visit, about: views.About, view: View) -> dict[str, Any]:
    """At its field, or in place of the form what needs mentions, which errors at a field know not."""
    if isinstance(refusal, NotOffered | BadOffer):
        words = words_of_cover(refusal, visit, about.cover_id)
        return {"response_action": "errors", "errors": {views.UNTIL: words}}
    if about.gives and type(refusal) in _OF_TAKER:
        return {"response_action": "errors", "errors": {views.TAKER: _OF_TAKER[type(refusal)]}}
    words = words_of_cover(refusal, visit, about.cover_id)
    return {"response_action": "update", "view": shown(message(words), view["title"]["text"])}


def _missing(about: views.About, filled: views.Filled) -> dict[str, str]:
    wanted: dict[str, object] = {views.FROM: filled.start, views.UNTIL: filled.end}
    wanted |= {views.TAKER: filled.taker} if about.gives else {}
    return {block: MISSING for block, value in wanted.items() if value is None}


def _interval(found: CoverShown, filled: views.Filled, caller: Caller) -> Interval:
    """Raises ``EmptyInterval`` and ``BeginsOutside``."""
    return Interval(*times_within(found.interval, filled.start, filled.end, caller.zone))


def _means(visit: Visit, cover_id: UUID, interval: Interval, taker: str | None) -> list[str]:
    """What taking it would mean for who takes it, or why it cannot be."""
    try:
        meant = preview_take(visit.deps, visit.caller, cover_id, interval, taker)
        return views.meaning(meant, visit.caller.formats)
    except REFUSALS as refusal:
        of_taker = _OF_TAKER.get(type(refusal)) if taker else None
        return [of_taker or words_of_cover(refusal, visit, cover_id)]


def _why_nothing(visit: Visit, found: CoverShown, *, gives: bool) -> str:
    """Why there is nothing of it for the caller to take, or to give to somebody."""
    if not gives:
        try:
            preview_take(visit.deps, visit.caller, found.id)
        except REFUSALS as refusal:
            return words_of_cover(refusal, visit, found.id)
    return answers.too_late(found, [], (), visit.caller.formats)
