"""What the bot may do and see: scopes that fit the conversation, membership, and files."""

from typing import Any

import pytest
import requests
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox
from bot.sandbox.errors import SlackError
from bot.sandbox.triggers import REMEMBERED, Triggers
from tests.sandbox.bots import field, http_mode, modal, new_app, web


def manifest(*scopes: str) -> dict[str, Any]:
    return {
        "display_information": {"name": "narrow"},
        "features": {"app_home": {"messages_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
    }


def refusal(sandbox: Sandbox, method: str, **args: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as refused:
        web(sandbox).api_call(method, json=args)
    body = refused.value.response.data
    assert isinstance(body, dict)
    return body


@pytest.mark.parametrize(
    ("scope", "args", "needed"),
    [
        ("im:write", {"users": "ANA,BEN"}, "mpim:write"),
        ("mpim:write", {"users": "ANA"}, "im:write"),
        ("mpim:write", {"channel": "DIRECT"}, "im:write"),
    ],
)
def test_a_scope_is_good_for_its_own_kind_of_conversation_only(
    sandbox: Sandbox, scope: str, args: dict[str, str], needed: str
) -> None:
    ids = {"ANA": sandbox.user_id("ana"), "BEN": sandbox.user_id("ben")}
    ids["DIRECT"] = web(sandbox).conversations_open(users=ids["ANA"])["channel"]["id"]
    told = {name: ",".join(ids[part] for part in value.split(",")) for name, value in args.items()}
    sandbox.set_manifest(manifest(scope))
    refused = refusal(sandbox, "conversations.open", **told)
    assert (refused["error"], refused["needed"], refused["provided"]) == ("missing_scope", needed, scope)
    sandbox.set_manifest(manifest(needed))
    assert web(sandbox).api_call("conversations.open", json=told)["ok"]


def test_a_post_where_the_bot_is_not_needs_the_public_scope(sandbox: Sandbox, ana: Person) -> None:
    sandbox.channel("#quiet", members=["ana"])
    sandbox.set_manifest(manifest("chat:write"))
    assert refusal(sandbox, "chat.postMessage", channel="#quiet", text="x")["error"] == "not_in_channel"
    sandbox.set_manifest(manifest("chat:write", "chat:write.public"))
    web(sandbox).chat_postMessage(channel="#quiet", text="with the scope")
    sandbox.set_manifest(None)
    web(sandbox).chat_postMessage(channel="#quiet", text="without a manifest")
    assert [shown.text for shown in ana.sees("#quiet")] == ["with the scope", "without a manifest"]


def test_a_post_that_is_refused_opens_no_direct_message(sandbox: Sandbox) -> None:
    change = {"deleted": True}
    requests.patch(f"{sandbox.url}/sandbox/people/ana", json=change, timeout=10).raise_for_status()
    for user in (sandbox.user_id("ana"), sandbox.user_id("slackbot")):
        assert refusal(sandbox, "chat.postMessage", channel=user, text="x")["error"] == "channel_not_found"
    assert web(sandbox).conversations_list(types="im")["channels"] == []


def test_a_file_is_read_only_where_the_bot_is(sandbox: Sandbox, ana: Person) -> None:
    sandbox.channel("#secret", private=True, members=["ana"])
    ana.uploads("salaries.csv", b"a,b", to="#secret")
    file = ana.last("#secret").files[0]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    url = file["url_private_download"]
    assert refusal(sandbox, "files.info", file=file["id"])["error"] == "file_not_found"
    assert requests.get(url, headers=token, timeout=10).status_code == 404

    add = {"add": ["floorwalker"]}
    requests.patch(f"{sandbox.url}/sandbox/channels/secret", json=add, timeout=10).raise_for_status()
    assert web(sandbox).files_info(file=file["id"])["file"]["name"] == "salaries.csv"
    assert requests.get(url, headers=token, timeout=10).content == b"a,b"


def test_a_file_that_was_put_into_a_form_is_the_apps_to_read(sandbox: Sandbox, ana: Person) -> None:
    app = new_app(sandbox)
    read: list[bytes] = []

    @app.command("/import")
    def ask(ack: Any, client: Any, body: dict[str, Any]) -> None:
        form = modal(field("Rota", "rota", type="file_input"))
        client.views_open(trigger_id=body["trigger_id"], view=form)
        ack()

    @app.view("form")
    def submit(ack: Any, client: Any, view: dict[str, Any]) -> None:
        file = view["state"]["values"]["rota"]["value"]["files"][0]
        token = {"Authorization": f"Bearer {client.token}"}
        read.append(requests.get(file["url_private_download"], headers=token, timeout=10).content)
        ack()

    with http_mode(sandbox, app):
        ana.types("/import")
        ana.attaches("Rota", "rota.csv", b"a,b")
        ana.submits()
    assert read == [b"a,b"]


def test_a_trigger_of_long_ago_is_forgotten() -> None:
    triggers = Triggers(seconds=-REMEMBERED)
    old, new = triggers.issue("U1"), triggers.issue("U1")
    for trigger_id, error in ((old, "invalid_trigger_id"), (new, "expired_trigger_id")):
        with pytest.raises(SlackError, match=error):
            triggers.check(trigger_id)
