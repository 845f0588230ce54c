"""What can be done about hours that are short week after week: shifts are added, moved, or it is accepted."""

import re

from slack_bolt import Ack, App

from bot.actions.coverage_patterns import accept, next_time
from bot.actions.shifts import known_names
from bot.domain.coverage_patterns_life import NotOpen
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.shifts_edit import Listing
from bot.views import coverage_patterns as views
from bot.views.blocks import message
from bot.views.covers_open import Wanted, open_form
from handlers import shifts_edit
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons, and the menu."""
    app.action(re.compile(rf"^({re.escape(views.ADD)}|{re.escape(views.MOVE)})$"))(open_next)
    app.action(views.ACCEPT)(accept_it)


def open_next(ack: Ack, visit: Visit) -> None:
    """Opens the form that adds shifts for the next time, or the shifts of that day."""
    adds = visit.name == views.ADD
    try:
        visit.caller.actor.require(Deed.OPEN_SHIFT if adds else Deed.EDIT_SCHEDULE)
        found = next_time(visit.deps, visit.caller, views.read_pattern(visit.value))
    except NotOpen:
        visit.reply(message(views.NOT_OPEN))
    except NotPermitted:
        visit.reply(message(views.MAY_NOT if adds else views.MAY_NOT_EDIT))
    else:
        if adds:
            wanted = Wanted(visit.deps.new_id(), found.queue, None, found.interval, found.people)
            queues = known_names(visit.deps, visit.caller).queues
            visit.opens(open_form(wanted, queues, visit.caller.formats))
        elif refusal := shifts_edit.opened(visit, Listing(None, found.day, found.day)):
            visit.reply(refusal)
    ack()


def accept_it(ack: Ack, visit: Visit) -> None:
    """Lives with it for some weeks; the card then says so."""
    try:
        accept(visit.deps, visit.caller, *views.read_accept(visit.action["selected_option"]["value"]))
    except NotOpen:
        visit.reply(message(views.NOT_OPEN))
    except NotPermitted:
        visit.reply(message(views.MAY_NOT))
    ack()
