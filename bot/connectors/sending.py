"""Files that the bot sends."""

import requests
from slack_sdk import WebClient

_SECONDS = 5


def send_file(
    slack: WebClient, slack_id: str, name: str, content: bytes, comment: str, spoken: str | None = None
) -> None:
    """Sends a file to somebody directly; ``spoken`` is what a screen reader says of a picture.

    Raises ``SlackApiError`` and ``requests.RequestException``.
    """
    place = slack.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=spoken)
    requests.post(place["upload_url"], data=content, timeout=_SECONDS).raise_for_status()
    channel = slack.conversations_open(users=slack_id)["channel"]["id"]
    slack.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": name}], channel_id=channel, initial_comment=comment
    )
