"""The buttons on the cards of covers, and the forms that ask why."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.covers_decide import approve, approve_anyway, demand_approver, refuse
from bot.actions.covers_end import withdraw
from bot.actions.covers_look import look_at_cover, look_at_part
from bot.actions.covers_take import cannot, give_up
from bot.actions.covers_undo import undo
from bot.domain.approval import BothSides
from bot.views import covers as cards
from bot.views import covers_answers as answers
from bot.views import covers_review as reviews
from bot.views.blocks import message
from bot.views.covers_words import title
from bot.views.why import REASON, About, Why, read_why, why_form
from handlers.covers_look import renew
from handlers.covers_words import REFUSALS, other_of, words_of_cover, words_of_part
from handlers.visit import Visit, shown

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


def take_back(ack: Ack, visit: Visit) -> None:
    """Withdraws what is not confirmed of a cover; its card then shows what came of it."""
    cover_id, _ = cards.read_value(visit.value)
    try:
        withdraw(visit.deps, visit.caller, cover_id)
    except BothSides:
        visit.reply(message(answers.TAKES_IT))
    except REFUSALS as refusal:
        visit.reply(message(words_of_cover(refusal, visit, cover_id)))
    if url := visit.looked_up_at:
        renew(visit, cover_id, url)
    ack()


def press(ack: Ack, visit: Visit) -> None:
    """A button that does to a part what it says."""
    part_id, _ = cards.read_value(visit.value)
    try:
        answer = _do(visit, part_id)
    except REFUSALS as refusal:
        answer = words_of_part(refusal, visit, part_id)
    if answer:
        visit.reply(message(answer))
    if url := visit.looked_up_at:
        renew(visit, look_at_part(visit.deps, visit.caller, part_id)[0].id, url)
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """A button that wants some words first, from who may say them."""
    subject_id, name = cards.read_value(visit.value)[0], visit.name
    try:
        hint = _hint(visit, subject_id)
    except REFUSALS as refusal:
        visit.reply(message(_words(name, refusal, visit, subject_id)))
    else:
        about = About(visit.deps.new_id(), subject_id, visit.looked_up_at)
        visit.opens(why_form(_FORMS[name], f"{name}.form", about, hint))
    ack()


def review(ack: Ack, visit: Visit) -> None:
    """All that an approver looks at before they decide, on top of their Home."""
    part_id, _ = cards.read_value(visit.value)
    try:
        demand_approver(visit.deps, visit.caller, part_id)
    except REFUSALS as refusal:
        visit.reply(message(words_of_part(refusal, visit, part_id)))
    else:
        found, part = look_at_part(visit.deps, visit.caller, part_id)
        visit.opens(shown(reviews.part_review(found, part, visit.caller.formats), title(found)))
    ack()


def submit_why(ack: Ack, visit: Visit) -> None:
    """The words are there."""
    view = visit.view
    about, text = read_why(view)
    name = view["callback_id"].removesuffix(".form")
    does = {reviews.APPROVE_ANYWAY: approve_anyway, reviews.REFUSE: refuse}.get(name, cannot)
    try:
        does(visit.deps, visit.caller, about.subject_id, about.nonce, text)
    except REFUSALS as refusal:
        words = _words(name, refusal, visit, about.subject_id)
        if words == answers.REASON_WANTED:
            ack(response_action="errors", errors={REASON: words})
        else:
            # Errors at a field know no mentions.
            ack(response_action="update", view=shown(message(words), view["title"]["text"]))
    else:
        if about.reply_to and name == cards.CANNOT:
            renew(visit, about.subject_id, about.reply_to)
        ack()


def _do(visit: Visit, part_id: UUID) -> str | None:
    """What to answer, where the card does not say it all."""
    if visit.name.startswith(cards.GIVE_UP):
        give_up(visit.deps, visit.caller, part_id)
    elif visit.name == reviews.APPROVE:
        approve(visit.deps, visit.caller, part_id)
    elif not undo(visit.deps, visit.caller, part_id):
        found, part = look_at_part(visit.deps, visit.caller, part_id)
        return answers.undo_asked(found, other_of(found, part, visit.caller))
    return None


def _hint(visit: Visit, subject_id: UUID) -> str:
    if visit.name == cards.CANNOT:
        found, _ = look_at_cover(visit.deps, visit.caller, subject_id)
        return answers.cannot_hint(found)
    demand_approver(visit.deps, visit.caller, subject_id)
    return answers.decision_hint(*look_at_part(visit.deps, visit.caller, subject_id))


def _words(name: str, refusal: Exception, visit: Visit, subject_id: UUID) -> str:
    if name == cards.CANNOT:
        return words_of_cover(refusal, visit, subject_id)
    return words_of_part(refusal, visit, subject_id)
