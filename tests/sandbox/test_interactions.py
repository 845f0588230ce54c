"""Commands, buttons, menus and shortcuts: what is sent, what is shown, what is refused."""

import re
from typing import Any

import pytest
import requests
from slack_bolt import Ack, App

from bot.sandbox import Person, Sandbox, Times
from tests.sandbox.bots import button, buttons, http_mode, new_app, options, plain, section, web
from tests.sandbox.conftest import Connect


def listening(sandbox: Sandbox, heard: list[dict[str, Any]]) -> App:
    """An app that acks whatever it is sent and keeps it."""
    app = new_app(sandbox)

    def note(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body)
        ack()

    for listen in (app.command, app.action, app.shortcut):
        listen(re.compile(".*"))(note)
    return app


@pytest.fixture
def heard(sandbox: Sandbox, serve: Connect) -> list[dict[str, Any]]:
    """What a connected app was told of."""
    told: list[dict[str, Any]] = []
    serve(listening(sandbox, told))
    return told


def manifest(**features: Any) -> dict[str, Any]:
    tabs = {"home_tab_enabled": True, "messages_tab_enabled": True}
    return {
        "display_information": {"name": "narrow"},
        "features": {"bot_user": {"display_name": "narrow"}, "app_home": tabs, **features},
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
        "settings": {"interactivity": {"is_enabled": True}},
    }


def command(name: str, *, should_escape: bool = False) -> dict[str, Any]:
    return {"command": name, "description": "does it", "should_escape": should_escape}


def post(sandbox: Sandbox, *blocks: dict[str, Any]) -> None:
    web(sandbox).chat_postMessage(channel="#general", text="fallback", blocks=list(blocks))


def test_mentions_in_a_command_are_escaped_where_the_manifest_says_so(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    commands = [command("/swap", should_escape=True), command("/raw")]
    sandbox.set_manifest(manifest(slash_commands=commands))
    for name in ("/swap", "/raw"):
        ana.types(f"{name} @ben in #general & <soon>")
    ben, general = sandbox.user_id("ben"), sandbox.channel_id("#general")
    assert [body["text"] for body in heard] == [
        f"<@{ben}|ben> in <#{general}|general> &amp; &lt;soon&gt;",
        "@ben in #general & <soon>",
    ]


def test_an_unknown_command_is_explained_to_the_person_alone(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person, ben: Person
) -> None:
    sandbox.set_manifest(manifest(slash_commands=[command("/swap")]))
    ana.types("/sawp fri")
    assert ana.last().text.startswith("/sawp is not a valid command.")
    assert ana.last().only_you
    assert ben.sees() == []
    assert heard == []


def test_people_from_outside_press_buttons_but_have_no_commands(
    sandbox: Sandbox, heard: list[dict[str, Any]]
) -> None:
    olga = sandbox.invite("olga", outside=True)
    add = {"add": ["olga"]}
    requests.patch(f"{sandbox.url}/sandbox/channels/general", json=add, timeout=10).raise_for_status()
    olga.types("/swap")
    assert olga.last().text.startswith("/swap is not a valid command.")
    post(sandbox, buttons(button("Go", "go")))
    olga.presses("Go")
    assert [body["type"] for body in heard] == ["block_actions"]
    assert heard[0]["user"]["team_id"] != heard[0]["team"]["id"]


def test_a_command_does_not_work_in_a_thread(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("root")
    ana.types("/swap", thread=ana.last())
    assert ana.last().text == "/swap is not supported in threads. Sorry!"
    assert heard == []


def test_an_answer_can_be_for_the_whole_channel(
    sandbox: Sandbox, serve: Connect, ana: Person, ben: Person
) -> None:
    app = new_app(sandbox)

    @app.command("/rota")
    def rota(ack: Ack) -> None:
        ack("Everybody is in", response_type="in_channel")

    serve(app)
    ana.types("/rota")
    assert ben.last().text == "Everybody is in"
    assert not ben.last().only_you


def test_a_button_that_asks_first_is_pressed_only_when_confirmed(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    words = {"title": "Sure?", "text": "Gone is gone.", "confirm": "Yes", "deny": "No"}
    question = {name: plain(word) for name, word in words.items()}
    post(sandbox, buttons(button("Delete", "delete", confirm=question)))
    with pytest.raises(AssertionError, match="asks first"):
        ana.presses("Delete")
    ana.presses("Delete", confirm=False)
    assert heard == []
    ana.presses("Delete", confirm=True)
    assert heard[0]["actions"][0]["action_id"] == "delete"


@pytest.mark.parametrize(
    ("element", "option", "field", "value"),
    [
        ({"type": "static_select", "options": options("Red", "Blue")}, "Blue", "selected_option", "blue"),
        ({"type": "radio_buttons", "options": options("Red", "Blue")}, "Red", "selected_option", "red"),
        ({"type": "overflow", "options": options("Edit", "Delete")}, "Edit", "selected_option", "edit"),
        ({"type": "datepicker"}, "2026-11-27", "selected_date", "2026-11-27"),
        ({"type": "timepicker"}, "09:05", "selected_time", "09:05"),
    ],
    ids=lambda value: value["type"] if isinstance(value, dict) else "",
)
def test_a_choice_in_a_message_tells_the_app_at_once(
    sandbox: Sandbox,
    heard: list[dict[str, Any]],
    ana: Person,
    element: dict[str, Any],
    option: Any,
    field: str,
    value: Any,
) -> None:
    post(sandbox, section("Pick one", accessory={"action_id": "pick", **element}))
    ana.chooses("Pick one", option, on=ana.last())
    chosen = heard[0]["actions"][0][field]
    assert (chosen["value"] if isinstance(chosen, dict) else chosen) == value


def test_what_was_chosen_in_a_message_is_in_the_state_of_the_next_press(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person, ben: Person
) -> None:
    menu = {"type": "static_select", "action_id": "m", "placeholder": plain("Who"), "options": options("A", "B")}
    post(sandbox, buttons(menu, button("Go", "go"), block_id="row"))
    ana.chooses("Who", "B", on=ana.last())
    ana.presses("Go")
    ben.presses("Go")
    states = [body["state"]["values"]["row"]["m"]["selected_option"] for body in heard[1:]]
    assert [state and state["value"] for state in states] == ["b", None]


def test_buttons_of_the_same_name_are_told_apart_by_what_stands_beside_them(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    for_ben = [section("*Ben* wants Friday"), buttons(button("Approve", "yes", value="ben"), block_id="b1")]
    for_eva = [section("*Eva* wants Monday"), buttons(button("Approve", "yes", value="eva"), block_id="b2")]
    post(sandbox, *for_ben, *for_eva)
    with pytest.raises(AssertionError, match="2 are called “Approve”"):
        sandbox.person("ana", patience=0).presses("Approve")
    ana.presses("Approve", beside="Eva")
    assert heard[0]["actions"][0]["value"] == "eva"


def test_a_button_is_pressed_where_it_stands_though_another_has_its_ids(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    above, below = (buttons(button(label, "go", value=label), block_id="b") for label in ("Above", "Below"))
    attachments = [{"blocks": [below]}]
    web(sandbox).chat_postMessage(channel="#general", text="x", blocks=[above], attachments=attachments)
    ana.presses("Below")
    ana.presses("Above")
    assert [body["actions"][0]["value"] for body in heard] == ["Below", "Above"]


def test_a_button_of_an_app_that_is_away_warns_the_person(sandbox: Sandbox, ana: Person) -> None:
    post(sandbox, buttons(button("Go", "go")))
    ana.presses("Go")
    assert ana.notices == ["We had some trouble connecting. Try again?"]


def test_an_app_that_is_not_interactive_gets_no_presses(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    sandbox.set_manifest(manifest() | {"settings": {"interactivity": {"is_enabled": False}}})
    post(sandbox, buttons(button("Go", "go")))
    ana.presses("Go")
    assert ana.notices == ["This app is not configured to handle interactive responses."]
    assert heard == []


def test_nobody_presses_what_they_cannot_see(sandbox: Sandbox, ana: Person) -> None:
    blocks = [buttons(button("Go", "go"))]
    web(sandbox).chat_postEphemeral(channel="#general", user=sandbox.user_id("ana"), text="x", blocks=blocks)
    with pytest.raises(AssertionError, match="the message is gone"):
        sandbox.person("ben", patience=0).presses("Go", on=ana.last())


def test_a_searching_menu_wants_enough_letters(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    app = new_app(sandbox)

    @app.options("who")
    def who(ack: Ack, payload: dict[str, Any]) -> None:
        groups = [{"label": plain("Voice"), "options": options(f"{payload['value']} one")}]
        ack(option_groups=groups)

    serve(app)
    post(sandbox, section("Who", accessory={"type": "external_select", "action_id": "who", "min_query_length": 2}))
    assert ana.searches("Who", "e", on=ana.last()) == []
    assert ana.searches("Who", "ev", on=ana.last()) == ["ev one"]


def test_options_that_slack_would_not_take_are_not_shown(sandbox: Sandbox, serve: Connect, ana: Person) -> None:
    app = new_app(sandbox)

    @app.options("who")
    def who(ack: Ack) -> None:
        ack(options=options("x" * 76))

    serve(app)
    post(sandbox, section("Who", accessory={"type": "external_select", "action_id": "who", "min_query_length": 0}))
    with pytest.raises(AssertionError, match="could not be loaded"):
        ana.searches("Who", "", on=ana.last())


def test_shortcuts_go_by_their_name(sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person) -> None:
    shortcuts = [
        {"name": "New case", "type": "global", "callback_id": "case.new", "description": "x"},
        {"name": "To a case", "type": "message", "callback_id": "case.from", "description": "x"},
    ]
    sandbox.set_manifest(manifest(shortcuts=shortcuts))
    ana.types("my order is late")
    ana.shortcut("New case")
    ana.shortcut("To a case", on=ana.last())
    assert [body["callback_id"] for body in heard] == ["case.new", "case.from"]
    assert heard[1]["message"]["text"] == "my order is late"
    with pytest.raises(AssertionError, match="no shortcut “To a case”"):
        ana.shortcut("To a case")


def answer_to(url: str, **answer: Any) -> tuple[int, str]:
    response = requests.post(url, json=answer, timeout=10)
    return response.status_code, response.text


def test_a_response_url_works_where_the_bot_is_no_member_and_is_private_by_default(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person, ben: Person
) -> None:
    sandbox.channel("#quiet", private=True, members=["ana", "ben"])
    ana.types("/rota", "#quiet")
    url = heard[0]["response_url"]
    assert answer_to(url, text="psst") == (200, "ok")
    assert answer_to(url, text="all", response_type="in_channel") == (200, "ok")
    assert [shown.text for shown in ana.sees("#quiet")] == ["psst", "all"]
    assert [shown.text for shown in ben.sees("#quiet")] == ["all"]


def test_a_response_url_works_five_times(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("/rota")
    url = heard[0]["response_url"]
    assert [answer_to(url, text="x")[0] for _ in range(5)] == [200] * 5
    status, text = answer_to(url, text="x")
    assert (status, "used_url" in text) == (404, True)


def test_a_response_url_expires() -> None:
    with Sandbox(times=Times(hook=0)) as sandbox:
        ana = sandbox.invite("ana")
        told: list[dict[str, Any]] = []
        with http_mode(sandbox, listening(sandbox, told)):
            ana.types("/rota")
        status, text = answer_to(told[0]["response_url"], text="x")
        assert (status, "expired_url" in text) == (404, True)


def test_a_response_url_refuses_what_slack_cannot_show(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("/rota")
    status, text = answer_to(heard[0]["response_url"], blocks=[{"type": "header"}])
    assert (status, "invalid_blocks" in text) == (400, True)
    assert ana.sees() == []


def test_the_message_that_was_acted_on_is_replaced_or_deleted(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person, ben: Person
) -> None:
    post(sandbox, buttons(button("Go", "go")))
    ana.presses("Go")
    url = heard[0]["response_url"]
    answer_to(url, text="replaced", replace_original=True)
    assert [shown.text for shown in ben.sees()] == ["replaced"]
    answer_to(url, delete_original=True)
    assert ben.sees() == []


def test_an_ephemeral_message_can_be_replaced_too(
    sandbox: Sandbox, heard: list[dict[str, Any]], ana: Person
) -> None:
    blocks = [buttons(button("Go", "go"))]
    web(sandbox).chat_postEphemeral(channel="#general", user=sandbox.user_id("ana"), text="x", blocks=blocks)
    ana.presses("Go")
    assert heard[0]["container"]["is_ephemeral"] is True
    answer_to(heard[0]["response_url"], text="done", replace_original=True)
    assert [(shown.text, shown.only_you) for shown in ana.sees()] == [("done", True)]


def test_the_persons_own_command_cannot_be_replaced(heard: list[dict[str, Any]], ana: Person) -> None:
    ana.types("hello")
    ana.types("/rota")
    answer_to(heard[0]["response_url"], text="new", replace_original=True)
    assert [shown.text for shown in ana.sees()] == ["hello", "new"]
