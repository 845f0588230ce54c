"""What readers say of an article: that it is not true any more, or whether it helped."""

from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_opinions import say_whether_it_helped
from bot.actions.kb_reports import fixed, report, reports_on, to_answer, to_report, true_as_it_is
from bot.domain.approval import ReasonMissing
from bot.domain.kb import Report, UnknownArticle
from bot.domain.kb_upkeep import ReportClosed
from bot.domain.permissions import Deed, NotPermitted
from bot.views import kb_reports as views
from bot.views import kb_upkeep
from bot.views.blocks import Message, message
from bot.views.kb_opinions import thanks
from bot.views.kb_upkeep_buttons import HELPFUL, OUTDATED, REPORTS, UNHELPFUL
from bot.views.kb_words import MAY_NOT
from handlers.visit import Visit, shown

_REFUSALS = (NotPermitted, ReportClosed, UnknownArticle)


def register(app: App) -> None:
    """The buttons on an article and on a report, and the forms."""
    app.action(OUTDATED)(open_report_form)
    app.view(views.FORM)(submit_report_form)
    for pressed in (HELPFUL, UNHELPFUL):
        app.action(pressed)(say_opinion)
    app.action(REPORTS)(show_reports)
    app.action(views.FIXED)(press_fixed)
    app.action(views.TRUE)(ask_why)
    app.view(views.WHY_FORM)(submit_why)


def open_report_form(ack: Ack, visit: Visit) -> None:
    """Asks what is wrong with the article."""
    try:
        article = to_report(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(views.report_form(visit.deps.new_id(), article))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_report_form(ack: Ack, visit: Visit) -> None:
    """Tells the owner."""
    article_id, nonce, words = views.read_report_form(visit.view)
    try:
        answer = views.reported(report(visit.deps, visit.caller, nonce, article_id, words))
    except ReasonMissing:
        ack(response_action="errors", errors=views.words_missing())
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.TITLE))


def say_opinion(ack: Ack, visit: Visit) -> None:
    """Counts whether it helped."""
    helpful = visit.name == HELPFUL
    try:
        found = say_whether_it_helped(visit.deps, visit.caller, UUID(visit.value), helpful=helpful)
        visit.reply(thanks(found, helpful=helpful))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def show_reports(ack: Ack, visit: Visit) -> None:
    """All that people say is wrong with an article."""
    try:
        visit.reply(_listed(visit, UUID(visit.value)))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def press_fixed(ack: Ack, visit: Visit) -> None:
    """What was wrong is put right; the card then says so."""
    try:
        fixed(visit.deps, visit.caller, UUID(visit.value))
        visit.reply(views.answered(Report.FIXED))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def ask_why(ack: Ack, visit: Visit) -> None:
    """Asks why it is true as it is."""
    try:
        found = to_answer(visit.deps, visit.caller, UUID(visit.value))
        visit.opens(views.why_form(visit.deps.new_id(), found))
    except _REFUSALS as refusal:
        visit.reply(_words(refusal))
    ack()


def submit_why(ack: Ack, visit: Visit) -> None:
    """Answers whoever reported it."""
    report_id, nonce, why = views.read_why_form(visit.view)
    try:
        true_as_it_is(visit.deps, visit.caller, report_id, nonce, why)
        answer = views.answered(Report.REFUSED)
    except ReasonMissing:
        ack(response_action="errors", errors=views.why_missing())
        return
    except _REFUSALS as refusal:
        answer = _words(refusal)
    ack(response_action="update", view=shown(answer, views.WHY_TITLE))


def _listed(visit: Visit, article_id: UUID) -> Message:
    article, reports = reports_on(visit.deps, visit.caller, article_id)
    return views.reports_list(article, reports, visit.caller.formats)


def _words(refusal: Exception) -> Message:
    match refusal:
        case UnknownArticle():
            return message(kb_upkeep.GONE)
        case ReportClosed():
            return message(views.closed(refusal.state))
        case NotPermitted(deed=Deed.READ_KB):
            return message(MAY_NOT)
    return message(kb_upkeep.MAY_NOT)
