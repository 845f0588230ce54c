"""What happens to every request before its listener, and to every error after it."""

from collections.abc import Callable
from typing import Any

import structlog
from slack_bolt import App, BoltContext, BoltResponse
from slack_bolt.error import BoltUnhandledRequestError

from bot.actions.apologies import apologise_later
from bot.actions.people import FromOutside, NotOnRoster, recognise
from bot.actions.setup import admit_admin
from bot.connectors.messages import slack_is_away
from bot.deps import Deps
from bot.domain.permissions import NotPermitted
from bot.logs import begin_request
from bot.views.blocks import Message
from bot.views.floor_help import may_not
from bot.views.people import from_outside, not_on_roster
from handlers.failures import log_failure, what_failed
from handlers.later import Later
from handlers.visit import Visit

log = structlog.get_logger()


def register(app: App, deps: Deps, later: Later) -> None:
    """Hands ``visit`` to the listeners, ``deps`` to those of events, and refuses strangers.

    Answers errors by kind of payload.
    """

    def identify(context: BoltContext, body: dict[str, Any], next_: Callable[[], Any]) -> BoltResponse | None:
        context["deps"] = deps
        context["reference"] = begin_request(workspace=context.team_id, actor=context.user_id)
        if _is_event(body) or context.team_id is None or context.user_id is None:
            next_()
            return None
        if _begins_setup(body, deps.settings.command_prefix):
            admit_admin(deps, context.team_id, context.user_id)
        try:
            caller = recognise(deps, context.team_id, context.user_id)
        except NotOnRoster as stranger:
            return _answer(
                context, body, not_on_roster(stranger.ask, stranger.channel, deps.settings.command_prefix)
            )
        except FromOutside:
            return _answer(context, body, from_outside())
        context["visit"] = Visit(deps, caller, context.client, body, later)
        next_()
        return None

    app.use(identify)
    app.error(_report)


def _report(error: Exception, context: BoltContext, body: dict[str, Any]) -> BoltResponse:
    if isinstance(error, NotPermitted):
        # What was offered when they still had the role.
        return _answer(context, body, may_not(error.deed))
    if isinstance(error, BoltUnhandledRequestError):
        # Slack disables an app that answers 404 too often, and an old button is nobody's fault.
        log.warning("unhandled request", kind=body.get("type"), command=body.get("command"))
        return BoltResponse(status=200)
    reference = context.get("reference") or begin_request(workspace=context.team_id, actor=context.user_id)
    log_failure(error, kind=body.get("type"), command=body.get("command"))
    if _is_event(body):
        return BoltResponse(status=500)  # Slack sends it again
    visit: Visit | None = context.get("visit")
    if visit and body.get("type") == "block_actions" and slack_is_away(error):
        # A button is answered by a call, and there is none to make now.
        apologise_later(visit.deps, visit.caller.workspace_id, visit.caller.slack_id)
        return BoltResponse(status=200)
    return _answer(context, body, what_failed(error, reference))


def _answer(context: BoltContext, body: dict[str, Any], answer: Message) -> BoltResponse:
    """Tells the person who acted, and nobody else, in the way that their kind of payload allows."""
    if "command" in body:
        return BoltResponse(status=200, body={"response_type": "ephemeral", **answer})
    if body["type"] == "view_submission":
        return BoltResponse(status=200, body={"response_action": "update", "view": _as_view(body, answer)})
    if body["type"] == "block_suggestion":
        return BoltResponse(status=200, body={"options": []})
    if body.get("response_url") and context.respond:
        context.respond(**answer, response_type="ephemeral", replace_original=False)
    elif body["type"] != "view_closed" and context.client and context.user_id:
        context.client.chat_postMessage(channel=context.user_id, **answer)
    return BoltResponse(status=200)


def _as_view(body: dict[str, Any], answer: Message) -> dict[str, Any]:
    return {"type": "modal", "title": body["view"]["title"], "blocks": answer["blocks"]}


def _begins_setup(body: dict[str, Any], prefix: str) -> bool:
    """Whether somebody wants to set the bot up, who need not be on any roster yet."""
    return body.get("command") == f"/{prefix}floor" and body.get("text", "").strip().lower() == "setup"


def _is_event(body: dict[str, Any]) -> bool:
    return body.get("type") == "event_callback"
