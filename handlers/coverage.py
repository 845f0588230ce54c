"""``/coverage``: where people are missing, how many to roster, and what if more contacts came."""

import re
from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk.errors import SlackClientError

from bot.actions.coverage import MOST_DAYS, TooFar, look
from bot.actions.coverage_plan import MOST_DAYS as MOST_FORETOLD
from bot.actions.coverage_plan import plan, what_if
from bot.actions.people import Caller
from bot.actions.shifts import Names, known_names
from bot.actions.standup import standup
from bot.actions.typed import read_typed
from bot.connectors.sending import send_file
from bot.connectors.slack import as_typed
from bot.deps import Deps
from bot.domain.permissions import Deed
from bot.domain.wallclock import ONE_DAY, local_date
from bot.domain.when import Ambiguous, Understood, When
from bot.views import coverage as views
from bot.views import coverage_answers as answers
from bot.views import coverage_measured as measured_views
from bot.views import coverage_plan as plan_views
from bot.views import heatmap
from bot.views.blocks import Message
from bot.views.coverage import Kind, Request
from handlers.coverage_surplus import surplus_ahead
from handlers.failures import what_failed
from handlers.ladder import ladder_of_today
from handlers.visit import Visit

log = structlog.get_logger()

COMMAND = "coverage"
_DAYS = 7
_PERCENT = re.compile(r"^([+-]?\d{1,3}(?:\.\d+)?)\s*(?:%|percent\b)\s*", re.IGNORECASE)


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons in its answers."""
    app.command(f"/{prefix}{COMMAND}")(show_coverage)
    app.action(re.compile(rf"^{re.escape(views.SHOW)}\."))(show_again)
    app.action(views.PICTURE)(send_picture)
    app.action(views.STANDUP)(show_standup)


def show_coverage(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command."""
    ack(**_answer(visit, command["command"], as_typed(command["text"]).strip()))


def show_again(ack: Ack, visit: Visit) -> None:
    """Other days, or one of several readings: replaces the answer in which the button stands."""
    ack()
    visit.replace(_shown(visit, visit.command(COMMAND), views.read_value(visit.value)))


def show_standup(ack: Ack, visit: Visit) -> None:
    """How the day stands, in place of the answer."""
    ack()
    visit.replace(standup(visit.deps, visit.caller))


def send_picture(ack: Ack, visit: Visit) -> None:
    """The heat map, as a direct message: Slack shows no file in what only one person sees."""
    asked = views.read_value(visit.value)
    visit.caller.actor.require(Deed.SEE_COVERAGE)
    find = partial(_pictured, caller=visit.caller, asked=asked)
    sent = visit.later.answer(find, visit.reply, what_failed)
    visit.reply(sent or answers.drawing())
    ack()


def _pictured(deps: Deps, caller: Caller, asked: Request) -> Message:
    now = deps.clock()
    shown = look(deps, caller, asked.first, asked.last, asked.queue, now)
    table = heatmap.table_of(shown, caller.formats, local_date(now, caller.zone))
    name = f"coverage-{asked.first}.png"
    try:
        send_file(deps.slack, caller.slack_id, name, heatmap.draw(table), table.title, heatmap.alternative(table))
    except (SlackClientError, OSError) as error:
        log.warning("a heat map was not taken", error=type(error).__name__)
        return answers.picture_not_sent()
    return answers.picture_sent()


def _answer(visit: Visit, command: str, text: str) -> Message:
    if text.lower() == "help":
        return answers.help_message(command)
    if not visit.caller.actor.may(Deed.SEE_COVERAGE):
        return answers.may_not_see(visit.deps.settings.command_prefix)
    first, _, rest = text.partition(" ")
    match first.lower():
        case "standup" if not rest:
            return standup(visit.deps, visit.caller)
        case "surplus":
            return surplus_ahead(visit)
        case "ladder":
            return ladder_of_today(visit, rest)
        case "plan":
            return _typed(visit, command, "plan", rest)
        case "whatif" | "what-if":
            percent = _PERCENT.match(rest.strip())
            if percent is None:
                return plan_views.not_a_percentage(command)
            return _typed(visit, command, "whatif", rest.strip()[percent.end() :], float(percent[1]))
    return _typed(visit, command, "look", text)


def _typed(visit: Visit, command: str, kind: Kind, text: str, percent: float = 0.0) -> Message:
    """Days and a queue, in either order."""
    now = visit.deps.clock()
    queues = known_names(visit.deps, visit.caller).queues
    queue, typed = Names(queues, (), ()).cut(text.strip())
    today = local_date(now, visit.caller.zone)
    request = Request(kind, today, today + (_DAYS - 1) * ONE_DAY, queue, percent)
    if typed.lower() in ("", "week"):
        return _shown(visit, command, request)
    meaning = read_typed(visit.caller, typed, now)
    if isinstance(meaning, Understood):
        return _shown(visit, command, _of(request, meaning.when))
    if isinstance(meaning, Ambiguous):
        return answers.choose(meaning, request, visit.caller.formats, today)
    return answers.not_understood(meaning, visit.caller.formats, command, queues)


def _of(request: Request, when: When) -> Request:
    return Request(request.kind, when.first, when.last, request.queue, request.percent)


def _shown(visit: Visit, command: str, asked: Request) -> Message:
    now, formats = visit.deps.clock(), visit.caller.formats
    which = asked.first, asked.last, asked.queue, now
    try:
        match asked.kind:
            case "plan":
                return plan_views.plan(plan(visit.deps, visit.caller, *which), formats, command, now)
            case "whatif":
                found = what_if(visit.deps, visit.caller, asked.percent, *which)
                return plan_views.what_if(found, formats, command, now)
        seen = look(visit.deps, visit.caller, *which)
        if seen.within.end <= now:
            return measured_views.over(seen, formats, asked, command, local_date(now, formats.zone))
        return views.coverage(seen, formats, asked, command, now)
    except TooFar:
        return answers.too_far(MOST_FORETOLD if asked.kind == "whatif" else MOST_DAYS)
