"""Asking for time off: what was typed or filled in is said back, and sent when it is meant so."""

import re

from slack_bolt import Ack, App

from bot.actions.people import UnknownPerson, find_person
from bot.actions.timeoff_ask import Asked, ask, understood
from bot.actions.timeoff_form import blank_form, filled_form
from bot.actions.timeoff_look import visit_request
from bot.actions.typed import read_typed
from bot.connectors.slack import MENTION, as_typed
from bot.domain.permissions import NotPermitted
from bot.domain.timeoff_asked import Blocked, Wish
from bot.domain.timeoff_hours import WhichHalf
from bot.domain.timeoff_kinds import PAID
from bot.domain.timeoff_limits import may_wait
from bot.domain.timeoff_said import read_kind
from bot.domain.wallclock import local_date
from bot.domain.when import Ambiguous, NotUnderstood
from bot.views import timeoff_answers as answers
from bot.views import timeoff_ask as views
from bot.views import timeoff_form as forms
from bot.views.blocks import Message, message
from bot.views.swaps_hints import not_understood
from bot.views.timeoff import unknown_person
from bot.views.timeoff_requests import BEGIN
from handlers.timeoff_look import is_look, looked_up
from handlers.timeoff_words import REFUSALS, field_of, refused, words
from handlers.visit import Visit, shown

COMMAND = "timeoff"


def register(app: App) -> None:
    """The buttons of what is said back, the form, and the button in a list."""
    app.action(re.compile(r"^timeoff\.wish\.meant\."))(say_back)
    app.action(views.SEND)(send)
    app.action(views.EDIT)(change_wish)
    app.action(views.DROP)(drop)
    app.action(BEGIN)(start)
    app.view(forms.FORM)(submit_form)
    app.view(views.REVIEW)(submit_review)


def answer_request(visit: Visit, command: str, text: str) -> Message | None:
    """What is answered to something typed; None where the form was opened instead."""
    if not text:
        return begin(visit)
    if is_look(text):
        return looked_up(visit, command, text)
    return _typed(visit, command, text)


def begin(visit: Visit, whom: str | None = None) -> Message | None:
    """Opens an empty form."""
    try:
        visit.opens(forms.timeoff_form(blank_form(visit.deps, visit.caller, whom), visit.caller.formats))
    except NotPermitted:
        return answers.may_not_ask(whom, visit.command(COMMAND))
    return None


def start(ack: Ack, visit: Visit) -> None:
    """The button on Home."""
    if answer := begin(visit):
        visit.reply(answer)
    ack()


def say_back(ack: Ack, visit: Visit) -> None:
    """One of several meanings was chosen, so the rest can be said."""
    kept = _kept(visit)
    if visit.body.get("view"):
        _redraw(visit, kept)
    else:
        visit.replace(said_back(visit, kept))
    ack()


def send(ack: Ack, visit: Visit) -> None:
    """Sends what was said back."""
    visit.replace(_send(visit, views.read_kept(visit.value)))
    ack()


def change_wish(ack: Ack, visit: Visit) -> None:
    """Opens the form with it, or goes back to that."""
    form = forms.timeoff_form(filled_form(visit.deps, visit.caller, _kept(visit)), visit.caller.formats)
    if visit.body.get("view"):
        visit.redraw(form)
    else:
        visit.opens(form)
    ack()


def drop(ack: Ack, visit: Visit) -> None:
    """It was not meant."""
    visit.replace(message(views.NOTHING))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Says it back in place of the form, or at a field what is wrong."""
    kept, wrong = forms.read_form(visit.view)
    if kept is None:
        ack(response_action="errors", errors=wrong)
        return
    try:
        echo = understood(visit.deps, visit.caller, kept.wish, kept.whom)
    except (*REFUSALS, NotPermitted) as refusal:
        if isinstance(refusal, Blocked) and may_wait(refusal.hits):
            ack(response_action="update", view=shown(refused(refusal, visit, kept), views.TITLE))
        else:
            ack(response_action="errors", errors={field_of(refusal): words(refusal, visit, kept)})
    else:
        ack(response_action="update", view=views.echo_view(echo, kept, visit.caller.formats))


def submit_review(ack: Ack, visit: Visit) -> None:
    """Sends it."""
    answer = _send(visit, views.read_kept(visit.view["private_metadata"]))
    ack(response_action="update", view=shown(answer, views.TITLE))


def _kept(visit: Visit) -> views.Kept:
    """What the button carries, with the note that the form keeps."""
    kept = views.read_kept(visit.value)
    view = visit.body.get("view")
    if view and view.get("callback_id") == views.REVIEW:
        note = views.read_kept(view["private_metadata"]).note
        return views.Kept(kept.nonce, kept.wish, kept.whom, note)
    return kept


def _redraw(visit: Visit, kept: views.Kept) -> None:
    try:
        echo = understood(visit.deps, visit.caller, kept.wish, kept.whom)
    except (*REFUSALS, NotPermitted) as refusal:
        visit.redraw(shown(refused(refusal, visit, kept), views.TITLE))
    else:
        visit.redraw(views.echo_view(echo, kept, visit.caller.formats))


def _typed(visit: Visit, command: str, text: str) -> Message | None:
    mentions = MENTION.findall(text)
    if len(mentions) > 1:
        return answers.one_at_a_time(command)
    whom = mentions[0] if mentions and mentions[0] != visit.caller.slack_id else None
    typed = as_typed(MENTION.sub(" ", text)).strip()
    if whom:
        try:
            found = find_person(visit.deps, visit.caller.workspace_id, whom)
        except UnknownPerson:
            return unknown_person(whom, command)
        if found.deactivated_at:
            return answers.has_left(whom, command)
        if not typed:
            return begin(visit, whom)
    kind, rest = read_kind(typed, visit.caller.preferences.leave)
    meaning = read_typed(visit.caller, rest, visit.deps.clock())
    if isinstance(meaning, NotUnderstood):
        return answers.unclear(not_understood(meaning, visit.caller.formats), command)
    choices = meaning.choices if isinstance(meaning, Ambiguous) else (meaning.when,)
    kept = views.Kept(visit.deps.new_id(), Wish(kind or PAID, choices[0]), whom)
    if len(choices) > 1:
        today = local_date(visit.deps.clock(), visit.caller.zone)
        return views.which_days(kept, choices, visit.caller.formats, today)
    return said_back(visit, kept)


def said_back(visit: Visit, kept: views.Kept) -> Message:
    """What a wish comes to, to be sent; or why it cannot be asked for."""
    try:
        echo = understood(visit.deps, visit.caller, kept.wish, kept.whom)
    except WhichHalf:
        today = local_date(visit.deps.clock(), visit.caller.zone)
        return views.which_half(kept, visit.caller.formats, today)
    except NotPermitted:
        return answers.may_not_ask(kept.whom, visit.command(COMMAND))
    except REFUSALS as refusal:
        return refused(refusal, visit, kept)
    return views.echo_message(echo, kept, visit.caller.formats)


def _send(visit: Visit, kept: views.Kept) -> Message:
    try:
        request_id = ask(visit.deps, visit.caller, Asked(kept.nonce, kept.wish, kept.whom, kept.note))
    except NotPermitted:
        return answers.may_not_ask(kept.whom, visit.command(COMMAND))
    except REFUSALS as refusal:
        return refused(refusal, visit, kept)
    found, _ = visit_request(visit.deps, visit.caller, request_id)
    return views.sent(found.number, found.state, found.whose if kept.whom else None)
