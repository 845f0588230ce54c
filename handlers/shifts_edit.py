"""``/shifts edit @colleague fri``: what is planned, to be changed, split, deleted and added to by hand."""

import re
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from slack_bolt import Ack, App
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
from bot.domain.shifts_edit import BadEdit, Draft, EditForm, Listing, Outlook, Removal, Way
from bot.domain.wallclock import local_date
from bot.domain.when import When
from bot.domain.windows import TooManyDays
from bot.views import shifts_edit as views
from bot.views import shifts_edit_form as forms
from bot.views.blocks import Message
from bot.views.forms import View, modal
from handlers.visit import Visit, shown


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


def opened(visit: Visit, listing: Listing) -> Message | None:
    """Opens the list, or says why there is none."""
    try:
        visit.opens(_drawn(visit, listing))
    except UnknownPerson:
        return views.not_on_roster(str(listing.slack_id))
    except TooManyDays:
        return views.too_many_days(MOST_DAYS)
    return None


def open_list(ack: Ack, visit: Visit) -> None:
    """The button below somebody's shifts."""
    listing = views.read_listing(visit.value)
    if refusal := opened(visit, listing):
        visit.reply(refusal)
    ack()


def open_form(ack: Ack, visit: Visit) -> None:
    """Change, split or delete was chosen beside a shift."""
    way, shift_id = views.read_chosen(visit.action["selected_option"]["value"])
    listing, today = views.read_listing(visit.view["private_metadata"]), _today(visit)
    try:
        form = edit_form(visit.deps, visit.caller, way, listing, visit.deps.new_id(), shift_id)
        view = forms.edit_form(form, visit.caller.formats, today, _outlook_of_removal(visit, form))
    except (ChangedMeanwhile, ShiftIsGone) as late:
        _refresh(visit, visit.view["id"], listing)
        view = _too_late(late, visit.caller, today)
    visit.opens(view)
    ack()


def open_blank(ack: Ack, visit: Visit) -> None:
    """The button below the list."""
    listing = views.read_listing(visit.view["private_metadata"])
    form = edit_form(visit.deps, visit.caller, Way.ADD, listing, visit.deps.new_id(), None)
    visit.opens(forms.edit_form(form, visit.caller.formats, _today(visit)))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """Another page of the list."""
    listing = replace(views.read_listing(visit.view["private_metadata"]), page=int(visit.value))
    visit.redraw(_drawn(visit, listing))
    ack()


def offer_owners(ack: Ack, visit: Visit) -> None:
    """Whose shift it may be, by what was searched for."""
    ack(options=forms.owner_options(possible_owners(visit.deps, visit.caller), visit.searched))


def submit_edit(ack: Ack, visit: Visit) -> None:
    """Shows what an edit would do; once that was looked at, does it."""
    filled, today = forms.read_form(visit.view), _today(visit)
    wanted = Wanted(filled.nonce, filled.shift, filled.version, filled.edit, filled.seen)
    try:
        if filled.seen:
            answer = _saved(visit, filled, save(visit.deps, visit.caller, wanted))
        else:
            answer = _looked_at(visit, filled, outlook_of(visit.deps, visit.caller, wanted))
    except OtherOutlook as other:
        answer = _looked_at(visit, filled, other.outlook, again=True)
    except BadEdit as bad:
        answer = {"response_action": "errors", "errors": forms.errors(bad, visit.caller.formats, today)}
    except (ChangedMeanwhile, ShiftIsGone) as late:
        _refresh(visit, visit.view["previous_view_id"], filled.listing)
        answer = _update(_too_late(late, visit.caller, today))
    ack(**answer)


def _outlook_of_removal(visit: Visit, form: EditForm) -> Outlook | None:
    """There is nothing to fill in before it can be looked at."""
    if form.way is not Way.DELETE or form.shift is None:
        return None
    return outlook_of(visit.deps, visit.caller, Wanted(form.nonce, form.shift.id, form.shift.version, Removal()))


def _looked_at(visit: Visit, filled: forms.Filled, outlook: Outlook, *, again: bool = False) -> dict[str, Any]:
    form = edit_form(visit.deps, visit.caller, filled.way, filled.listing, filled.nonce, filled.shift)
    return _update(forms.edit_form(form, visit.caller.formats, _today(visit), outlook, again=again))


def _saved(visit: Visit, filled: forms.Filled, done: Saved) -> dict[str, Any]:
    """Back to the list, which says so; it is done, whatever becomes of the list."""
    prefix, edit = visit.deps.settings.command_prefix, filled.edit
    with suppress(SlackApiError, OSError, UnknownPerson):
        found = shifts_to_edit(visit.deps, visit.caller, filled.listing)
        elsewhere = edit.day if isinstance(edit, Draft) and not found.lists(edit) else None
        said = views.saved(done.number, done.unowned, elsewhere, prefix)
        shown_list = views.edit_list(found, visit.caller.formats, _today(visit), said)
        visit.client.views_update(view_id=visit.view["previous_view_id"], view=shown_list)
        return {}
    return _update(modal(views.TITLE, *views.saved(done.number, done.unowned, None, prefix), close="Close"))


def _refresh(visit: Visit, view_id: str, listing: Listing) -> None:
    with suppress(SlackApiError, OSError, UnknownPerson):
        visit.client.views_update(view_id=view_id, view=_drawn(visit, listing))


def _drawn(visit: Visit, listing: Listing) -> View:
    return views.edit_list(shifts_to_edit(visit.deps, visit.caller, listing), visit.caller.formats, _today(visit))


def _too_late(late: ChangedMeanwhile | ShiftIsGone, caller: Caller, today: date) -> View:
    if isinstance(late, ChangedMeanwhile):
        return forms.changed_meanwhile(late.now, caller.formats, today)
    return shown(views.gone(), views.TITLE)


def _update(view: View) -> dict[str, Any]:
    return {"response_action": "update", "view": view}


def _today(visit: Visit) -> date:
    return local_date(visit.deps.clock(), visit.caller.zone)
