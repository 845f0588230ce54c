"""``/announce``, and the form in which something is announced."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.announcements_read import listed, look
from bot.actions.announcements_write import Chosen, reach_of, to_write, write
from bot.connectors.slack import as_typed
from bot.domain.announcements import Audience, BadAnnouncement, Kind, NewAnnouncement, UnknownAnnouncement
from bot.domain.announcements_typed import What, read_typed
from bot.domain.permissions import NotPermitted
from bot.views import announcements_form as forms
from bot.views import announcements_list as lists
from bot.views import announcements_words as words
from bot.views.announcements_help import help_message
from bot.views.blocks import Message, message
from handlers.announcements_do import card_of
from handlers.visit import Visit, shown


def register(app: App, prefix: str) -> None:
    """The command, the form, and what is looked at while it is filled in."""
    app.command(f"/{prefix}announce")(answer_command)
    app.action(forms.OPEN)(open_form)
    for name in forms.TURNED:
        app.action(name)(count_again)
    app.action(forms.PREVIEW)(show_preview)
    app.view(forms.FORM)(submit_form)


def answer_command(ack: Ack, visit: Visit) -> None:
    """Opens the form, or answers with a list, one announcement or the help."""
    answer = _answer(visit, str(visit.body.get("text") or ""))
    if answer is None:
        ack()
    else:
        ack(answer)


def open_form(ack: Ack, visit: Visit) -> None:
    """The button on Home."""
    if answer := _open(visit, ""):
        visit.reply(answer)
    ack()


def count_again(ack: Ack, visit: Visit) -> None:
    """Others are chosen: how many it reaches now stands in the form."""
    ack()
    visit.redraw(forms.recounted(visit.view, _reach(visit)), visit.view["hash"])


def show_preview(ack: Ack, visit: Visit) -> None:
    """How it will look, on top of the form."""
    visit.opens(forms.preview(forms.read_form(visit.view), _reach(visit), visit.caller.formats))
    ack()


def submit_form(ack: Ack, visit: Visit) -> None:
    """Announces it, or says at the field what is wrong."""
    if missing := forms.day_missing(visit.view):
        ack(response_action="errors", errors=missing)
        return
    filled, nonce = forms.read_form(visit.view), UUID(visit.view["private_metadata"])
    new = NewAnnouncement(
        Kind.TYPED,
        filled.title,
        filled.text,
        filled.audience,
        visit.caller.actor.member_id,
        filled.channels,
        filled.mentions,
        filled.asks,
        filled.send_at,
        filled.due_at if filled.asks else None,
        filled.expires_at,
    )
    try:
        made = write(visit.deps, visit.caller, nonce, new, filled.people)
    except BadAnnouncement as bad:
        ack(response_action="errors", errors=forms.errors(bad.wrong, visit.view))
        return
    except NotPermitted:
        ack(response_action="update", view=shown(message(words.MAY_NOT), forms.NAME))
        return
    ack(response_action="update", view=forms.sent(made, visit.caller.formats))


def _answer(visit: Visit, text: str) -> Message | None:
    typed, command = read_typed(text), visit.command("announce")
    match typed.what:
        case What.HELP:
            return help_message(command)
        case What.WRITE:
            return _open(visit, as_typed(typed.text))
    try:
        if typed.what is What.LIST:
            return lists.list_message(listed(visit.deps, visit.caller), visit.caller.formats, command)
        return card_of(visit, look(visit.deps, visit.caller, typed.number))
    except UnknownAnnouncement:
        return message(words.GONE.format(command=command))
    except NotPermitted:
        return message(words.MAY_NOT)


def _open(visit: Visit, typed: str) -> Message | None:
    """Opens the form (None), or says who may not."""
    try:
        choice = to_write(visit.deps, visit.caller)
        count = reach_of(visit.deps, visit.caller, Chosen(Audience()))
    except NotPermitted:
        return message(words.MAY_NOT)
    visit.opens(forms.announcement_form(choice, visit.deps.new_id(), count, typed))
    return None


def _reach(visit: Visit) -> int:
    filled = forms.read_form(visit.view)
    return reach_of(visit.deps, visit.caller, Chosen(filled.audience, filled.people))
