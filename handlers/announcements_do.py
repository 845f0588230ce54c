"""The buttons on announcements: reading them, who has, changing and withdrawing them."""

import re
from collections.abc import Callable
from functools import partial
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.announcements_change import (
    Changed,
    ChangedMeanwhile,
    change,
    send_now,
    to_change,
    withdraw,
)
from bot.actions.announcements_export import export
from bot.actions.announcements_read import acknowledge, listed, look_at
from bot.actions.announcements_readers import readers
from bot.actions.people import Caller
from bot.deps import Deps
from bot.domain.announcements import BadAnnouncement, NotForYou, NotOpen, UnknownAnnouncement
from bot.domain.announcements_shown import AnnouncementLine
from bot.domain.permissions import Deed, NotPermitted
from bot.views import announcements as views
from bot.views import announcements_form as forms
from bot.views import announcements_list as lists
from bot.views import announcements_words as words
from bot.views.blocks import Message, message
from handlers.visit import Visit, shown

_REFUSALS = (NotForYou, NotOpen, NotPermitted, UnknownAnnouncement)
_PRESSED: dict[str, Callable[[Deps, Caller, UUID], None]] = {views.SEND: send_now, views.WITHDRAW: withdraw}


def register(app: App) -> None:
    """Every button, and the forms."""
    app.action(views.ACKNOWLEDGE)(press_read)
    app.action(views.READ)(open_to_read)
    app.view(lists.READ_FORM)(submit_read)
    app.action(views.SHOW)(show)
    app.action(views.HOW_MANY)(say_how_many)
    app.action(re.compile(rf"^{re.escape(lists.PAGE)}\."))(turn_page)
    app.action(views.READERS)(show_readers)
    app.action(re.compile(rf"^{re.escape(lists.READERS_PAGE)}\."))(turn_readers)
    app.action(re.compile(rf"^{re.escape(lists.EXPORT)}\."))(send_file)
    for pressed in _PRESSED:
        app.action(pressed)(press)
    app.action(views.EDIT)(open_edit)
    app.view(forms.EDIT_FORM)(submit_edit)


def press_read(ack: Ack, visit: Visit) -> None:
    """They have read it; where it has changed since, they are told to read it again."""
    try:
        found = acknowledge(visit.deps, visit.caller, *views.read_seen(visit.value))
        if visit.looked_up_at:
            visit.replace(card_of(visit, look_at(visit.deps, visit.caller, found.announcement.id)))
        if found.read_at is None:
            visit.reply(message(words.CHANGED_SINCE))
        elif not visit.looked_up_at and found.announcement.channels:
            visit.reply(message(words.NOTED))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def open_to_read(ack: Ack, visit: Visit) -> None:
    """All of it, in a form."""
    try:
        line = look_at(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(lists.read_form(line, visit.caller.formats))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def submit_read(ack: Ack, visit: Visit) -> None:
    """They have read it there."""
    try:
        found = acknowledge(visit.deps, visit.caller, *views.read_seen(visit.view["private_metadata"]))
    except _REFUSALS as refusal:
        ack(response_action="update", view=shown(_words(visit, refusal), lists.TITLE))
        return
    if found.read_at:
        view = lists.acknowledged(found.announcement)
    else:
        unread = AnnouncementLine(found.announcement, is_read=False)
        view = lists.read_form(unread, visit.caller.formats, words.CHANGED_SINCE)
    ack(response_action="update", view=view)


def show(ack: Ack, visit: Visit) -> None:
    """One of the list, beside it."""
    try:
        visit.reply(card_of(visit, look_at(visit.deps, visit.caller, UUID(visit.value))))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def say_how_many(ack: Ack, visit: Visit) -> None:
    """How many have read it by now, beside it."""
    try:
        found = look_at(visit.deps, visit.caller, UUID(visit.value)).announcement
        visit.reply(message(f"{words.title_words(found)}: {words.count_words(found)}."))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list, in its place."""
    try:
        page = listed(visit.deps, visit.caller, int(visit.value))
        visit.replace(lists.list_message(page, visit.caller.formats, visit.command("announce")))
    except NotPermitted as refusal:
        visit.reply(_words(visit, refusal))
    ack()


def show_readers(ack: Ack, visit: Visit) -> None:
    """Who has read it, for who may know."""
    visit.reply(_readers(visit))
    ack()


def turn_readers(ack: Ack, visit: Visit) -> None:
    """Another page of them, in its place."""
    visit.replace(_readers(visit))
    ack()


def send_file(ack: Ack, visit: Visit) -> None:
    """Who has acknowledged it when, as a file in a direct message."""
    try:
        demand = readers(visit.deps, visit.caller, UUID(visit.value))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal))
        ack()
        return
    kind = visit.name.rpartition(".")[2]
    ack()
    sends = partial(_sent, visit.caller, demand.announcement.id, kind)
    visit.reply(visit.finds(sends, message(lists.EXPORTING)))


def press(ack: Ack, visit: Visit) -> None:
    """Sends it now, or withdraws it; its card then says so."""
    try:
        _PRESSED[visit.name](visit.deps, visit.caller, UUID(visit.value))
        if visit.looked_up_at:
            visit.replace(card_of(visit, look_at(visit.deps, visit.caller, UUID(visit.value))))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal, changing=True))
    ack()


def open_edit(ack: Ack, visit: Visit) -> None:
    """Opens the form in which it is changed."""
    try:
        found = to_change(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(forms.edit_form(found, visit.deps.new_id()))
    except _REFUSALS as refusal:
        visit.reply(_words(visit, refusal, changing=True))
    ack()


def submit_edit(ack: Ack, visit: Visit) -> None:
    """Changes it, or says at the field what is wrong."""
    said = forms.read_edit_form(visit.view)
    changed = Changed(
        said.revision, said.title, said.text, said.send_at, said.due_at, said.expires_at, said.ask_again
    )
    try:
        change(visit.deps, visit.caller, said.announcement_id, said.nonce, changed)
    except BadAnnouncement as bad:
        ack(response_action="errors", errors=forms.errors(bad.wrong, visit.view))
        return
    except ChangedMeanwhile:
        ack(response_action="errors", errors={forms.TEXT: words.CHANGED_MEANWHILE})
        return
    except _REFUSALS as refusal:
        ack(response_action="update", view=shown(_words(visit, refusal, changing=True), forms.EDIT_NAME))
        return
    ack()


def card_of(visit: Visit, line: AnnouncementLine) -> Message:
    """How an announcement looks to the caller, who may be able to change it."""
    author = line.announcement.author
    changes = visit.caller.actor.may(Deed.CHANGE_ANNOUNCEMENT, of=author.member_id if author else None)
    return views.looked_up(line, visit.caller.formats, changes=changes)


def _readers(visit: Visit) -> Message:
    announcement_id, page = views.read_seen(visit.value)
    try:
        return lists.readers_message(
            readers(visit.deps, visit.caller, announcement_id, page), visit.caller.formats
        )
    except _REFUSALS as refusal:
        return _words(visit, refusal)


def _sent(caller: Caller, announcement_id: UUID, kind: str, deps: Deps) -> Message:
    return message(words.EXPORTED if export(deps, caller, announcement_id, kind) else words.EXPORT_FAILED)


def _words(visit: Visit, refusal: Exception, *, changing: bool = False) -> Message:
    match refusal:
        case NotOpen():
            return message(words.ENDED[refusal.state])
        case NotForYou():
            return message(words.NOT_FOR_YOU)
        case UnknownAnnouncement():
            return message(words.GONE.format(command=visit.command("announce")))
        case NotPermitted(deed=Deed.READ_ANNOUNCEMENTS):
            return message(words.MAY_NOT_READ)
    return message(words.MAY_NOT_CHANGE if changing else words.MAY_NOT_SEE)
