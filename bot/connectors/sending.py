"""Files that the bot sends."""

from typing import NamedTuple

import requests
from requests.adapters import HTTPAdapter
from slack_sdk import WebClient
from urllib3 import Retry

from bot.connectors.messages import Courier, SlackRefuses

BEGIN, FINISH, INFO = "files.getUploadURLExternal", "files.completeUploadExternal", "files.info"
_SECONDS = 5
_RETRIES = Retry(
    total=3,
    backoff_factor=0.2,
    status_forcelist=(429, 500, 502, 503),
    allowed_methods=None,
    retry_after_max=5,
    raise_on_status=False,
)
_GONE = {"file_not_found", "file_deleted"}


class Placed(NamedTuple):
    """A file as Slack has it."""

    file_id: str
    permalink: str


class FileIsGone(Exception):
    """Slack has the file no more: somebody has deleted it."""


def send_file(
    slack: WebClient, slack_id: str, name: str, content: bytes, comment: str, spoken: str | None = None
) -> None:
    """Sends a file to somebody directly; ``spoken`` is what a screen reader says of a picture.

    Raises ``SlackApiError`` and ``requests.RequestException``.
    """
    place = slack.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=spoken)
    _upload(str(place["upload_url"]), content)
    channel = slack.conversations_open(users=slack_id)["channel"]["id"]
    slack.files_completeUploadExternal(
        files=[{"id": place["file_id"], "title": name}], channel_id=channel, initial_comment=comment
    )


def place_file(courier: Courier, name: str, content: bytes, spoken: str | None) -> Placed:
    """Uploads a file that nobody but the bot sees until a message shows it. Raises an ``Undelivered``."""
    slack = courier.slack
    with courier.calling(BEGIN):
        place = slack.files_getUploadURLExternal(filename=name, length=len(content), alt_txt=spoken)
        _upload(str(place["upload_url"]), content)
    with courier.calling(FINISH):
        (file,) = slack.files_completeUploadExternal(files=[{"id": place["file_id"], "title": name}])["files"]
    return Placed(file["id"], file["permalink"])


def is_processed(courier: Courier, placed: Placed) -> bool:
    """Whether Slack is done with looking at a file: until then it shows it in no message.

    Raises ``FileIsGone`` and an ``Undelivered``.
    """
    try:
        with courier.calling(INFO):
            file = courier.slack.files_info(file=placed.file_id)["file"]
    except SlackRefuses as refusal:
        if refusal.code in _GONE:
            raise FileIsGone from refusal
        raise
    return bool(file.get("mimetype"))


def _upload(url: str, content: bytes) -> None:
    """Until it is finished nobody sees a file, so that it can be sent once more where a try came to nothing."""
    with requests.Session() as session:
        session.mount(url, HTTPAdapter(max_retries=_RETRIES))
        session.post(url, data=content, timeout=_SECONDS).raise_for_status()
