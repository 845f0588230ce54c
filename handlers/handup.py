"""``/handup`` and its buttons: an agent asks for live help, and somebody comes."""

from typing import Any
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.cases_look import look
from bot.actions.handup import Raised, answered, come, end, raise_hand, take_down, to_raise
from bot.connectors.slack import as_typed
from bot.domain.cases import UnknownCase
from bot.domain.cases_typed import read_case_text
from bot.domain.handup import AlreadyUp, NotTheirs, NotWaiting, OwnHand
from bot.domain.permissions import NotPermitted
from bot.views import handup as views
from bot.views.blocks import Message, message
from handlers.visit import Visit, shown

COMMAND = "handup"
_REFUSALS = (NotPermitted, NotWaiting, NotTheirs, OwnHand, AlreadyUp, UnknownCase)
_ENDS = {views.COME: come, views.END: end, views.TAKE_DOWN: take_down}


def register(app: App, prefix: str = "") -> None:
    """The command, the form, and every button."""
    app.command(f"/{prefix}{COMMAND}")(answer_handup)
    app.action(views.RAISE)(open_form)
    app.view(views.FORM)(submit_form)
    for pressed in _ENDS:
        app.action(pressed)(go_on)


def answer_handup(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Opens the form, or asks at once what was typed."""
    text = as_typed(command["text"]).strip()
    case_id = _case_alone(visit, text)
    if not text or case_id:
        ack(**(_open(visit, case_id) or {}))
        return
    if text.lower() == "help":
        ack(**views.help_message(command["command"]))
    elif text.lower() == "times":
        ack(**_times(visit))
    else:
        ack(**_raise(visit, Raised(visit.deps.new_id(), text[: views.LONGEST])))


def open_form(ack: Ack, visit: Visit) -> None:
    """The button on the card of a case, and on Home."""
    if refused := _open(visit, views.read_case(visit.value)):
        visit.reply(refused)
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Raises the hand."""
    answer = _raise(visit, Raised(*views.read_form(visit.view)))
    ack(response_action="update", view=shown(answer, views.TITLE))


def go_on(ack: Ack, visit: Visit) -> None:
    """Somebody comes, or it is over; the card then says so."""
    try:
        _ENDS[visit.name](visit.deps, visit.caller, views.read_id(visit.value))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal, coming=True))
    ack()


def _case_alone(visit: Visit, text: str) -> UUID | None:
    """The case where nothing else was typed."""
    typed = read_case_text(text)
    if typed.case is None or typed.word or typed.rest:
        return None
    try:
        return look(visit.deps, visit.caller, typed.case).id
    except (NotPermitted, UnknownCase):
        return None


def _open(visit: Visit, case_id: UUID | None) -> Message | None:
    """None where the form was opened."""
    try:
        case = to_raise(visit.deps, visit.caller, case_id)
    except NotPermitted:
        return message(views.MAY_NOT_ASK)
    visit.opens(views.hand_form(visit.deps.new_id(), case))
    return None


def _raise(visit: Visit, wanted: Raised) -> Message:
    try:
        raise_hand(visit.deps, visit.caller, wanted)
    except _REFUSALS as refusal:
        return _words(refusal)
    return message(views.RAISED)


def _times(visit: Visit) -> Message:
    try:
        times = answered(visit.deps, visit.caller)
    except NotPermitted:
        return message(views.MAY_NOT_SEE)
    return views.times_message(times, visit.caller.preferences.hand_up_minutes)


def _words(refusal: Exception, *, coming: bool = False) -> Message:
    match refusal:
        case AlreadyUp():
            return views.already_up(refusal.number)
        case NotWaiting():
            return message(views.NOT_WAITING)
        case OwnHand():
            return message(views.OWN)
        case NotTheirs():
            return message(views.NOT_THEIRS)
        case UnknownCase():
            return message(views.NO_CASE)
    return message(views.MAY_NOT_COME if coming else views.MAY_NOT_ASK)
