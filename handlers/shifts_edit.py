"""``/shifts edit @colleague fri``: what is planned, to be changed, split, deleted and added to by hand."""

import re
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.actions.people import Caller, UnknownPerson
from bot.actions.shifts import USUAL_DAYS
from bot.actions.shifts_edit import (
    ChangedMeanwhile,
    OtherOutlook,
    Saved,
    ShiftIsGone,
    Wanted,
    outlook_of,
    save,
)
from bot.actions.shifts_edit_form import MOST_DAYS, edit_form, possible_owners, shifts_to_edit
from bot.deps import Deps
from bot.domain.shifts_edit import BadEdit, Draft, EditForm, Listing, Outlook, Removal, Way
from bot.domain.wallclock import local_date
from bot.domain.when import When
from bot.domain.windows import TooManyDays
from bot.views import shifts_edit as views
from bot.views import shifts_edit_form as forms
from bot.views.blocks import Message
from bot.views.forms import View, modal
from handlers.replies import open_view, redraw, reply, shown


def register(app: App) -> None:
    """The list, and the forms that are opened from it."""
    app.action(views.OPEN)(open_list)
    app.action(views.DO)(open_form)
    app.action(views.ADD)(open_blank)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.options(forms.OWNER)(offer_owners)
    app.view(forms.FORM)(submit_edit)


def listing_of(slack_id: str | None, when: When | None, today: date) -> Listing:
    """The list that is meant: without a time somebody's next two weeks, or what everybody works today."""
    if when:
        return Listing(slack_id, when.first, when.last)
    return Listing(slack_id, today, today + timedelta(days=USUAL_DAYS - 1) if slack_id else today)


def opened(deps: Deps, caller: Caller, listing: Listing, opens: Callable[[View], None]) -> Message | None:
    """Opens the list, or says why there is none."""
    try:
        opens(_drawn(deps, caller, listing))
    except UnknownPerson:
        return views.not_on_roster(str(listing.slack_id))
    except TooManyDays:
        return views.too_many_days(MOST_DAYS)
    return None


def open_list(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    respond: Respond,
    deps: Deps,
    caller: Caller,
) -> None:
    """The button below somebody's shifts."""
    listing = views.read_listing(action["value"])
    refusal = opened(deps, caller, listing, lambda view: open_view(body, client, view))
    if refusal:
        reply(body, client, respond, refusal)
    ack()


def open_form(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Change, split or delete was chosen beside a shift."""
    way, shift_id = views.read_chosen(action["selected_option"]["value"])
    listing, today = views.read_listing(body["view"]["private_metadata"]), _today(deps, caller)
    try:
        form = edit_form(deps, caller, way, listing, deps.new_id(), shift_id)
        view = forms.edit_form(form, caller.formats, today, _outlook_of_removal(deps, caller, form))
    except (ChangedMeanwhile, ShiftIsGone) as late:
        _refresh(client, body["view"]["id"], deps, caller, listing)
        view = _too_late(late, caller, today)
    open_view(body, client, view)
    ack()


def open_blank(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """The button below the list."""
    listing = views.read_listing(body["view"]["private_metadata"])
    form = edit_form(deps, caller, Way.ADD, listing, deps.new_id(), None)
    open_view(body, client, forms.edit_form(form, caller.formats, _today(deps, caller)))
    ack()


def turn_page(
    ack: Ack, body: dict[str, Any], action: dict[str, Any], client: WebClient, deps: Deps, caller: Caller
) -> None:
    """Another page of the list."""
    listing = replace(views.read_listing(body["view"]["private_metadata"]), page=int(action["value"]))
    redraw(client, body["view"]["id"], _drawn(deps, caller, listing))
    ack()


def offer_owners(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Whose shift it may be, by what was searched for."""
    ack(options=forms.owner_options(possible_owners(deps, caller), body["value"]))


def submit_edit(ack: Ack, body: dict[str, Any], client: WebClient, deps: Deps, caller: Caller) -> None:
    """Shows what an edit would do; once that was looked at, does it."""
    view, today = body["view"], _today(deps, caller)
    filled = forms.read_form(view)
    wanted = Wanted(filled.nonce, filled.shift, filled.version, filled.edit, filled.seen)
    try:
        if filled.seen:
            answer = _saved(client, view, deps, caller, filled, save(deps, caller, wanted))
        else:
            answer = _looked_at(deps, caller, filled, outlook_of(deps, caller, wanted))
    except OtherOutlook as other:
        answer = _looked_at(deps, caller, filled, other.outlook, again=True)
    except BadEdit as bad:
        answer = {"response_action": "errors", "errors": forms.errors(bad, caller.formats, today)}
    except (ChangedMeanwhile, ShiftIsGone) as late:
        _refresh(client, view["previous_view_id"], deps, caller, filled.listing)
        answer = _update(_too_late(late, caller, today))
    ack(**answer)


def _outlook_of_removal(deps: Deps, caller: Caller, form: EditForm) -> Outlook | None:
    """There is nothing to fill in before it can be looked at."""
    if form.way is not Way.DELETE or form.shift is None:
        return None
    return outlook_of(deps, caller, Wanted(form.nonce, form.shift.id, form.shift.version, Removal()))


def _looked_at(
    deps: Deps, caller: Caller, filled: forms.Filled, outlook: Outlook, *, again: bool = False
) -> dict[str, Any]:
    form = edit_form(deps, caller, filled.way, filled.listing, filled.nonce, filled.shift)
    return _update(forms.edit_form(form, caller.formats, _today(deps, caller), outlook, again=again))


def _saved(
    client: WebClient, view: View, deps: Deps, caller: Caller, filled: forms.Filled, done: Saved
) -> dict[str, Any]:
    """Back to the list, which says so; it is done, whatever becomes of the list."""
    prefix, edit = deps.settings.command_prefix, filled.edit
    with suppress(SlackApiError, OSError, UnknownPerson):
        found = shifts_to_edit(deps, caller, filled.listing)
        elsewhere = edit.day if isinstance(edit, Draft) and not found.lists(edit) else None
        said = views.saved(done.number, done.unowned, elsewhere, prefix)
        shown_list = views.edit_list(found, caller.formats, _today(deps, caller), said)
        client.views_update(view_id=view["previous_view_id"], view=shown_list)
        return {}
    return _update(modal(views.TITLE, *views.saved(done.number, done.unowned, None, prefix), close="Close"))


def _refresh(client: WebClient, view_id: str, deps: Deps, caller: Caller, listing: Listing) -> None:
    with suppress(SlackApiError, OSError, UnknownPerson):
        client.views_update(view_id=view_id, view=_drawn(deps, caller, listing))


def _drawn(deps: Deps, caller: Caller, listing: Listing) -> View:
    return views.edit_list(shifts_to_edit(deps, caller, listing), caller.formats, _today(deps, caller))


def _too_late(late: ChangedMeanwhile | ShiftIsGone, caller: Caller, today: date) -> View:
    if isinstance(late, ChangedMeanwhile):
        return forms.changed_meanwhile(late.now, caller.formats, today)
    return shown(views.gone(), views.TITLE)


def _update(view: View) -> dict[str, Any]:
    return {"response_action": "update", "view": view}


def _today(deps: Deps, caller: Caller) -> date:
    return local_date(deps.clock(), caller.zone)
