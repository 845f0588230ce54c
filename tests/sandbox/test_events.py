"""The Events API: what is told, to whom it is told, and what is not."""

import time
from typing import Any

import pytest
import requests

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import new_app, section, web
from tests.sandbox.conftest import Connect

KINDS = [
    "app_home_opened",
    "app_mention",
    "channel_archive",
    "dnd_updated_user",
    "file_shared",
    "group_archive",
    "member_joined_channel",
    "member_left_channel",
    "message",
    "reaction_added",
    "team_join",
    "user_change",
]


@pytest.fixture
def heard(sandbox: Sandbox, serve: Connect) -> list[dict[str, Any]]:
    """The events that a connected app was told of."""
    told: list[dict[str, Any]] = []
    app = new_app(sandbox, ignoring_self_events_enabled=False)

    def note(event: dict[str, Any]) -> None:
        told.append(event)

    for kind in KINDS:
        app.event(kind)(note)
    serve(app)
    return told


def subscribed(*events: str, scopes: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "display_information": {"name": "narrow"},
        "features": {"app_home": {"home_tab_enabled": True, "messages_tab_enabled": True}},
        "oauth_config": {"scopes": {"bot": [*scopes, "chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": list(events)}},
    }


def change(sandbox: Sandbox, what: str, **changes: Any) -> None:
    requests.patch(f"{sandbox.url}/sandbox/{what}", json=changes, timeout=10).raise_for_status()


def kinds(heard: list[dict[str, Any]]) -> list[str]:
    return [event["type"] for event in heard]


def test_a_message_carries_mentions_as_ids_and_escaped_text(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    ana.types("@ben see #general <now> & later")
    ben, general = sandbox.user_id("ben"), sandbox.channel_id("#general")
    assert heard[0]["text"] == f"<@{ben}> see <#{general}|general> &lt;now&gt; &amp; later"
    assert heard[0]["channel_type"] == "channel"
    assert ana.last().text == "@Ben Okafor see #general <now> & later"


def test_mentioning_the_bot_is_two_events(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("@floorwalker who is on?")
    assert sorted(kinds(heard)) == ["app_mention", "message"]
    assert "channel_type" not in next(event for event in heard if event["type"] == "app_mention")


def test_a_direct_message_to_the_bot_is_an_im(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("hello", "@floorwalker")
    assert (heard[0]["channel_type"], heard[0]["channel"][0]) == ("im", "D")


def test_what_people_say_to_each_other_is_not_told(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person, ben: Person
) -> None:
    sandbox.channel("#quiet", members=["ana"])
    ana.types("between us", "@ben")
    ana.types("without the bot", "#quiet")
    assert ben.last("@ana").text == "between us"
    assert heard == []


def test_a_channel_with_somebody_from_outside_is_shared(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    olga = sandbox.invite("olga", outside=True)
    change(sandbox, "channels/general", add=["olga"])
    olga.types("hello from outside")
    assert heard[-1]["source_team"] == heard[-1]["team"] != sandbox.team_id


def test_a_reply_names_its_thread(heard: list[dict[str, Any]], ana: Person, ben: Person) -> None:
    ana.types("root")
    ben.types("reply", thread=ana.last())
    assert heard[1]["thread_ts"] == heard[0]["ts"]
    assert [shown.text for shown in ana.thread(ana.last())] == ["root", "reply"]


def test_the_bots_own_messages_are_told_with_its_bot_id(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    client = web(sandbox)
    posted = client.chat_postMessage(channel="#general", text="one")
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="two")
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    while len(heard) < 3:
        time.sleep(0.01)
    told = {event.get("subtype"): event for event in heard}
    assert set(told) == {None, "message_changed", "message_deleted"}
    assert told[None]["bot_id"]
    assert told["message_changed"]["message"]["text"] == "two"
    assert told["message_deleted"]["deleted_ts"] == posted["ts"]


def test_only_subscribed_events_come(sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person) -> None:
    sandbox.set_manifest(subscribed("app_home_opened", scopes=("channels:history",)))
    ana.types("hello")
    ana.opens_home()
    assert kinds(heard) == ["app_home_opened"]


def test_only_events_with_their_scope_come(sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person) -> None:
    events = ("message.channels", "message.im")
    sandbox.set_manifest(subscribed(*events, scopes=("im:history",)))
    ana.types("in the channel")
    ana.types("directly", "@narrow")
    assert [event["text"] for event in heard] == ["directly"]


def test_opening_the_home_brings_the_view_that_is_there(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    ana.opens_home()
    home = {"type": "home", "blocks": [section("yours")]}
    web(sandbox).views_publish(user_id=sandbox.user_id("ana"), view=home)
    ana.opens_home()
    ana.opens_home("messages")
    assert [(event["tab"], "view" in event) for event in heard] == [
        ("home", False),
        ("home", True),
        ("messages", False),
    ]


def test_a_shared_file_is_a_message_with_the_file(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    ana.uploads("rota.csv", b"a,b", to="@floorwalker", text="here it is")
    message = next(event for event in heard if event["type"] == "message")
    assert (message["subtype"], message["text"]) == ("file_share", "here it is")
    token = {"Authorization": f"Bearer {sandbox.bot_token}"}
    url = message["files"][0]["url_private_download"]
    assert requests.get(url, headers=token, timeout=10).content == b"a,b"
    assert kinds(heard).count("file_shared") == 1


def test_several_files_are_one_message_and_each_is_told(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.shares({"people.csv": b"a,b", "shifts.csv": b"c,d"}, text="Both")
    # They are sent side by side, and need not arrive in order.
    message, *shared = sorted(heard, key=lambda event: event["type"] != "message")
    assert (message["subtype"], [file["name"] for file in message["files"]]) == (
        "file_share",
        ["people.csv", "shifts.csv"],
    )
    assert [each["type"] for each in shared] == ["file_shared", "file_shared"]
    assert {each["file_id"] for each in shared} == {file["id"] for file in message["files"]}
    with pytest.raises(AssertionError, match="No more than 10 files"):
        ana.shares({f"{number}.csv": b"x" for number in range(11)})


def test_people_come_and_go_and_the_bot_hears_of_it(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    sandbox.channel("#floor", bot=True)
    ana.joins("#floor")
    ana.leaves("#floor")
    assert sorted(kinds(heard)) == ["member_joined_channel", "member_left_channel"]
    assert {event["user"] for event in heard} == {sandbox.user_id("ana")}
    with pytest.raises(AssertionError, match="not in #floor"):
        ana.types("hello?", "#floor")


def test_changes_of_a_person_are_told(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    change(sandbox, "people/ana", real_name="Ana Ruiz Soto", tz="Asia/Tokyo")
    change(sandbox, "people/ana", deleted=True)
    first, last = (event["user"] for event in sorted(heard, key=lambda event: event["event_ts"]))
    assert (first["real_name"], first["tz"], first["deleted"]) == ("Ana Ruiz Soto", "Asia/Tokyo", False)
    assert last["deleted"] is True
    with pytest.raises(AssertionError, match="deactivated"):
        sandbox.person("ana").types("still here?")


def test_who_pauses_notifications_has_not_changed_otherwise(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    until = int(sandbox.clock.now().timestamp()) + 600
    change(sandbox, "people/ana", snoozed_until=until)
    assert kinds(heard) == ["dnd_updated_user"]
    assert heard[0]["user"] == sandbox.user_id("ana")
    assert heard[0]["dnd_status"] == {"dnd_enabled": True, "next_dnd_start_ts": 1, "next_dnd_end_ts": until}


def test_a_subscription_to_what_never_comes_is_refused(sandbox: Sandbox) -> None:
    never = subscribed("team_join", "tokens_revoked", "app_uninstalled")
    with pytest.raises(ValueError, match="the sandbox sends no app_uninstalled, tokens_revoked"):
        sandbox.set_manifest(never)
    with pytest.raises(ValueError, match="the sandbox sends no"):
        Sandbox(never)


def test_a_new_colleague_is_announced_when_asked(sandbox: Sandbox, heard: list[dict[str, Any]]) -> None:
    sandbox.invite("quiet")
    sandbox.invite("eva", announce=True).types("hello")
    assert kinds(heard).count("team_join") == 1
    joined = next(event for event in heard if event["type"] == "team_join")
    assert joined["user"]["name"] == "eva"


def test_archiving_names_the_kind_of_channel(sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person) -> None:
    sandbox.channel("#old", members=["ana"], bot=True)
    sandbox.channel("#secret", private=True, members=["ana"], bot=True)
    for name in ("old", "secret"):
        change(sandbox, f"channels/{name}", archived=True)
    assert sorted(kinds(heard)) == ["channel_archive", "group_archive"]
    with pytest.raises(AssertionError, match="#old is archived"):
        ana.types("too late", "#old")


def test_a_reaction_is_told(heard: list[dict[str, Any]], ana: Person, ben: Person) -> None:
    ana.types("done")
    ben.reacts(":eyes:", on=ben.last())
    reaction = heard[-1]
    assert (reaction["type"], reaction["reaction"]) == ("reaction_added", "eyes")
    assert reaction["item"]["ts"] == heard[0]["ts"]
