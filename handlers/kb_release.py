"""Releases: ``/kb release 5.2 What is new``, its form, and taking one back."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_release import known_tags, latest, release, undo_release
from bot.domain.kb_upkeep import NothingTagged, ReleaseUndone, read_release
from bot.domain.permissions import NotPermitted
from bot.views import kb_release as views
from bot.views.blocks import Message, message
from handlers.visit import Visit, shown

_LIST = "list"


def register(app: App) -> None:
    """The form and the button."""
    app.view(views.FORM)(submit_form)
    app.action(views.UNDO)(undo)


def answer_release(visit: Visit, typed: str) -> Message | None:
    """Opens the form with what was typed (None), or with ``list`` gives the releases that there were."""
    try:
        if typed.strip().casefold() == _LIST:
            every = latest(visit.deps, visit.caller)
            return views.release_list(every, visit.caller.formats, visit.command("kb"))
        tags = known_tags(visit.deps, visit.caller)
        visit.opens(views.release_form(visit.deps.new_id(), tags, *read_release(typed)))
    except NotPermitted:
        return message(views.MAY_NOT)
    return None


def submit_form(ack: Ack, visit: Visit) -> None:
    """Makes it due, or says at the field which tags there are."""
    filled = views.read_form(visit.view)
    if not filled.tag:
        ack(response_action="errors", errors=views.tag_missing())
        return
    try:
        found = release(visit.deps, visit.caller, filled.nonce, filled.tag, filled.note)
        answer = views.released(found, visit.command("kb"))
    except NothingTagged as nothing:
        ack(response_action="errors", errors=views.nothing_tagged(nothing.tags))
        return
    except NotPermitted:
        answer = message(views.MAY_NOT)
    ack(response_action="update", view=shown(answer, views.TITLE))


def undo(ack: Ack, visit: Visit) -> None:
    """Takes it back; the card then says so."""
    try:
        undo_release(visit.deps, visit.caller, UUID(visit.value))
    except NotPermitted:
        visit.reply(message(views.MAY_NOT))
    except ReleaseUndone:
        visit.reply(message(views.UNDONE))
    ack()
