"""Taking what is offered: all of it at once, or a part by a form that says what it would mean."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.covers_look import look_at_cover
from bot.actions.covers_propose import BadOffer
from bot.actions.covers_take import preview_take, take
from bot.actions.people import Caller, UnknownPerson
from bot.deps import Deps
from bot.domain.covers import CoverOfOneself, NotOffered
from bot.domain.covers_shown import CoverShown, Wrong
from bot.domain.covers_times import times_within
from bot.domain.intervals import EmptyInterval, Interval
from bot.domain.permissions import NotPermitted
from bot.views import covers as cards
from bot.views import covers_answers as answers
from bot.views import covers_take as views
from bot.views.blocks import message
from bot.views.covers_form import WRONG
from bot.views.forms import MISSING, View
from handlers.covers_look import renew
from handlers.covers_words import REFUSALS, has_taken, words_of_cover
from handlers.replies import looked_up_at, open_view, reply, shown

_OF_TAKER = {
    UnknownPerson: answers.NOT_ON_ROSTER,
    NotPermitted: answers.NOT_FOR_THEM,
    CoverOfOneself: answers.THEIRS_ALREADY,
}


def register(app: App) -> None:
    """The buttons that take, and the form behind them."""
    app.action(re.compile(rf"^{re.escape(cards.TAKE)}(\.\d+)?$"))(take_all)
    app.action(re.compile(rf"^({re.escape(cards.TAKE_PART)}|{re.escape(cards.GIVE)})$"))(ask_which_part)
    app.action(re.compile(rf"^{re.escape(views.FORM)}\."))(redraw)
    app.view(views.FORM)(submit)


def take_all(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Takes what the button says, at once unless it would mean overtime or the like: that is read first."""
    cover_id, interval = cards.read_value(action["value"])
    try:
        review = preview_take(deps, caller, cover_id, interval)
        if views.costs(review):
            found, _ = look_at_cover(deps, caller, cover_id)
            about = views.About(deps.new_id(), cover_id, reply_to=looked_up_at(body))
            means = views.meaning(review, caller.formats)
            form = views.take_form(found, interval or found.interval, about, caller.formats, means)
            open_view(body, client, form)
        else:
            take(deps, caller, cover_id, interval)
    except REFUSALS as refusal:
        if not has_taken(refusal, caller):
            reply(body, client, respond, message(words_of_cover(refusal, deps, caller, cover_id)))
    if url := looked_up_at(body):
        renew(deps, caller, cover_id, url)
    ack()


def ask_which_part(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Opens the form with all that the caller could take, or that somebody else could."""
    cover_id, _ = cards.read_value(action["value"])
    gives = action["action_id"] == cards.GIVE
    try:
        found, seat = look_at_cover(deps, caller, cover_id)
    except REFUSALS as refusal:
        reply(body, client, respond, message(words_of_cover(refusal, deps, caller, cover_id)))
    else:
        possible = found.open_parts if gives else cards.takeable(found, seat)
        if possible:
            about = views.About(deps.new_id(), cover_id, gives, looked_up_at(body))
            means = [] if gives else _means(deps, caller, cover_id, possible[0], None)
            open_view(body, client, views.take_form(found, possible[0], about, caller.formats, means))
        else:
            reply(body, client, respond, message(answers.too_late(found, [], (), caller.formats)))
    ack()


def redraw(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Other times or somebody else was chosen, and so it means something else."""
    view = body["view"]
    about, filled = views.read_about(view), views.read_form(view)
    try:
        found, _ = look_at_cover(deps, caller, about.cover_id)
        interval = _interval(found, filled, caller)
    except (*REFUSALS, EmptyInterval):
        interval = None  # Sending it says what is wrong.
    if interval:
        waits = about.gives and filled.taker is None
        means = [] if waits else _means(deps, caller, about.cover_id, interval, filled.taker)
        form = views.take_form(found, interval, about, caller.formats, means, filled.taker)
        try:
            client.views_update(view_id=view["id"], hash=view["hash"], view=form)
        except SlackApiError as error:
            # The form was closed, or changed once more: then that change draws it.
            if error.response["error"] not in ("hash_conflict", "not_found"):
                raise
    ack()


def submit(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Takes the part, or says at the field what is wrong with it."""
    view = body["view"]
    about, filled = views.read_about(view), views.read_form(view)
    if missing := _missing(about, filled):
        ack(response_action="errors", errors=missing)
        return
    try:
        found, _ = look_at_cover(deps, caller, about.cover_id)
        take(deps, caller, about.cover_id, _interval(found, filled, caller), about.nonce, filled.taker)
    except EmptyInterval:
        ack(response_action="errors", errors={views.UNTIL: WRONG[Wrong.NO_LENGTH]})
    except REFUSALS as refusal:
        ack(**_refused(refusal, deps, caller, about, view))
    else:
        if about.reply_to:
            renew(deps, caller, about.cover_id, about.reply_to)
        ack()


def _refused(refusal: Exception, deps: Deps, caller: Caller, about: views.About, view: View) -> dict[str, Any]:
    """At its field, or in place of the form what needs mentions, which errors at a field know not."""
    if isinstance(refusal, NotOffered | BadOffer):
        words = words_of_cover(refusal, deps, caller, about.cover_id)
        return {"response_action": "errors", "errors": {views.UNTIL: words}}
    if about.gives and type(refusal) in _OF_TAKER:
        return {"response_action": "errors", "errors": {views.TAKER: _OF_TAKER[type(refusal)]}}
    words = words_of_cover(refusal, deps, caller, about.cover_id)
    return {"response_action": "update", "view": shown(message(words), view["title"]["text"])}


def _missing(about: views.About, filled: views.Filled) -> dict[str, str]:
    wanted: dict[str, object] = {views.FROM: filled.start, views.UNTIL: filled.end}
    wanted |= {views.TAKER: filled.taker} if about.gives else {}
    return {block: MISSING for block, value in wanted.items() if value is None}


def _interval(found: CoverShown, filled: views.Filled, caller: Caller) -> Interval:
    """Raises ``EmptyInterval``."""
    return Interval(*times_within(found.interval, filled.start, filled.end, caller.zone))


def _means(deps: Deps, caller: Caller, cover_id: UUID, interval: Interval, taker: str | None) -> list[str]:
    """What taking it would mean for who takes it, or why it cannot be."""
    try:
        return views.meaning(preview_take(deps, caller, cover_id, interval, taker), caller.formats)
    except REFUSALS as refusal:
        return [words_of_cover(refusal, deps, caller, cover_id)]
