"""``/timeoff calendar``: who is away on which day of a month, or how many more may be."""

import re
from datetime import date

from slack_bolt import Ack, App

from bot.actions.timeoff_calendar import UnknownTeam, calendar
from bot.actions.typed import read_typed
from bot.connectors.slack import as_typed
from bot.domain.permissions import Deed, Reach
from bot.domain.wallclock import local_date
from bot.domain.when import Understood
from bot.views import timeoff as texts
from bot.views import timeoff_calendar as views
from bot.views.blocks import Message
from handlers.visit import Visit

_COMMAND = "timeoff"


def register(app: App) -> None:
    """The buttons that turn months, and the menu of teams."""
    app.action(re.compile(rf"^{re.escape(views.SHOW)}\."))(turn_month)
    app.action(views.TEAM)(choose_team)


def answer_calendar(visit: Visit, text: str) -> Message:
    """The month and the team that are typed, in this order; without them this month, and the caller's team."""
    words = as_typed(text).split()
    month = local_date(visit.deps.clock(), visit.caller.zone)
    for count in range(len(words), 0, -1):
        meaning = read_typed(visit.caller, " ".join(words[:count]), visit.deps.clock())
        if isinstance(meaning, Understood):
            month, words = meaning.when.first, words[count:]
            break
    team = " ".join(words)
    try:
        return _drawn(visit, month, team)
    except UnknownTeam as unknown:
        return views.unknown_team(team, unknown.teams, visit.command(_COMMAND))


def turn_month(ack: Ack, visit: Visit) -> None:
    """Another month in place of this one."""
    visit.replace(_turned(visit, visit.value))
    ack()


def choose_team(ack: Ack, visit: Visit) -> None:
    """Another team in place of this one."""
    visit.replace(_turned(visit, visit.action["selected_option"]["value"]))
    ack()


def _turned(visit: Visit, value: str) -> Message:
    """A month of a team; of their own where they do not look at that one any more."""
    month, team = views.read_value(value)
    try:
        return _drawn(visit, month, team)
    except UnknownTeam:
        return _drawn(visit, month, "")


def _drawn(visit: Visit, month: date, team: str) -> Message:
    if visit.caller.actor.reach(Deed.SEE_ABSENCES) is Reach.NOBODY:
        return texts.not_for_you()
    shown = calendar(visit.deps, visit.caller, month, team)
    return views.calendar_message(shown, visit.caller.formats, visit.command(_COMMAND))
