"""Showing an article to others, in a channel or below the message that it answers."""

import re
from uuid import UUID

from slack_bolt import Ack, App
from slack_sdk.errors import SlackApiError

from bot.actions.kb_search import note_shared, to_share
from bot.domain.kb import UnknownArticle
from bot.domain.permissions import NotPermitted
from bot.views import kb_share as views
from bot.views.kb_search import TITLE as FOUND
from handlers.kb_open import refused
from handlers.visit import Visit, shown


def register(app: App) -> None:
    """The button, wherever an article is shown, and the form that it opens."""
    app.action(re.compile(rf"^{re.escape(views.SHARE)}(\.|$)"))(open_form)
    app.view(views.FORM)(submit)


def open_form(ack: Ack, visit: Visit) -> None:
    """Asks where."""
    try:
        hit = to_share(visit.deps, visit.caller, UUID(visit.value))
    except (NotPermitted, UnknownArticle) as refusal:
        visit.reply(refused(visit, refusal))
    else:
        visit.opens(views.share_form(hit, _likeliest(visit)))
    ack()


def submit(ack: Ack, visit: Visit) -> None:
    """Posts it, or says at the field why it cannot be."""
    article_id, place, words = views.read_share(visit.view)
    if not place.channel:
        ack(response_action="errors", errors=views.channel_missing())
        return
    caller = visit.caller
    try:
        hit = to_share(visit.deps, caller, article_id)
        said = views.shared_message(hit, caller.slack_id, words, caller.formats)
        visit.client.chat_postMessage(channel=place.channel, thread_ts=place.thread, **said)
    except (NotPermitted, UnknownArticle) as refusal:
        ack(response_action="update", view=shown(refused(visit, refusal), views.TITLE))
        return
    except SlackApiError as error:
        ack(response_action="errors", errors=views.not_posted(error.response["error"]))
        return
    note_shared(visit.deps, caller, article_id)
    ack(response_action="update", view=shown(views.shared(place), views.TITLE))


def _likeliest(visit: Visit) -> views.Place:
    """The message on which somebody looked for an answer, or the channel in which they did."""
    view = visit.body.get("view") or {}
    if view.get("type") == "modal" and view["title"]["text"] == FOUND and view["private_metadata"]:
        return views.Place(*view["private_metadata"].split(" "))
    channel = visit.body.get("channel", {}).get("id", "")
    return views.Place(channel if channel.startswith(("C", "G")) else None)
