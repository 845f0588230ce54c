"""App Home: somebody looks at their desk, and opens from there what they would ask for by a command."""

from typing import Any

from slack_bolt import Ack, App, BoltContext
from slack_sdk import WebClient

from bot.actions.home import open_home
from bot.actions.people import FromOutside, NotOnRoster, UnknownPerson, recognise
from bot.actions.shifts import floor, shifts_of
from bot.deps import Deps
from bot.domain.home import NoDesk
from bot.domain.permissions import NotPermitted
from bot.views import home as views
from bot.views import shifts as shift_views
from bot.views.asked import Asked
from bot.views.blocks import Message
from handlers.calendar import offer_calendar
from handlers.covers_look import listed_covers
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The event, and the buttons on top; the others are those of other places."""
    app.event("app_home_opened")(draw_home)
    app.action(views.SHIFTS)(show_shifts)
    app.action(views.COLLEAGUE)(show_colleague)
    app.action(views.FLOOR)(show_floor)
    app.action(views.CALENDAR)(show_calendar)
    app.action(views.COVERS)(show_covers)


def draw_home(
    ack: Ack, context: BoltContext, body: dict[str, Any], event: dict[str, Any], client: WebClient, deps: Deps
) -> None:
    """Somebody looks at their Home; who has no desk here reads why, and nothing is kept of it."""
    if event["tab"] == "home" and context.team_id:
        try:
            caller = recognise(deps, context.team_id, event["user"])
        except NotOnRoster as stranger:
            nobody = NoDesk(stranger.ask, stranger.channel)
            _publish(client, event["user"], views.not_on_roster(nobody, deps.settings.command_prefix))
        except FromOutside:
            _publish(client, event["user"], views.from_outside())
        else:
            open_home(deps, caller, body["event_id"], blank="view" not in event)
    ack()


def show_shifts(ack: Ack, visit: Visit) -> None:
    """What ``/shifts`` answers."""
    asked = _asked(visit, "")
    found = shifts_of(visit.deps, visit.caller, None, None, asked.at)
    listed = shift_views.shift_list(found, visit.caller.formats, asked)
    _show(ack, visit, "Your shifts", listed)


def show_colleague(ack: Ack, visit: Visit) -> None:
    """What ``/shifts @colleague`` answers."""
    slack_id = visit.action["selected_user"]
    asked = _asked(visit, f"<@{slack_id}>")
    try:
        found = shifts_of(visit.deps, visit.caller, slack_id, None, asked.at)
    except UnknownPerson:
        listed = shift_views.unknown_person(slack_id, asked.command)
    except NotPermitted:
        listed = shift_views.may_not_see(asked.command)
    else:
        listed = shift_views.shift_list(found, visit.caller.formats, asked)
    _show(ack, visit, "A colleague's shifts", listed)


def show_floor(ack: Ack, visit: Visit) -> None:
    """What ``/shifts who`` answers."""
    asked = _asked(visit, "who")
    found = floor(visit.deps, visit.caller, None, None, asked.at)
    listed = shift_views.floor_list(found, visit.caller.formats, asked)
    _show(ack, visit, "Who is on", listed)


def show_calendar(ack: Ack, visit: Visit) -> None:
    """What ``/shifts calendar`` answers."""
    _show(ack, visit, "Your calendar", offer_calendar(visit))


def show_covers(ack: Ack, visit: Visit) -> None:
    """What ``/cover list`` answers."""
    _show(ack, visit, "Covers", listed_covers(visit, visit.command("cover")))


def _asked(visit: Visit, text: str) -> Asked:
    return Asked(visit.command("shifts"), text, visit.deps.clock().replace(microsecond=0))


def _show(ack: Ack, visit: Visit, title: str, answer: Message) -> None:
    visit.opens(shown(answer, title))
    ack()


def _publish(client: WebClient, slack_id: str, drawn: Message) -> None:
    client.views_publish(user_id=slack_id, view={"type": "home", "blocks": drawn["blocks"]})
