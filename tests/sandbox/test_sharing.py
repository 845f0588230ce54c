"""Files in what the bot posts: private until a message shows them, and shown only where Slack would."""

from typing import Any

import pytest
import requests
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import section, web


def upload(sandbox: Sandbox, name: str = "map.png") -> str:
    """A file that the bot has put into Slack, and shared nowhere; its id."""
    client = web(sandbox)
    place = client.files_getUploadURLExternal(filename=name, length=4)
    requests.post(place["upload_url"], data=b"\x89PNG", timeout=10).raise_for_status()
    client.files_completeUploadExternal(files=[{"id": place["file_id"]}])
    return str(place["file_id"])


def image(file: str) -> dict[str, object]:
    """A block that shows it."""
    return {"type": "image", "slack_file": {"id": file}, "alt_text": "A map"}


def test_a_file_is_private_until_a_block_shows_it(sandbox: Sandbox, ana: Person) -> None:
    file = upload(sandbox)
    with pytest.raises(AssertionError, match="That file is not there"):
        ana.seat.download(file)
    posted = web(sandbox).chat_postMessage(
        channel=sandbox.channel_id("#general"), text="A map", blocks=[image(file)]
    )
    assert ana.seat.download(file) == b"\x89PNG"
    assert ana.last("#general").files == ()
    other = upload(sandbox)
    web(sandbox).chat_update(channel=posted["channel"], ts=posted["ts"], text="A map", blocks=[image(other)])
    assert ana.seat.download(other) == b"\x89PNG"


def test_a_link_shares_a_file_only_in_a_message_without_blocks(sandbox: Sandbox, ana: Person) -> None:
    file = upload(sandbox, "rows.csv")
    link = web(sandbox).files_info(file=file)["file"]["permalink"]
    said: dict[str, Any] = {"channel": sandbox.channel_id("#general"), "text": f"The rows: <{link}|rows.csv>"}
    web(sandbox).chat_postMessage(**said, blocks=[section("The rows")])
    assert ana.last("#general").files == ()
    with pytest.raises(AssertionError, match="That file is not there"):
        ana.seat.download(file)
    web(sandbox).chat_postMessage(**said)
    assert ana.downloads("rows.csv", ana.last("#general")) == b"\x89PNG"


@pytest.mark.parametrize("name", ["rows.csv", ""])
def test_what_is_no_picture_of_the_bots_is_shown_in_no_block(sandbox: Sandbox, ana: Person, name: str) -> None:
    file = upload(sandbox, name) if name else "F0NOBODYS"
    blocks = [section("A map"), image(file)]
    with pytest.raises(SlackApiError) as refused:
        web(sandbox).chat_postMessage(channel=sandbox.channel_id("#general"), text="A map", blocks=blocks)
    said = refused.value.response
    assert said["error"] == "invalid_blocks"
    assert said["response_metadata"]["messages"] == [
        "[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]"
    ]
    assert ana.sees("#general") == []
