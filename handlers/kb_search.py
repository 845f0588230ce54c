"""Looking something up: by ``/kb refund after 30 days``, while typing, and on a message."""

import re
from uuid import UUID

from slack_bolt import Ack, App

from bot.actions import kb_search as acts
from bot.actions.kb_missing import ask_for
from bot.connectors.slack import as_typed
from bot.domain.permissions import NotPermitted
from bot.views import kb_search as views
from bot.views.blocks import Message
from bot.views.kb import may_not
from handlers.kb_open import show_article
from handlers.visit import Visit, shown

_COMMAND = "kb"
_MOST = 40
# Who is addressed, addresses of pages, and emoji are not what somebody looks for.
_BESIDE = re.compile(r"<[@!#][^>]*>|<(?:https?|mailto|tel):[^>|]*(?:\|([^>]*))?>|:[a-z][\w+'-]*:", re.IGNORECASE)


def register(app: App) -> None:
    """The menu that searches, the buttons of what was found, and the shortcut."""
    app.options(views.SEARCH)(offer)
    app.action(views.SEARCH)(open_offered)
    app.action(re.compile(rf"^{re.escape(views.OPEN)}\."))(open_hit)
    app.action(re.compile(rf"^{re.escape(views.TURN)}\."))(turn)
    app.action(views.ASK)(ask_for_it)
    app.shortcut(views.SHORTCUT)(answer_to_message)


def answer(visit: Visit, text: str) -> Message:
    """What answers best."""
    try:
        found = acts.find(visit.deps, visit.caller, _words(text))
    except NotPermitted:
        return may_not()
    return views.answer_message(found, visit.caller.formats, visit.command(_COMMAND))


def answer_number_in_words(visit: Visit, number: str) -> Message:
    """What answers a number that no article has, such as that of an error; that nothing does is not counted."""
    try:
        found = acts.look_up(visit.deps, visit.caller, number)
    except NotPermitted:
        return may_not()
    return views.no_such_number(number, visit.command(_COMMAND)) if found.nothing else answer(visit, number)


def offer(ack: Ack, visit: Visit) -> None:
    """What may be meant by what is being typed."""
    try:
        hits = acts.suggestions(visit.deps, visit.caller, visit.searched, _MOST)
    except NotPermitted:
        hits = []
    groups = views.search_options(hits)
    ack(option_groups=groups) if groups else ack(options=[])


def open_offered(ack: Ack, visit: Visit) -> None:
    """The article that was chosen in the menu."""
    show_article(visit, UUID(visit.action["selected_option"]["value"]))
    ack()


def open_hit(ack: Ack, visit: Visit) -> None:
    """The article of a hit, which makes the search one that was answered."""
    article_id, search_id = views.read_hit(visit.value)
    show_article(visit, article_id)
    ack()
    if search_id:
        acts.note_opened(visit.deps, visit.caller, search_id, article_id)


def turn(ack: Ack, visit: Visit) -> None:
    """Other hits, in place of those that are shown."""
    asked, search_id, page = views.read_value(visit.value)
    try:
        found = acts.look_up(visit.deps, visit.caller, asked, page, search_id=search_id)
    except NotPermitted:
        visit.reply(may_not())
    else:
        command = visit.command(_COMMAND)
        if (visit.body.get("view") or {}).get("type") == "modal":
            view = views.answer_modal(found, visit.caller.formats, command)
            visit.redraw({**view, "private_metadata": visit.view["private_metadata"]})
        else:
            visit.replace(views.answer_message(found, visit.caller.formats, command))
    ack()


def ask_for_it(ack: Ack, visit: Visit) -> None:
    """No hit is what was looked for: somebody is to write it."""
    asked, search_id, _ = views.read_value(visit.value)
    try:
        times = ask_for(visit.deps, visit.caller, asked, search_id)
        visit.replace(views.noted(asked, times, visit.command(_COMMAND)))
    except NotPermitted:
        visit.reply(may_not())
    ack()


def answer_to_message(ack: Ack, visit: Visit) -> None:
    """What answers a message; the way back to it goes with the form, to share an answer there."""
    said, command = visit.body["message"], visit.command(_COMMAND)
    text = as_typed(_words(said.get("text", ""))).strip()
    try:
        found = acts.look_up(visit.deps, visit.caller, text)
    except NotPermitted:
        visit.opens(shown(may_not(), views.TITLE))
    else:
        if text:
            view = views.answer_modal(found, visit.caller.formats, command)
            thread = said.get("thread_ts") or said["ts"]
            visit.opens({**view, "private_metadata": f"{visit.body['channel']['id']} {thread}"})
        else:
            visit.opens(shown(views.empty_message(command), views.TITLE))
    ack()


def _words(text: str) -> str:
    """What was written, without what only Slack reads in it; of a link the words."""
    return _BESIDE.sub(lambda found: f" {found[1] or ''} ", text)
