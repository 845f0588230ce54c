"""Slack's rate limits: how much is allowed, and what is said when it was too much."""

from collections.abc import Iterator

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.sandbox import Sandbox
from tests.sandbox.bots import web


@pytest.fixture
def strict() -> Iterator[Sandbox]:
    with Sandbox(burst=2) as sandbox:
        sandbox.channel("#other", bot=True)
        yield sandbox


def retry_after(client: WebClient, method: str, **args: str) -> int:
    with pytest.raises(SlackApiError) as limited:
        client.api_call(method, params=args)
    assert limited.value.response.status_code == 429
    assert limited.value.response["error"] == "ratelimited"
    return int(limited.value.response.headers["Retry-After"])


def test_a_tier_2_method_is_allowed_twenty_times_a_minute(strict: Sandbox) -> None:
    client = web(strict)
    for _ in range(20):
        client.users_list()
    assert 50 <= retry_after(client, "users.list") <= 60


def test_one_method_too_many_does_not_stop_another(strict: Sandbox) -> None:
    client = web(strict)
    for _ in range(20):
        client.users_list()
    retry_after(client, "users.list")
    assert client.conversations_list()["ok"]


def test_a_channel_takes_one_post_a_second_after_a_burst(strict: Sandbox) -> None:
    client = web(strict)
    for _ in range(2):
        client.chat_postMessage(channel="#general", text="x")
    assert retry_after(client, "chat.postMessage", channel="#general", text="x") == 1
    by_id = strict.channel_id("#general")
    assert retry_after(client, "chat.postMessage", channel=by_id, text="x") == 1
    assert client.chat_postMessage(channel="#other", text="x")["ok"]


def test_a_refused_call_does_not_post(strict: Sandbox) -> None:
    eva = strict.invite("eva")
    client = web(strict)
    for text in ("one", "two"):
        client.chat_postMessage(channel="#general", text=text)
    retry_after(client, "chat.postMessage", channel="#general", text="three")
    assert [shown.text for shown in eva.sees()] == ["one", "two"]


def test_rates_that_allow_nothing_make_no_sense() -> None:
    for rate_scale, burst in ((0, 5), (-1, 5), (1, 0)):
        with pytest.raises(ValueError, match="a rate scale is above 0, and a burst at least 1"):
            Sandbox(rate_scale=rate_scale, burst=burst)


def test_a_direct_message_is_counted_however_it_is_addressed(strict: Sandbox) -> None:
    strict.invite("eva")
    client = web(strict)
    eva = strict.user_id("eva")
    opened = str(client.chat_postMessage(channel=eva, text="x")["channel"])
    client.chat_postMessage(channel=opened, text="x")
    assert retry_after(client, "chat.postMessage", channel=eva, text="x") == 1
    assert retry_after(client, "chat.postMessage", channel=opened, text="x") == 1


def test_rates_can_be_scaled_and_switched_off() -> None:
    with Sandbox(rate_scale=0.1) as tight:
        client = web(tight)
        for _ in range(2):
            client.users_list()
        assert retry_after(client, "users.list") > 0
    with Sandbox(rates="off") as free:
        client = web(free)
        assert all(client.users_list()["ok"] for _ in range(30))
