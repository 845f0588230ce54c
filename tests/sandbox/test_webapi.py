"""The Web API refuses what Slack refuses, with Slack's codes, in Slack's order."""

from datetime import UTC, datetime
from typing import Any

import pytest
import requests
from slack_sdk.errors import SlackApiError

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import modal, section, web

LINE = section("a line")


def call(sandbox: Sandbox, method: str, token: str | None = None, /, **args: Any) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {token or sandbox.bot_token}"}
    response = requests.post(f"{sandbox.api_url}{method}", json=args, headers=headers, timeout=10)
    body: dict[str, Any] = response.json()
    return body


def error_of(sandbox: Sandbox, method: str, **args: Any) -> str:
    body = call(sandbox, method, **args)
    assert body["ok"] is False, body
    return str(body["error"])


def manifest(*scopes: str, **home: bool) -> dict[str, Any]:
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": True} | home
    return {
        "display_information": {"name": "narrow"},
        "features": {"bot_user": {"display_name": "narrow"}, "app_home": tabs},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
    }


def test_a_call_without_a_token_is_not_authed(sandbox: Sandbox) -> None:
    assert requests.post(f"{sandbox.api_url}auth.test", timeout=10).json()["error"] == "not_authed"


def test_a_wrong_token_is_invalid_auth(sandbox: Sandbox) -> None:
    assert call(sandbox, "auth.test", "xoxb-wrong")["error"] == "invalid_auth"


@pytest.mark.parametrize(("method", "kind"), [("auth.test", "app_token"), ("apps.connections.open", "bot_token")])
def test_a_token_of_the_wrong_kind_is_not_allowed(sandbox: Sandbox, method: str, kind: str) -> None:
    assert call(sandbox, method, getattr(sandbox, kind))["error"] == "not_allowed_token_type"


def test_a_method_that_does_not_exist_is_unknown(sandbox: Sandbox) -> None:
    assert error_of(sandbox, "chat.shout") == "unknown_method"


def test_the_token_may_stand_in_the_form_and_in_the_query(sandbox: Sandbox) -> None:
    token = {"token": sandbox.bot_token}
    in_form = requests.post(f"{sandbox.api_url}auth.test", data=token, timeout=10).json()
    in_query = requests.get(f"{sandbox.api_url}auth.test", params=token, timeout=10).json()
    assert in_form["user_id"] == in_query["user_id"] == sandbox.bot_user_id


def test_a_missing_scope_is_named_before_missing_arguments_are(sandbox: Sandbox) -> None:
    sandbox.set_manifest(manifest("users:read"))
    body = call(sandbox, "chat.postMessage")
    assert (body["error"], body["needed"], body["provided"]) == ("missing_scope", "chat:write", "users:read")


def test_the_granted_scopes_are_in_the_header(sandbox: Sandbox) -> None:
    sandbox.set_manifest(manifest("users:read", "chat:write"))
    assert web(sandbox).auth_test().headers["x-oauth-scopes"] == "chat:write,users:read"


def test_missing_arguments_are_all_named(sandbox: Sandbox) -> None:
    body = call(sandbox, "chat.update")
    assert body["error"] == "invalid_arguments"
    assert body["response_metadata"]["messages"] == [
        "[ERROR] missing required field: channel",
        "[ERROR] missing required field: ts",
    ]
    assert error_of(sandbox, "files.getUploadURLExternal") == "missing_argument"


@pytest.mark.parametrize(
    ("content_type", "body", "error"),
    [
        ("application/json", "{", "invalid_json"),
        ("application/json", "[]", "json_not_object"),
        ("text/plain", "hello", "invalid_post_type"),
        ("application/x-www-form-urlencoded", "channel=C1&blocks=nonsense", "invalid_blocks_format"),
        ("application/x-www-form-urlencoded", "channel=C1&metadata=nonsense", "invalid_metadata_format"),
    ],
)
def test_a_body_that_cannot_be_read_is_refused(sandbox: Sandbox, content_type: str, body: str, error: str) -> None:
    headers = {"Authorization": f"Bearer {sandbox.bot_token}", "Content-Type": content_type}
    url = f"{sandbox.api_url}chat.postMessage"
    assert requests.post(url, data=body, headers=headers, timeout=10).json()["error"] == error


REFUSALS: dict[str, tuple[str, dict[str, Any], str]] = {
    "post to nowhere": ("chat.postMessage", {"channel": "C404", "text": "x"}, "channel_not_found"),
    "post to a private channel": ("chat.postMessage", {"channel": "#secret", "text": "x"}, "channel_not_found"),
    "post to an archived one": ("chat.postMessage", {"channel": "#old", "text": "x"}, "is_archived"),
    "post nothing": ("chat.postMessage", {"channel": "#general"}, "no_text"),
    "post too much": ("chat.postMessage", {"channel": "#general", "text": "x" * 40001}, "msg_too_long"),
    "post wrong blocks": (
        "chat.postMessage",
        {"channel": "#general", "text": "x", "blocks": [{"type": "header"}]},
        "invalid_blocks",
    ),
    "reply to nothing": (
        "chat.postMessage",
        {"channel": "#general", "text": "x", "thread_ts": "1.2"},
        "cannot_reply_to_message",
    ),
    "update nothing": ("chat.update", {"channel": "GENERAL", "ts": "1.2", "text": "x"}, "message_not_found"),
    "update ana's": ("chat.update", {"channel": "GENERAL", "ts": "ANAS", "text": "x"}, "cant_update_message"),
    "delete ana's": ("chat.delete", {"channel": "GENERAL", "ts": "ANAS"}, "cant_delete_message"),
    "delete nothing": ("chat.delete", {"channel": "GENERAL", "ts": "1.2"}, "message_not_found"),
    "whisper to a stranger": (
        "chat.postEphemeral",
        {"channel": "#general", "user": "U404", "text": "x"},
        "user_not_in_channel",
    ),
    "link to nothing": ("chat.getPermalink", {"channel": "GENERAL", "message_ts": "1.2"}, "message_not_found"),
    "react to nothing": (
        "reactions.add",
        {"channel": "GENERAL", "timestamp": "1.2", "name": "eyes"},
        "message_not_found",
    ),
    "open with nobody": ("conversations.open", {}, "users_list_not_supplied"),
    "open with a stranger": ("conversations.open", {"users": "U404"}, "user_not_found"),
    "open with itself": ("conversations.open", {"users": "BOT,BOT"}, "not_enough_users"),
    "open with one who left": ("conversations.open", {"users": "LEAVER"}, "user_disabled"),
    "open with nine": ("conversations.open", {"users": ",".join(["ANA"] * 9)}, "too_many_users"),
    "info of a private one": ("conversations.info", {"channel": "SECRET"}, "channel_not_found"),
    "members of nowhere": ("conversations.members", {"channel": "C404"}, "channel_not_found"),
    "history where the bot is not": ("conversations.history", {"channel": "QUIET"}, "not_in_channel"),
    "history since never": ("conversations.history", {"channel": "GENERAL", "oldest": "x"}, "invalid_ts_oldest"),
    "replies to nothing": ("conversations.replies", {"channel": "GENERAL", "ts": "1.2"}, "thread_not_found"),
    "join an archived one": ("conversations.join", {"channel": "OLD"}, "is_archived"),
    "join a private one": ("conversations.join", {"channel": "SECRET"}, "channel_not_found"),
    "open a channel": ("conversations.open", {"channel": "GENERAL"}, "method_not_supported_for_channel_type"),
    "list odd types": ("conversations.list", {"types": "secret"}, "invalid_types"),
    "list from nowhere": ("conversations.list", {"cursor": "!"}, "invalid_cursor"),
    "list too many": ("conversations.list", {"limit": 1001}, "invalid_limit"),
    "who is U404": ("users.info", {"user": "U404"}, "user_not_found"),
    "who has this address": ("users.lookupByEmail", {"email": "x@example.com"}, "users_not_found"),
    "which group": ("usergroups.users.list", {"usergroup": "S404"}, "no_such_subteam"),
    "which bot": ("bots.info", {"bot": "B404"}, "bot_not_found"),
    "which team": ("team.info", {"team": "T404"}, "team_not_found"),
    "open without a trigger": (
        "views.open",
        {"trigger_id": "made.up", "view": modal(LINE)},
        "invalid_trigger_id",
    ),
    "open a home": (
        "views.open",
        {"trigger_id": "made.up", "view": {"type": "home", "blocks": [LINE]}},
        "invalid_arguments",
    ),
    "open nonsense": ("views.open", {"trigger_id": "made.up", "view": {}}, "invalid_arguments"),
    "update no view": ("views.update", {"view_id": "V404", "view": modal(LINE)}, "not_found"),
    "publish to nobody": (
        "views.publish",
        {"user_id": "U404", "view": {"type": "home", "blocks": [LINE]}},
        "invalid_arguments",
    ),
    "finish no upload": ("files.completeUploadExternal", {"files": [{"id": "F404"}]}, "file_not_found"),
    "finish nothing": ("files.completeUploadExternal", {"files": []}, "invalid_arguments"),
    "finish what is no list": ("files.completeUploadExternal", {"files": {"id": "F404"}}, "invalid_arguments"),
    "finish what are no objects": ("files.completeUploadExternal", {"files": ["F404"]}, "invalid_arguments"),
    "ask of no file": ("files.info", {"file": "F404"}, "file_not_found"),
}


@pytest.mark.parametrize(("method", "args", "error"), REFUSALS.values(), ids=REFUSALS)
def test_what_slack_refuses_is_refused(
    sandbox: Sandbox, ana: Person, method: str, args: dict[str, Any], error: str
) -> None:
    ana.types("mine")
    names = furnished(sandbox) | {"ANAS": ana.last().ts}
    told = {name: _named(value, names) for name, value in args.items()}
    assert error_of(sandbox, method, **told) == error


def furnished(sandbox: Sandbox) -> dict[str, str]:
    """Channels the bot is not in, one that is archived, a person who left; their ids by the names used above."""
    sandbox.invite("leaver")
    ids = {
        "GENERAL": sandbox.channel_id("#general"),
        "QUIET": sandbox.channel("#quiet", members=["ana"]),
        "SECRET": sandbox.channel("#secret", private=True, members=["ana"]),
        "OLD": sandbox.channel("#old", members=["ana"], bot=True),
        "ANA": sandbox.user_id("ana"),
        "LEAVER": sandbox.user_id("leaver"),
        "BOT": sandbox.bot_user_id,
    }
    requests.patch(f"{sandbox.url}/sandbox/channels/old", json={"archived": True}, timeout=10).raise_for_status()
    requests.patch(f"{sandbox.url}/sandbox/people/leaver", json={"deleted": True}, timeout=10).raise_for_status()
    return ids


def _named(value: Any, names: dict[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    return ",".join(names.get(part, part) for part in value.split(","))


def test_the_reason_for_refusing_blocks_points_at_them(sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError) as refused:
        web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[section("y" * 3001)])
    messages = refused.value.response["response_metadata"]["messages"]
    assert "must be less than 3001 characters" in messages[0]
    assert "/blocks/0/text/text" in messages[0]


def test_direct_messages_need_the_messages_tab(sandbox: Sandbox) -> None:
    sandbox.set_manifest(manifest("chat:write", messages_tab_enabled=False))
    ana = sandbox.user_id("ana")
    assert error_of(sandbox, "chat.postMessage", channel=ana, text="x") == "messages_tab_disabled"


def test_publishing_needs_the_home_tab(sandbox: Sandbox) -> None:
    sandbox.set_manifest(manifest("chat:write", home_tab_enabled=False))
    view = {"type": "home", "blocks": [LINE]}
    assert error_of(sandbox, "views.publish", user_id=sandbox.user_id("ana"), view=view) == "not_enabled"


def test_each_kind_of_conversation_needs_its_own_scope(sandbox: Sandbox) -> None:
    sandbox.set_manifest(manifest("channels:read", "chat:write"))
    sandbox.channel("#secret", private=True, bot=True)
    assert call(sandbox, "conversations.list")["ok"]
    listed = call(sandbox, "conversations.list", types="public_channel,private_channel")
    assert (listed["error"], listed["needed"]) == ("missing_scope", "channels:read,groups:read")
    asked = call(sandbox, "conversations.info", channel=sandbox.channel_id("#secret"))
    assert (asked["error"], asked["needed"]) == ("missing_scope", "groups:read")


def test_addresses_are_told_only_with_the_scope_for_them(sandbox: Sandbox) -> None:
    ana = sandbox.user_id("ana")
    assert call(sandbox, "users.info", user=ana)["user"]["profile"]["email"] == "ana@example.com"
    sandbox.set_manifest(manifest("users:read"))
    assert "email" not in call(sandbox, "users.info", user=ana)["user"]["profile"]


def test_a_direct_message_reaches_the_person(sandbox: Sandbox, ana: Person) -> None:
    answer = web(sandbox).chat_postMessage(channel=sandbox.user_id("ana"), text="psst")
    assert answer["channel"].startswith("D")
    assert ana.last("@floorwalker").text == "psst"


def test_a_post_with_the_public_scope_needs_no_membership(sandbox: Sandbox, ana: Person) -> None:
    sandbox.set_manifest(manifest("chat:write", "chat:write.public"))
    sandbox.channel("#quiet", members=["ana"])
    web(sandbox).chat_postMessage(channel="#quiet", text="hello")
    assert ana.last("#quiet").text == "hello"


def test_an_update_without_blocks_keeps_them_and_an_empty_list_removes_them(sandbox: Sandbox, ana: Person) -> None:
    client = web(sandbox)
    posted = client.chat_postMessage(channel="#general", text="t", blocks=[section("kept")])
    where = {"channel": posted["channel"], "ts": posted["ts"]}
    client.chat_update(**where, text="other")
    assert (ana.last().text, ana.last().notification, ana.last().edited) == ("kept", "other", True)
    client.chat_update(**where, text="plain", blocks=[])
    assert ana.last().text == "plain"


def test_an_update_of_the_text_keeps_attachments(sandbox: Sandbox, ana: Person) -> None:
    client = web(sandbox)
    inside = [{"color": "#00aa00", "blocks": [section("inside")]}]
    posted = client.chat_postMessage(channel="#general", text="one", attachments=inside)
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    assert ana.last().text == "two\ninside"


def test_a_deleted_message_is_gone(sandbox: Sandbox, ana: Person) -> None:
    posted = web(sandbox).chat_postMessage(channel="#general", text="gone soon")
    web(sandbox).chat_delete(channel=posted["channel"], ts=posted["ts"])
    assert ana.sees() == []


def test_metadata_comes_back_only_when_asked_for(sandbox: Sandbox) -> None:
    client = web(sandbox)
    metadata = {"event_type": "card", "event_payload": {"key": "k1"}}
    posted = client.chat_postMessage(channel="#general", text="x", metadata=metadata)
    channel = posted["channel"]
    asked = client.conversations_history(channel=channel, include_all_metadata=True)
    assert asked["messages"][0]["metadata"] == metadata
    assert "metadata" not in client.conversations_history(channel=channel)["messages"][0]


def test_history_goes_backwards_in_pages_and_leaves_out_replies(sandbox: Sandbox) -> None:
    client = web(sandbox)
    posted = [client.chat_postMessage(channel="#general", text=f"{n}") for n in range(5)]
    channel = posted[0]["channel"]
    client.chat_postMessage(channel=channel, text="reply", thread_ts=posted[0]["ts"])
    history = client.conversations_history(channel=channel, limit=2)
    assert [[m["text"] for m in page["messages"]] for page in history] == [["4", "3"], ["2", "1"], ["0"]]
    assert history["messages"][0]["reply_count"] == 1
    thread = client.conversations_replies(channel=channel, ts=posted[0]["ts"])
    assert [m["text"] for m in thread["messages"]] == ["0", "reply"]
    since = client.conversations_history(channel=channel, oldest=posted[3]["ts"], inclusive=True)
    assert [m["text"] for m in since["messages"]] == ["4", "3"]


def test_lists_are_paged_with_cursors(sandbox: Sandbox) -> None:
    for number in range(3):
        sandbox.channel(f"#c{number}")
    names = [user["name"] for page in web(sandbox).users_list(limit=2) for user in page["members"]]
    assert names == ["slackbot", "floorwalker", "ana", "ben"]
    names = [[c["name"] for c in page["channels"]] for page in web(sandbox).conversations_list(limit=3)]
    assert names == [["general", "c0", "c1"], ["c2"]]
    pages = web(sandbox).conversations_members(channel=_general(sandbox), limit=1)
    members = [member for page in pages for member in page["members"]]
    assert members == [sandbox.bot_user_id, sandbox.user_id("ana"), sandbox.user_id("ben")]


def test_private_channels_appear_once_the_bot_is_in_them(sandbox: Sandbox) -> None:
    sandbox.channel("#secret", private=True, members=["ana"])
    assert web(sandbox).conversations_list(types="private_channel")["channels"] == []
    change = {"add": ["floorwalker"]}
    requests.patch(f"{sandbox.url}/sandbox/channels/secret", json=change, timeout=10).raise_for_status()
    assert [c["name"] for c in web(sandbox).conversations_list(types="private_channel")["channels"]] == ["secret"]


def test_the_bot_joins_a_public_channel(sandbox: Sandbox) -> None:
    client = web(sandbox)
    quiet = sandbox.channel("#quiet")
    assert client.conversations_join(channel=quiet)["channel"]["is_member"]
    mine = client.users_conversations(types="public_channel,private_channel")["channels"]
    assert [c["name"] for c in mine] == ["general", "quiet"]


def test_opening_a_direct_message_twice_gives_the_same_one(sandbox: Sandbox) -> None:
    client = web(sandbox)
    ana, ben = sandbox.user_id("ana"), sandbox.user_id("ben")
    first, again = (client.conversations_open(users=ana, return_im=True)["channel"] for _ in range(2))
    assert (first["id"], first["user"]) == (again["id"], ana)
    assert client.conversations_open(users=[ana, sandbox.bot_user_id])["channel"]["id"] == first["id"]
    assert client.conversations_open(users=[ana, ben])["channel"]["id"].startswith("G")


def test_people_are_found_and_described(sandbox: Sandbox) -> None:
    client = web(sandbox)
    sandbox.invite("olga", outside=True)
    ana = client.users_lookupByEmail(email="ana@example.com")["user"]
    assert (ana["real_name"], ana["tz"], ana["is_restricted"]) == ("Ana Ruiz", "Europe/Madrid", False)
    olga = client.users_info(user=sandbox.user_id("olga"), include_locale=True)["user"]
    assert (olga["is_stranger"], olga["locale"]) == (True, "en-US")
    assert olga["team_id"] != sandbox.team_id


def test_a_profile_has_the_name_that_people_see_and_what_they_do(sandbox: Sandbox) -> None:
    sandbox.invite("zoe", real_name="Zoë Martin", title="Agent, voice")
    profile = web(sandbox).users_info(user=sandbox.user_id("zoe"))["user"]["profile"]
    assert (profile["display_name"], profile["title"]) == ("Zoë Martin", "Agent, voice")


def test_the_time_zone_offset_follows_the_business_clock(sandbox: Sandbox) -> None:
    offsets = []
    for month in (1, 7):
        sandbox.clock.set(datetime(2026, month, 15, 12, tzinfo=UTC))
        offsets.append(web(sandbox).users_info(user=sandbox.user_id("ana"))["user"]["tz_offset"])
    assert offsets == [3600, 7200]


def test_user_groups_and_do_not_disturb_are_told(sandbox: Sandbox) -> None:
    client = web(sandbox)
    ana = sandbox.user_id("ana")
    group = sandbox.group("@leads", ["ana"])
    listed = client.usergroups_list(include_users=True)["usergroups"]
    assert [(g["id"], g["handle"], g["name"], g["users"]) for g in listed] == [(group, "leads", "leads", [ana])]
    assert client.usergroups_users_list(usergroup=group)["users"] == [ana]
    until = int(sandbox.clock.now().timestamp()) + 600
    snooze = {"snoozed_until": until}
    requests.patch(f"{sandbox.url}/sandbox/people/ana", json=snooze, timeout=10).raise_for_status()
    assert client.dnd_info(user=ana)["next_dnd_end_ts"] == until
    assert client.dnd_teamInfo(users=[ana])["users"][ana]["dnd_enabled"] is True
    assert client.dnd_info(user=ana).get("snooze_enabled") is None  # of others, Slack does not tell


def test_the_app_knows_itself_and_its_team(sandbox: Sandbox) -> None:
    client = web(sandbox)
    me = client.auth_test()
    assert me["user_id"] == sandbox.bot_user_id
    assert client.bots_info(bot=me["bot_id"])["bot"]["name"] == "floorwalker"
    assert client.team_info()["team"]["id"] == me["team_id"] == sandbox.team_id
    assert client.api_test()["ok"]
    assert error_of(sandbox, "api.test", error="my_error") == "my_error"


def test_a_reaction_is_seen_and_cannot_be_given_twice(sandbox: Sandbox, ana: Person) -> None:
    ana.types("done?")
    args = {"channel": _general(sandbox), "timestamp": ana.last().ts, "name": "eyes"}
    web(sandbox).reactions_add(**args)
    assert ana.last().reactions == {"eyes": [sandbox.bot_user_id]}
    assert error_of(sandbox, "reactions.add", **args) == "already_reacted"


def test_a_file_goes_up_is_shared_and_comes_down_with_the_token_only(sandbox: Sandbox, ana: Person) -> None:
    client = web(sandbox)
    general = _general(sandbox)
    client.files_upload_v2(channel=general, content="a,b\n1,2\n", filename="r.csv", initial_comment="The report")
    shown = ana.last()
    assert shown.text == "The report"
    assert ana.downloads("r.csv", on=shown) == b"a,b\n1,2\n"
    url = shown.files[0]["url_private_download"]
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    assert requests.get(url, headers=token, timeout=10).content == b"a,b\n1,2\n"
    assert "Sign in" in requests.get(url, timeout=10).text


def test_a_thread_reply_and_a_broadcast_stand_where_they_should(sandbox: Sandbox, ana: Person) -> None:
    ana.types("root")
    root = ana.last()
    client = web(sandbox)
    client.chat_postMessage(channel="#general", text="quiet", thread_ts=root.ts)
    client.chat_postMessage(channel="#general", text="loud", thread_ts=root.ts, reply_broadcast=True)
    assert [shown.text for shown in ana.sees()] == ["root", "loud"]
    assert [shown.text for shown in ana.thread(root)] == ["root", "quiet", "loud"]
    link = client.chat_getPermalink(channel=root.channel, message_ts=root.ts)["permalink"]
    assert link.endswith(f"/archives/{root.channel}/p{root.ts.replace('.', '')}")


def test_an_ephemeral_message_is_for_one_person_and_no_history(sandbox: Sandbox, ana: Person, ben: Person) -> None:
    client = web(sandbox)
    client.chat_postEphemeral(channel="#general", user=sandbox.user_id("ana"), text="only you")
    assert ana.last().text == "only you"
    assert ben.sees() == []
    assert client.conversations_history(channel=_general(sandbox))["messages"] == []


def _general(sandbox: Sandbox) -> str:
    return sandbox.channel_id("#general")


def test_a_picture_is_uploaded_with_what_a_screen_reader_says_of_it(sandbox: Sandbox) -> None:
    client = web(sandbox)
    place = client.files_getUploadURLExternal(filename="map.png", length=4, alt_txt="Two are missing.")
    requests.post(place["upload_url"], data=b"\x89PNG", timeout=5).raise_for_status()
    client.files_completeUploadExternal(files=[{"id": place["file_id"]}])
    assert client.files_info(file=place["file_id"])["file"]["alt_txt"] == "Two are missing."
    long = {"filename": "map.png", "length": 4, "alt_txt": "x" * 1001}
    assert error_of(sandbox, "files.getUploadURLExternal", **long) == "alt_txt_too_large"
