"""Reading an article: its pages, its headings, and the others to which it leads."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions.kb_look import look, open_article
from bot.domain.kb import UnknownArticle
from bot.domain.kb_shown import ArticleShown
from bot.domain.permissions import NotPermitted
from bot.views import kb as answers
from bot.views import kb_article as views
from bot.views.blocks import Message
from bot.views.forms import View
from handlers.visit import Visit, shown

REFUSALS = (NotPermitted, UnknownArticle)
# The modal in which one is read.
_READING = "kb.reading"


def register(app: App) -> None:
    """Every button that shows an article, or another page of one."""
    app.action(re.compile(rf"^{re.escape(views.OPEN)}(\.|$)"))(open_it)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn_page)
    app.action(views.JUMP)(jump)


def answer_number(visit: Visit, number: int) -> Message:
    """An article by the number that somebody typed."""
    try:
        return views.article_message(open_article(visit.deps, visit.caller, number), visit.caller.formats)
    except REFUSALS as refusal:
        return refused(visit, refusal, str(number))


def show_article(visit: Visit, article_id: UUID, anchor: str = "") -> None:
    """Opens an article to be read, on top of what is there; in place of another one that is being read."""
    try:
        found = open_article(visit.deps, visit.caller, article_id)
    except REFUSALS as refusal:
        visit.reply(refused(visit, refusal))
        return
    view = reading(visit, found, views.page_of_anchor(found, anchor) if anchor else 0)
    is_read = (visit.body.get("view") or {}).get("callback_id") == _READING
    visit.redraw(view) if is_read else visit.opens(view)


def open_it(ack: Ack, visit: Visit) -> None:
    """The article of the button."""
    show_article(visit, *views.read_value(visit.value))
    ack()


def turn_page(ack: Ack, visit: Visit) -> None:
    """The page before or after."""
    article_id, page = views.read_value(visit.value)
    show_page(visit, article_id, int(page))
    ack()


def jump(ack: Ack, visit: Visit) -> None:
    """The page on which the heading stands that was chosen."""
    article_id = UUID(visit.action["block_id"].rpartition(" ")[2])
    show_page(visit, article_id, int(visit.action["selected_option"]["value"].partition(".")[0]))
    ack()


def show_page(visit: Visit, article_id: UUID, page: int = 0) -> None:
    """A page of an article, in place of the one that is shown."""
    try:
        found = look(visit.deps, visit.caller, article_id)
    except REFUSALS as refusal:
        visit.reply(refused(visit, refusal))
        return
    place(visit, found, page)


def place(visit: Visit, found: ArticleShown, page: int = 0) -> None:
    """Shows an article as it is now where something was done with it."""
    if (visit.body.get("view") or {}).get("type") == "modal":
        visit.redraw(reading(visit, found, page))
    else:
        visit.replace(views.article_message(found, visit.caller.formats, page))


def reading(visit: Visit, found: ArticleShown, page: int = 0) -> View:
    """The modal in which an article is read."""
    view = shown(views.article_message(found, visit.caller.formats, page), f"Article {found.number}")
    return {**view, "callback_id": _READING}


def refused(visit: Visit, refusal: Exception, wanted: str = "of that number") -> Message:
    """Why there is nothing to read."""
    if isinstance(refusal, NotPermitted):
        return answers.may_not()
    return answers.unknown_article(wanted, visit.command("kb"))
