"""``/kpi``: key figures, what is behind them, why a day was as it was, and files of them."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

import structlog
from slack_bolt import Ack, App
from slack_sdk.errors import SlackClientError

from bot.actions.kpi_behind import look_behind
from bot.actions.kpi_export import take_out
from bot.actions.kpi_look import cut_of, look, names_of, queue_named, reading_here
from bot.actions.kpi_why import TooFar, last_day, look_why
from bot.actions.people import Caller, UnknownPerson
from bot.connectors.slack import MENTION, as_typed
from bot.deps import Deps
from bot.domain.kpi import Figure
from bot.domain.kpi_asked import EVERYTHING, Question, read_question
from bot.domain.kpi_looked import WhichTeam
from bot.domain.kpi_periods import Span, day_of
from bot.domain.kpi_typed import Names, Typed, read_kpi_text
from bot.domain.kpi_when import Ahead, TooLong, read_period, so_far, usual_period
from bot.domain.kpi_why_shown import MOST_DAYS as MOST_WHY
from bot.domain.permissions import Deed, NotPermitted, Reach
from bot.domain.when import NotUnderstood
from bot.views import kpi as views
from bot.views import kpi_answers as answers
from bot.views import kpi_behind as behind_views
from bot.views import kpi_export as export_views
from bot.views import kpi_why as why_views
from bot.views.blocks import Message
from bot.views.floor_help import looking
from bot.views.home_kpi import FIGURES
from bot.views.kpi_buttons import CASES, EXPORT, SHOW, WHY
from handlers.failures import what_failed
from handlers.kpi_digests import open_subscriptions
from handlers.visit import Visit, shown

log = structlog.get_logger()

COMMAND = "kpi"
_SUBSCRIPTIONS = frozenset({"subscriptions", "subscription", "digests", "digest"})


class _Unclear(Exception):
    """What was typed cannot be answered as it is; ``answer`` says why, or asks."""

    def __init__(self, answer: Message) -> None:
        super().__init__("unclear")
        self.answer = answer


def register(app: App, prefix: str = "") -> None:
    """The command, and the buttons on figures wherever they stand."""
    app.command(f"/{prefix}{COMMAND}")(answer_kpi)
    app.action(re.compile(rf"^{re.escape(SHOW)}\."))(show_figures)
    app.action(re.compile(rf"^{re.escape(EXPORT)}\."))(export_figures)
    app.action(WHY)(show_why)
    app.action(CASES)(show_cases)
    app.action(FIGURES)(show_week)


def answer_kpi(ack: Ack, visit: Visit, command: dict[str, Any]) -> None:
    """Answers the command."""
    answer = _answer(visit, command["text"].strip())
    ack(**(answer or {}))


def show_figures(ack: Ack, visit: Visit) -> None:
    """What a button asks for: in place of an answer, beside a card that others read, too."""
    ack()
    question = read_question(visit.value)
    if visit.looked_up_at or visit.body.get("view"):
        visit.replace(_shown(visit, question, visit.follow_up))
    else:
        visit.reply(_shown(visit, question, visit.reply))


def show_week(ack: Ack, visit: Visit) -> None:
    """What ``/kpi`` answers, on top of Home."""
    answer = _answer(visit, "")
    if answer:
        visit.opens(shown(answer, "Key figures"))
    ack()


def show_why(ack: Ack, visit: Visit) -> None:
    """Why a service level was as it was."""
    ack()
    question = read_question(visit.value)
    span = so_far(question.span, reading_here(visit.deps, visit.caller, visit.deps.clock()).today)
    queue = queue_named(visit.deps, visit.caller, question.cut.queue_id)
    visit.reply(_explained(visit, span, queue, visit.reply))


def show_cases(ack: Ack, visit: Visit) -> None:
    """The cases behind a figure."""
    ack()
    try:
        found = look_behind(visit.deps, visit.caller, read_question(visit.value), visit.deps.clock())
        visit.reply(behind_views.cases(found, visit.caller.formats, visit.command("case")))
    except NotPermitted:
        visit.reply(answers.may_not(visit.command(COMMAND)))


def export_figures(ack: Ack, visit: Visit) -> None:
    """Sends what a button asks for as a file, by direct message."""
    kind, question = visit.name.rpartition(".")[2], read_question(visit.value)
    taken = visit.later.answer(
        partial(_taken_out, caller=visit.caller, question=question, kind=kind), visit.reply, what_failed
    )
    visit.reply(taken or export_views.sending())
    ack()


def _taken_out(deps: Deps, caller: Caller, question: Question, kind: str) -> Message:
    try:
        return export_views.sent(take_out(deps, caller, question, kind, deps.clock()))
    except NotPermitted:
        return export_views.may_not()
    except (SlackClientError, OSError) as error:
        log.warning("a file of figures was not taken", error=type(error).__name__)
        return export_views.not_sent()


def _answer(visit: Visit, text: str) -> Message | None:
    """None where a form was opened instead."""
    reach = visit.caller.actor.reach(Deed.SEE_KPI)
    if reach is Reach.NOBODY:
        return answers.not_for_them()
    if text.lower() == "help":
        return _help(visit, reach)
    word, _, rest = text.partition(" ")
    try:
        if text.lower() in _SUBSCRIPTIONS:
            if reach is Reach.OWN:
                return answers.may_not_subscribe()
            open_subscriptions(visit)
            return None
        return _why(visit, rest.strip()) if word.lower() == "why" else _figures(visit, text)
    except NotPermitted:
        return answers.may_not(visit.command(COMMAND))
    except _Unclear as unclear:
        return unclear.answer


def _figures(visit: Visit, text: str) -> Message:
    names, found = names_of(visit.deps, visit.caller), {*MENTION.findall(text)}
    if len(found) > 1:
        return answers.one_person()
    typed = read_kpi_text(as_typed(MENTION.sub(" ", text)), names)
    slack_id = next(iter(found), None)
    if typed.no_split:
        raise _Unclear(answers.no_split(typed.no_split))
    spans = _spans(visit, typed.period, names)
    against = _spans(visit, typed.against, names)[0] if typed.against else None
    whole = Question(spans[0], typed.figures, EVERYTHING, against, typed.split)
    try:
        question = replace(whole, cut=cut_of(visit.deps, visit.caller, typed, slack_id))
    except UnknownPerson:
        return answers.not_on_roster(slack_id or "")
    except WhichTeam as which:
        return answers.which_team(which, whole, visit.command(COMMAND))
    if len(spans) > 1:
        return answers.which_period([replace(question, span=each) for each in spans], visit.caller.formats)
    return _shown(visit, question, visit.follow_up)


def _shown(visit: Visit, question: Question, late: Callable[[Message], object]) -> Message:
    """The answer; where it takes its time that, and it follows by ``late``."""
    now, caller, command = visit.deps.clock(), visit.caller, visit.command(COMMAND)
    today = reading_here(visit.deps, caller, now).today

    def find(deps: Deps) -> Message:
        return views.figures(look(deps, caller, question, now), caller.formats, command, today)

    try:
        return visit.later.answer(find, late, what_failed) or looking()
    except NotPermitted:
        return answers.may_not(command, people=question.of_people)


def _why(visit: Visit, text: str) -> Message:
    caller, command, names = visit.caller, visit.command(COMMAND), names_of(visit.deps, visit.caller)
    if caller.actor.reach(Deed.SEE_COVERAGE) is Reach.NOBODY:
        return why_views.may_not()
    typed = read_kpi_text(as_typed(text), names)
    if typed != Typed(tuple({*typed.figures} & {Figure.SERVICE_LEVEL}), typed.queue, period=typed.period):
        return why_views.only_queues(names.queues, command)
    if typed.period:
        span = _spans(visit, typed.period, names)[0]
    else:
        span = day_of(last_day(visit.deps, caller, reading_here(visit.deps, caller, visit.deps.clock()).today))
    return _explained(visit, span, typed.queue, visit.follow_up)


def _explained(visit: Visit, span: Span, queue: str | None, late: Callable[[Message], object]) -> Message:
    """Why; where that takes its time so, and it follows by ``late``."""
    caller, command = visit.caller, visit.command(COMMAND)

    def find(deps: Deps) -> Message:
        return why_views.why(look_why(deps, caller, span, queue), caller.formats, command)

    try:
        return visit.later.answer(find, late, what_failed) or looking()
    except TooFar:
        return answers.too_long(MOST_WHY, "last week")
    except NotPermitted:
        return why_views.may_not()


def _spans(visit: Visit, text: str, names: Names) -> tuple[Span, ...]:
    """What may be meant, the likeliest first; raises ``_Unclear``."""
    reading = reading_here(visit.deps, visit.caller, visit.deps.clock())
    formats = visit.caller.formats
    if not text:
        return (usual_period(reading.today, reading.first_weekday),)
    match read_period(text, reading):
        case Span() as span:
            return (span,)
        case Ahead(span):
            raise _Unclear(answers.ahead(span, formats))
        case TooLong():
            raise _Unclear(answers.too_long())
        case NotUnderstood() as meaning:
            raise _Unclear(answers.not_understood(meaning, formats, visit.command(COMMAND), names))
        case several:
            return several


def _help(visit: Visit, reach: Reach) -> Message:
    actor, queues = visit.caller.actor, names_of(visit.deps, visit.caller).queues
    return answers.help_message(
        visit.command(COMMAND),
        next(iter(queues), None),
        leads=reach > Reach.OWN,
        reports=actor.reach(Deed.SUBSCRIBE_KPI) is not Reach.NOBODY,
    )
