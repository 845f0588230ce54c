"""What people write, edit and delete in threads: of what is about an escalation the other side hears."""

from typing import Any

from bot.actions.escalations_thread import Reply, correct, hear, take_back
from bot.deps import Deps

_SAID = (None, "file_share", "thread_broadcast")


def hear_thread(deps: Deps, workspace_id: str, event: dict[str, Any]) -> bool:
    """Whether a message, an edit or a deletion was about an escalation, which somebody else then reads.

    What stands in no thread and what a bot says is passed over unseen; what is in one costs a look at an index.
    """
    match event.get("subtype"):
        case "message_changed":
            now = event.get("message") or {}
            return _is_reply(now) and correct(deps, workspace_id, event["channel"], now["ts"], _text(now))
        case "message_deleted":
            was = event.get("previous_message") or {}
            return _is_reply(was) and take_back(deps, workspace_id, event["channel"], was["ts"])
        case subtype if subtype in _SAID and _is_reply(event):
            reply = Reply(event["channel"], event["thread_ts"], event["ts"], event["user"], _text(event))
            return hear(deps, workspace_id, reply)
    return False


def _is_reply(message: dict[str, Any]) -> bool:
    """Whether a person says it below something."""
    below = message.get("thread_ts") not in (None, message.get("ts"))
    return below and "bot_id" not in message and bool(message.get("user"))


def _text(message: dict[str, Any]) -> str:
    files = [f"[{each.get('name') or 'a file'}]" for each in message.get("files") or ()]
    return "\n".join(filter(None, [message.get("text"), *files]))
