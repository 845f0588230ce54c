"""Files that people have shared in Slack, fetched with the bot's token."""

import time
from typing import Any

import requests
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

MOST_BYTES = 5 * 1024 * 1024
_TIMEOUT = (3, 10)
_PATIENCE_SECONDS = 60.0
_CHUNK = 64 * 1024
_OUR_ACCESS = {"missing_scope", "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"}
_GONE = {"file_not_found", "file_deleted", "access_denied", "not_visible", "team_access_not_granted"}


class NoFile(Exception):
    """There is no such file in Slack: it was deleted, or is a link to somewhere else."""


class NoAccess(Exception):
    """The app may not read files: its token or its scopes have to be mended."""


class TooLarge(Exception):
    """The file is larger than ``MOST_BYTES``."""


class SlackIsSilent(Exception):
    """There was no answer, or none that is the file; it may come another time."""


def fetch_file(slack: WebClient, file_id: str) -> bytes:
    """What is in a file. Raises ``NoFile``, ``NoAccess``, ``TooLarge`` and ``SlackIsSilent``."""
    try:
        file: dict[str, Any] = slack.files_info(file=file_id)["file"]
    except SlackApiError as error:
        raise _refusal(error.response.data) from error
    except OSError as error:
        raise SlackIsSilent from error
    address = file.get("url_private_download")
    if not address or file.get("is_external"):
        raise NoFile
    if file.get("size", 0) > MOST_BYTES:
        raise TooLarge
    try:
        return _download(address, slack.token or "", str(file.get("mimetype")))
    except requests.RequestException as error:
        raise SlackIsSilent from error


def _download(address: str, token: str, mimetype: str) -> bytes:
    headers = {"Authorization": f"Bearer {token}"}
    give_up_at = time.monotonic() + _PATIENCE_SECONDS
    content = bytearray()
    with requests.get(address, headers=headers, timeout=_TIMEOUT, stream=True) as response:
        if response.status_code in (requests.codes.not_found, requests.codes.gone):
            raise NoFile
        response.raise_for_status()
        if "text/html" in response.headers.get("content-type", "") and "html" not in mimetype:
            raise NoAccess  # Slack shows its sign-in page to whom it gives no file
        for chunk in response.iter_content(_CHUNK):
            content += chunk
            if len(content) > MOST_BYTES:
                raise TooLarge
            if time.monotonic() > give_up_at:
                raise SlackIsSilent
    return bytes(content)


def _refusal(said: object) -> Exception:
    code = said.get("error") if isinstance(said, dict) else None  # a proxy's page is not Slack's answer
    if code in _OUR_ACCESS:
        return NoAccess()
    return NoFile() if code in _GONE else SlackIsSilent()
