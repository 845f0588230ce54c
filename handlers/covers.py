"""The buttons on the cards of covers, and the forms that ask why."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.actions.covers_decide import approve, approve_anyway, demand_approver, refuse
from bot.actions.covers_end import withdraw
from bot.actions.covers_look import look_at_cover, look_at_part
from bot.actions.covers_take import cannot, give_up
from bot.actions.covers_undo import undo
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.approval import BothSides
from bot.views import covers as cards
from bot.views import covers_answers as answers
from bot.views import covers_review as reviews
from bot.views.blocks import message
from bot.views.covers_words import title
from bot.views.why import REASON, About, Why, read_why, why_form
from handlers.covers_look import renew
from handlers.covers_words import REFUSALS, other_of, words_of_cover, words_of_part
from handlers.replies import looked_up_at, open_view, reply, shown

_FORMS = {
    cards.CANNOT: Why("You cannot", "Send", required=False),
    reviews.APPROVE_ANYWAY: Why("Approve anyway", "Approve anyway"),
    reviews.REFUSE: Why("Decline", "Decline"),
}


def register(app: App) -> None:
    """Every button on a card but those that take, and the forms behind some of them."""
    of_parts = "|".join(re.escape(each) for each in (cards.GIVE_UP, cards.UNDO, reviews.APPROVE))
    asking = "|".join(re.escape(each) for each in _FORMS)
    app.action(cards.WITHDRAW)(take_back)
    app.action(re.compile(rf"^({of_parts})(\.\d+)?$"))(press)
    app.action(re.compile(rf"^({asking})$"))(ask_why)
    app.action(reviews.REVIEW)(review)
    app.view(re.compile(rf"^({asking})\.form$"))(submit_why)


def take_back(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """Withdraws what is not confirmed of a cover; its card then shows what came of it."""
    cover_id, _ = cards.read_value(action["value"])
    try:
        withdraw(deps, caller, cover_id)
    except BothSides:
        reply(body, client, respond, message(answers.TAKES_IT))
    except REFUSALS as refusal:
        reply(body, client, respond, message(words_of_cover(refusal, deps, caller, cover_id)))
    if url := looked_up_at(body):
        renew(deps, caller, cover_id, url)
    ack()


def press(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """A button that does to a part what it says."""
    part_id, _ = cards.read_value(action["value"])
    try:
        answer = _do(action["action_id"], deps, caller, part_id)
    except REFUSALS as refusal:
        answer = words_of_part(refusal, deps, caller, part_id)
    if answer:
        reply(body, client, respond, message(answer))
    if url := looked_up_at(body):
        renew(deps, caller, look_at_part(deps, caller, part_id)[0].id, url)
    ack()


def ask_why(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """A button that wants some words first, from who may say them."""
    subject_id, name = cards.read_value(action["value"])[0], action["action_id"]
    try:
        hint = _hint(name, deps, caller, subject_id)
    except REFUSALS as refusal:
        reply(body, client, respond, message(_words(name, refusal, deps, caller, subject_id)))
    else:
        about = About(deps.new_id(), subject_id, looked_up_at(body))
        open_view(body, client, why_form(_FORMS[name], f"{name}.form", about, hint))
    ack()


def review(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """All that an approver looks at before they decide, on top of their Home."""
    part_id, _ = cards.read_value(action["value"])
    try:
        demand_approver(deps, caller, part_id)
    except REFUSALS as refusal:
        reply(body, client, respond, message(words_of_part(refusal, deps, caller, part_id)))
    else:
        found, part = look_at_part(deps, caller, part_id)
        open_view(body, client, shown(reviews.part_review(found, part, caller.formats), title(found)))
    ack()


def submit_why(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """The words are there."""
    view = body["view"]
    about, text = read_why(view)
    name = view["callback_id"].removesuffix(".form")
    does = {reviews.APPROVE_ANYWAY: approve_anyway, reviews.REFUSE: refuse}.get(name, cannot)
    try:
        does(deps, caller, about.subject_id, about.nonce, text)
    except REFUSALS as refusal:
        words = _words(name, refusal, deps, caller, about.subject_id)
        if words == answers.REASON_WANTED:
            ack(response_action="errors", errors={REASON: words})
        else:
            # Errors at a field know no mentions.
            ack(response_action="update", view=shown(message(words), view["title"]["text"]))
    else:
        if about.reply_to and name == cards.CANNOT:
            renew(deps, caller, about.subject_id, about.reply_to)
        ack()


def _do(name: str, deps: Deps, caller: Caller, part_id: UUID) -> str | None:
    """What to answer, where the card does not say it all."""
    if name.startswith(cards.GIVE_UP):
        give_up(deps, caller, part_id)
    elif name == reviews.APPROVE:
        approve(deps, caller, part_id)
    elif not undo(deps, caller, part_id):
        found, part = look_at_part(deps, caller, part_id)
        return answers.undo_asked(found, other_of(found, part, caller))
    return None


def _hint(name: str, deps: Deps, caller: Caller, subject_id: UUID) -> str:
    if name == cards.CANNOT:
        found, _ = look_at_cover(deps, caller, subject_id)
        return answers.cannot_hint(found)
    demand_approver(deps, caller, subject_id)
    return answers.decision_hint(*look_at_part(deps, caller, subject_id))


def _words(name: str, refusal: Exception, deps: Deps, caller: Caller, subject_id: UUID) -> str:
    if name == cards.CANNOT:
        return words_of_cover(refusal, deps, caller, subject_id)
    return words_of_part(refusal, deps, caller, subject_id)
