"""What helps against a gap of today: shown, done step by step, and undone."""

import re
from collections.abc import Callable
from functools import partial

from slack_bolt import Ack, App

from bot.actions.covers_propose import BadOffer
from bot.actions.ladder import climb
from bot.actions.ladder_do import CannotUndo, StepGone, do, undo
from bot.actions.shifts import Names, known_names
from bot.deps import Deps
from bot.domain.intervals import Interval
from bot.domain.ladder_shown import Against
from bot.domain.permissions import Deed, NotPermitted
from bot.domain.wallclock import days, local_date
from bot.views import ladder as views
from bot.views.blocks import Message, message, section
from bot.views.covers_form import WRONG
from bot.views.ladder_button import CLIMB, read_against
from handlers.failures import what_failed
from handlers.visit import Visit


def register(app: App) -> None:
    """The buttons on cards, and those below what helps."""
    app.action(re.compile(rf"^{re.escape(CLIMB)}(\.|$)"))(show_ladder)
    app.action(re.compile(rf"^{re.escape(views.DO)}\."))(do_step)
    app.action(re.compile(rf"^{re.escape(views.UNDO)}\."))(undo_step)


def ladder_of_today(visit: Visit, typed: str) -> Message:
    """What helps against the first gap, of the queue that was typed or any, until the end of the caller's day."""
    queues = known_names(visit.deps, visit.caller).queues
    queue, rest = Names(queues, (), ()).cut(typed.strip())
    if rest:
        return views.no_such_queue(rest, queues)
    now, zone = visit.deps.clock(), visit.caller.zone
    today = local_date(now, zone)
    return _shown(visit, Against(Interval(now, days(today, today, zone).end), queue))


def show_ladder(ack: Ack, visit: Visit) -> None:
    """Beside the card; what was looked up by another answer stands in its place."""
    answer = visit.reply if visit.name == CLIMB else visit.replace
    answer(_shown(visit, read_against(visit.value), late=answer))
    ack()


def do_step(ack: Ack, visit: Visit) -> None:
    """Does it, and shows what is missing then."""
    against, step, nonce = views.read_step(visit.value)
    refused = ""
    try:
        do(visit.deps, visit.caller, against, step, nonce)
    except StepGone:
        refused = views.GONE
    except BadOffer as bad:
        refused = " ".join(WRONG[each] for each in bad.wrong)
    except NotPermitted:
        refused = views.MAY_NOT
    visit.replace(_shown(visit, against, refused))
    ack()


def undo_step(ack: Ack, visit: Visit) -> None:
    """Undoes it, and shows what is missing then."""
    step_id, against = views.read_undo(visit.value)
    refused = ""
    try:
        undo(visit.deps, visit.caller, step_id)
    except CannotUndo:
        refused = views.CANNOT_UNDO
    except NotPermitted:
        refused = views.MAY_NOT
    visit.replace(_shown(visit, against, refused))
    ack()


def _shown(
    visit: Visit, against: Against, refused: str = "", late: Callable[[Message], None] | None = None
) -> Message:
    """What helps, below why something was ``refused``; ``late`` shows it where it takes its time."""
    if not visit.caller.actor.may(Deed.CHANGE_DAY):
        return message(views.MAY_NOT)
    find = partial(_ladder, visit=visit, against=against, refused=refused)
    return visit.later.answer(find, late or visit.follow_up, what_failed) or views.looking()


def _ladder(deps: Deps, visit: Visit, against: Against, refused: str) -> Message:
    answer = views.ladder(climb(deps, visit.caller, against), visit.caller.formats, deps.new_id())
    return message(f"{refused} {answer['text']}", section(refused), *answer["blocks"]) if refused else answer
