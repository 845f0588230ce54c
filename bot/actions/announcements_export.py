"""Who has acknowledged an announcement when, as a file in a direct message."""

from uuid import UUID

import requests
from slack_sdk.errors import SlackApiError

from bot.actions.announcements_readers import acknowledged
from bot.actions.people import Caller
from bot.connectors.sending import send_file
from bot.connectors.workbooks import write_csv, write_xlsx
from bot.deps import Deps
from bot.views.announcements_sheet import comment, name_of, sheet


def export(deps: Deps, caller: Caller, announcement_id: UUID, kind: str) -> bool:
    """Sends it as ``csv`` or ``xlsx``; whether Slack took it.

    Raises ``NotPermitted`` and ``UnknownAnnouncement``.
    """
    shown, lines = acknowledged(deps, caller, announcement_id)
    table = sheet(shown, lines, caller.formats)
    content = write_csv(table) if kind == "csv" else write_xlsx([table])
    try:
        send_file(deps.slack, caller.slack_id, name_of(shown, kind), content, comment(shown))
    except (SlackApiError, requests.RequestException):
        return False
    return True
