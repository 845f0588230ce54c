"""Direct messages to the bot: spreadsheets, pasted tables, and the buttons on what is shown of them."""

import re
from typing import Any
from uuid import UUID

from slack_bolt import Ack, App, BoltContext

from bot.actions.uploads import (
    DaysBackwards,
    Given,
    TooManyDays,
    UnknownUpload,
    apply,
    cancel,
    look_at_upload,
    receive,
    replace_days,
    undo,
)
from bot.connectors.spreadsheets_pasted import pasted_table
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.domain.uploads import MOST_DAYS, Days, State, UploadNotOpen
from bot.views import uploads as views
from bot.views.blocks import message
from handlers.absences import hear_away
from handlers.escalations_thread import hear_thread
from handlers.visit import Visit

_REFUSALS = (NotPermitted, UnknownUpload, UploadNotOpen)


def register(app: App) -> None:
    """Direct messages, and every button and form of a card."""
    pressed = "|".join(re.escape(each) for each in (views.APPLY, views.CANCEL, views.UNDO, views.KEEP))
    app.event("message")(hear)
    app.action(re.compile(rf"^({pressed})$"))(press)
    app.action(views.REPLACE)(ask_days)
    app.view(views.FORM)(submit_days)


def hear(ack: Ack, context: BoltContext, body: dict[str, Any], event: dict[str, Any], deps: Deps) -> None:
    """Somebody writes to the bot, or beside an escalation; what it writes itself and notices are passed over."""
    said_by_person = event.get("subtype") in (None, "file_share") and "bot_id" not in event and event.get("user")
    if context.team_id and event.get("channel_type") == "im" and said_by_person:
        whose, given = (context.team_id, event["user"], body["event_id"]), _given(event)
        # Who is ill says so to nobody else, wherever they say it to the bot.
        away = not given and hear_away(deps, *whose, event.get("text") or "")
        if not away and not hear_thread(deps, context.team_id, event):
            receive(deps, *whose, given)
    elif context.team_id:
        hear_thread(deps, context.team_id, event)
    ack()


def press(ack: Ack, visit: Visit) -> None:
    """A button that does what it says; the card then shows what came of it."""
    upload_id = views.read_value(visit.value)
    try:
        _do(visit, upload_id)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    ack()


def ask_days(ack: Ack, visit: Visit) -> None:
    """Opens the form that asks which days to replace."""
    try:
        shown = look_at_upload(visit.deps, visit.caller, views.read_value(visit.value))
        if shown.state is not State.READ:
            raise UploadNotOpen(shown.state)
    except _REFUSALS as refusal:
        visit.reply(message(_words(refusal)))
    else:
        visit.opens(views.replace_form(shown))
    ack()


def submit_days(ack: Ack, visit: Visit) -> None:
    """The days are there: the file is previewed anew."""
    value, days = views.read_form(visit.view)
    errors = _replace(visit, views.read_value(value), days)
    ack(response_action="errors", errors=errors) if errors else ack()


def _replace(visit: Visit, upload_id: UUID, days: Days) -> dict[str, str]:
    """What is wrong with which field, if anything."""
    try:
        replace_days(visit.deps, visit.caller, upload_id, days)
    except DaysBackwards:
        return {views.TO: "The last day is before the first. Pick a later one."}
    except TooManyDays:
        return {views.TO: f"These are more than {MOST_DAYS} days. Pick an earlier last day."}
    except _REFUSALS as refusal:
        return {views.TO: _words(refusal)}
    return {}


def _do(visit: Visit, upload_id: UUID) -> None:
    if visit.name == views.KEEP:
        replace_days(visit.deps, visit.caller, upload_id, None)
    else:
        does = {views.APPLY: apply, views.CANCEL: cancel, views.UNDO: undo}[visit.name]
        does(visit.deps, visit.caller, upload_id)


def _words(refusal: Exception) -> str:
    match refusal:
        case NotPermitted():
            return views.NOT_PERMITTED
        case UploadNotOpen(state=state):
            return views.too_late(state)
    return views.GONE


def _given(event: dict[str, Any]) -> list[Given]:
    files = [Given(file.get("name") or "A file", file_id=file["id"]) for file in event.get("files") or ()]
    pasted = None if files else pasted_table(event.get("text") or "")
    return [Given(views.PASTED, content=pasted.encode())] if pasted else files
