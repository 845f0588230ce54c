"""``/floor me``: one's own time zone and quiet hours."""

from typing import Any

from slack_bolt import Ack, App

from bot.actions.own import OwnPreferences, change_own, own_preferences
from bot.actions.people import Caller, recognise
from bot.deps import Deps
from bot.domain.own import BadQuietHours
from bot.views import own as views
from bot.views.settings import offers_usual, usual_zone
from bot.views.zones import ZONE, zone_options
from handlers.visit import Visit


def register(app: App) -> None:
    """The form, and the menu of time zones in this and every other form."""
    app.options(ZONE)(offer_zones)
    app.view(views.FORM)(submit_own_form)


def open_own_form(visit: Visit) -> None:
    """Opens the form with what holds now."""
    caller = visit.caller
    assert caller.actor.member_id
    with visit.deps.sessions.read(caller.workspace_id) as session:
        own = own_preferences(session, caller.actor.member_id)
    visit.opens(views.own_form(own.time_zone, own.quiet, caller.formats, visit.deps.clock()))


def offer_zones(ack: Ack, body: dict[str, Any], deps: Deps) -> None:
    """The time zones that are meant by what was typed, after what is usual in that form."""
    usual = views.as_slack() if body["view"]["callback_id"] == views.FORM else None
    usual = usual_zone() if offers_usual(body["view"]) else usual
    ack(options=zone_options(body["value"], deps.clock(), usual))


def submit_own_form(ack: Ack, body: dict[str, Any], deps: Deps, caller: Caller) -> None:
    """Keeps what was chosen, or says at the field what is wrong with it."""
    own = OwnPreferences.model_validate(views.read_own(body["view"]))
    try:
        change_own(deps, caller.workspace_id, caller.actor, own)
    except BadQuietHours as bad:
        ack(response_action="errors", errors=views.errors(bad.wrong))
        return
    formats = recognise(deps, caller.workspace_id, caller.slack_id).formats
    ack(response_action="update", view=views.saved(own.quiet, formats))
