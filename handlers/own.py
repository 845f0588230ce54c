"""``/floor me``: one's own time zone, quiet hours, and when one covers for others."""

from slack_bolt import Ack, App

from bot.actions.own import OwnPreferences, change_own
from bot.actions.own_form import shown_own
from bot.actions.people import recognise
from bot.actions.typed import reading_of
from bot.domain.day_list import BadDays, read_days
from bot.domain.own import BadQuietHours
from bot.domain.wallclock import local_date
from bot.views import own as views
from bot.views import wishes
from bot.views.asked import Asked
from bot.views.settings import as_workspace, offers_usual
from bot.views.zones import ZONE, zone_options
from handlers.visit import Visit


def register(app: App) -> None:
    """The form, and the menu of time zones in this and every other form."""
    app.options(ZONE)(offer_zones)
    app.view(views.FORM)(submit_own_form)


def open_own_form(visit: Visit, _asked: Asked) -> None:
    """Opens the form with what holds now."""
    shown = shown_own(visit.deps, visit.caller)
    visit.opens(views.own_form(shown, visit.caller.formats, reading_of(visit.caller, visit.deps.clock())))


def offer_zones(ack: Ack, visit: Visit) -> None:
    """The time zones that are meant by what was typed, after what is usual in that form."""
    usual = views.as_slack() if visit.view["callback_id"] == views.FORM else None
    usual = as_workspace() if offers_usual(visit.view) else usual
    ack(options=zone_options(visit.searched, visit.deps.clock(), usual))


def submit_own_form(ack: Ack, visit: Visit) -> None:
    """Keeps what was chosen, or says at the field what is wrong with it."""
    deps, caller = visit.deps, visit.caller
    view, now = visit.view, deps.clock()
    shown = shown_own(deps, caller)
    days = shown.covering.wish.not_on if shown.covering else frozenset()
    try:
        typed = wishes.typed_days(view)
        not_on = read_days(typed, reading_of(caller, now)) if typed is not None else sorted(days)
        own = OwnPreferences.model_validate({**views.read_own(view), "not_on": not_on})
        change_own(deps, caller.workspace_id, caller.actor, own)
    except BadDays as bad:
        ack(response_action="errors", errors=wishes.errors(bad, caller.formats, local_date(now, caller.zone)))
    except BadQuietHours as bad:
        ack(response_action="errors", errors=views.errors(bad.wrong))
    else:
        caller = recognise(deps, caller.workspace_id, caller.slack_id)
        ack(response_action="update", view=views.saved(shown_own(deps, caller), caller.formats, now))
