"""Every element in messages and on Home: it has a name, works by keyboard, and tells the app what Slack would."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.sandbox import Person, Sandbox
from bot.sandbox.elements import TEXTS
from tests.page.conftest import Visit
from tests.page.listening import Listening, app, flaws
from tests.sandbox.bots import button, buttons, field, options, plain, section, web

__all__ = ["app"]

ONE, TWO, THREE = options("One", "Two", "Three")
QUESTION = {
    "title": plain("Sure?"),
    "text": plain("It is final."),
    "confirm": plain("Go on"),
    "deny": plain("Wait"),
}


def menu(kind: str, **rest: Any) -> dict[str, Any]:
    """An element that is called “Which?” by the section beside which it stands."""
    return {"type": kind, "action_id": "used", **rest}


def post(sandbox: Sandbox, *blocks: dict[str, Any]) -> str:
    ts: str = web(sandbox).chat_postMessage(channel="#general", text="fallback", blocks=list(blocks))["ts"]
    return ts


@dataclass(frozen=True)
class Case:
    """An element, the role in which it is found, the keys that use it, and what the action then says."""

    element: dict[str, Any]
    role: Any
    keys: tuple[str, ...]
    sent: dict[str, Any]


CHOICES = {"options": [ONE, TWO, THREE]}
CASES = {
    "button": Case(menu("button", text=plain("Which?"), value="v"), "button", ("Enter",), {"value": "v"}),
    "static_select": Case(
        menu("static_select", **CHOICES),
        "combobox",
        ("ArrowDown", "ArrowDown", "Enter"),
        {"selected_option": TWO},
    ),
    "static_select by typing": Case(
        menu("static_select", option_groups=[{"label": plain("All"), "options": [ONE, TWO, THREE]}]),
        "combobox",
        ("t", "h", "r", "Enter"),
        {"selected_option": THREE},
    ),
    "external_select": Case(
        menu("external_select", min_query_length=2),
        "combobox",
        ("p", "a", "r", "found", "Enter"),
        {"selected_option": options("Parcel 3")[0]},
    ),
    "users_select": Case(menu("users_select"), "combobox", ("o", "k", "a", "Enter"), {"selected_user": "@ben"}),
    "channels_select": Case(
        menu("channels_select"), "combobox", ("Enter", "Enter"), {"selected_channel": "#general"}
    ),
    "conversations_select": Case(
        menu("conversations_select"), "combobox", ("g", "Enter"), {"selected_conversation": "#general"}
    ),
    "multi_static_select": Case(
        menu("multi_static_select", **CHOICES),
        "combobox",
        ("ArrowDown", "Enter", "ArrowDown", "ArrowDown", "Enter", "Escape"),
        {"selected_options": [ONE, THREE]},
    ),
    "multi_external_select": Case(
        menu("multi_external_select", min_query_length=0),
        "combobox",
        ("Enter", "found", "Enter", "Tab"),
        {"selected_options": options("Case 1: refund")},
    ),
    "multi_users_select": Case(
        menu("multi_users_select"), "combobox", ("b", "e", "n", "Enter", "Escape"), {"selected_users": ["@ben"]}
    ),
    "multi_channels_select": Case(
        menu("multi_channels_select"),
        "combobox",
        ("Enter", "Enter", "Escape"),
        {"selected_channels": ["#general"]},
    ),
    "multi_conversations_select": Case(
        menu("multi_conversations_select"),
        "combobox",
        ("Enter", "Enter", "Escape"),
        {"selected_conversations": ["#general"]},
    ),
    "overflow": Case(
        menu("overflow", options=[ONE, TWO]), "button", ("Enter", "ArrowDown", "Enter"), {"selected_option": TWO}
    ),
    "datepicker": Case(menu("datepicker"), "date", tuple("11272026"), {"selected_date": "2026-11-27"}),
    "timepicker": Case(menu("timepicker"), "time", tuple("0905AM"), {"selected_time": "09:05"}),
    "checkboxes": Case(menu("checkboxes", options=[ONE, TWO]), "checkbox", (" ",), {"selected_options": [ONE]}),
    "radio_buttons": Case(
        menu("radio_buttons", options=[ONE, TWO]), "radio", ("ArrowDown",), {"selected_option": TWO}
    ),
}


def find(page: Page, case: Case) -> Locator:
    if case.role in ("date", "time"):
        return page.get_by_label("Which?")
    if case.role in ("checkbox", "radio"):
        group = page.get_by_role("group" if case.role == "checkbox" else "radiogroup", name="Which?")
        return group.get_by_role(case.role, name="One")
    return page.get_by_role(case.role, name="More actions" if case.element["type"] == "overflow" else "Which?")


def use(page: Page, control: Locator, keys: tuple[str, ...]) -> None:
    control.focus()
    for key in keys:
        if key == "found":
            expect(offered(page).first).to_be_visible()
        else:
            page.keyboard.press(key)


def offered(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Which?").get_by_role("option")


def meant(sandbox: Sandbox, value: Any) -> Any:
    """The ids of people and channels."""
    if isinstance(value, list):
        return [meant(sandbox, each) for each in value]
    if isinstance(value, str) and value[0] in "@#":
        return sandbox.user_id(value[1:]) if value[0] == "@" else sandbox.channel_id(value)
    return value


def without_defaults(value: Any) -> Any:
    """An option without what Slack adds to its text."""
    if isinstance(value, list):
        return [without_defaults(each) for each in value]
    if isinstance(value, dict):
        return {name: without_defaults(each) for name, each in value.items() if name != "emoji"}
    return value


@pytest.mark.parametrize("name", CASES)
def test_an_element_of_a_message_works_by_keyboard(
    sandbox: Sandbox, app: Listening, visit: Visit, name: str
) -> None:
    case = CASES[name]
    ts = post(sandbox, section("Which?", block_id="here", accessory=case.element))
    page = visit()
    message = page.locator(f".message[data-ts='{ts}']")
    control = message.locator(".control")
    expect(control).to_be_visible()
    use(page, find(page, case).and_(control.locator("*")), case.keys)
    body = app.next("block_actions")
    [action] = body["actions"]
    assert (action["block_id"], action["action_id"], action["type"]) == ("here", "used", case.element["type"])
    sent = {key: without_defaults(action[key]) for key in case.sent}
    assert sent == {key: meant(sandbox, value) for key, value in case.sent.items()}
    assert body["user"]["username"] == "ana"
    assert body["message"]["ts"] == ts
    assert len(app.of_kind("block_actions")) == 1


def test_a_moment_is_picked_on_the_wall_of_the_reader(sandbox: Sandbox, app: Listening, visit: Visit) -> None:
    start = int(datetime(2026, 11, 27, 9, tzinfo=UTC).timestamp())
    post(sandbox, buttons({"type": "datetimepicker", "action_id": "at", "initial_date_time": start}))
    page = visit(timezone_id="Asia/Tokyo")
    picker = page.get_by_role("main").get_by_label("Date and time")
    assert picker.input_value() == "2026-11-27T10:00"
    picker.fill("2026-03-29T02:30")  # skipped in Madrid, where the clocks go forward at two
    picker.fill("2026-07-01T09:30")
    picker.blur()
    action = app.next("block_actions")["actions"][0]
    assert action["selected_date_time"] == int(datetime(2026, 7, 1, 7, 30, tzinfo=UTC).timestamp())


def test_what_was_chosen_stays_in_sight_and_can_be_taken_back(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    post(sandbox, section("Which?", accessory=menu("multi_static_select", **CHOICES, max_selected_items=2)))
    page = visit()
    use(page, page.get_by_role("combobox", name="Which?"), ("Enter", "Enter", "ArrowDown", "Enter"))
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("No more than 2 can be chosen.")).to_be_visible()
    page.keyboard.press("Escape")
    app.next("block_actions")
    chips = page.get_by_role("list", name="Chosen: Which?").get_by_role("listitem")
    expect(chips).to_have_count(2)
    page.get_by_role("button", name="Remove One").click()
    second = app.next("block_actions", 2)
    assert without_defaults(second["actions"][0]["selected_options"]) == [TWO]
    expect(page.get_by_role("combobox", name="Which?")).to_be_focused()
    page.reload()
    expect(chips).to_have_text(["Two×"])


def test_a_search_says_what_it_is_doing_and_that_it_found_nothing(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    post(sandbox, section("Which?", accessory=menu("external_select", min_query_length=3)))
    page = visit()
    box = page.get_by_role("combobox", name="Which?")
    box.click()
    expect(page.get_by_text("Type at least 3 letters.")).to_be_visible()
    box.press_sequentially("nothing like it")
    expect(page.get_by_text("No results")).to_be_visible()
    assert app.of_kind("block_suggestion")[-1]["value"] == "nothing like it"
    box.fill("case")
    expect(offered(page)).to_have_text(["Case 1: refund", "Case 2: invoice"])
    page.keyboard.press("Escape")
    expect(offered(page)).to_have_count(0)
    assert box.input_value() == ""
    assert app.of_kind("block_actions") == []


def test_a_search_that_the_app_does_not_answer_is_said_to_have_failed(sandbox: Sandbox, visit: Visit) -> None:
    post(sandbox, section("Which?", accessory=menu("external_select", min_query_length=0)))
    page = visit()
    page.get_by_role("combobox", name="Which?").click()
    expect(page.locator(".finding")).to_have_text("Result could not be loaded.")


@pytest.mark.parametrize("element", [menu("button", text=plain("Which?")), menu("static_select", **CHOICES)])
def test_a_question_is_asked_first(
    sandbox: Sandbox, app: Listening, visit: Visit, element: dict[str, Any]
) -> None:
    post(sandbox, section("Which?", accessory={**element, "confirm": QUESTION}))
    page = visit()
    role: Any = "button" if element["type"] == "button" else "combobox"
    keys = ("Enter",) if role == "button" else ("Enter", "ArrowDown", "Enter")
    control = page.get_by_role(role, name="Which?")
    use(page, control, keys)
    asked = page.get_by_role("alertdialog", name="Sure?")
    expect(asked).to_contain_text("It is final.")
    assert flaws(page) == []
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    expect(control).to_be_focused()
    use(page, control, keys)
    asked.get_by_role("button", name="Wait").click()
    assert app.heard == []
    use(page, control, keys)
    asked.get_by_role("button", name="Go on").click()
    assert app.next("block_actions")["actions"][0]["confirm"]["title"]["text"] == "Sure?"
    assert len(app.heard) == 1


def test_a_card_that_goes_while_it_asks_says_so(sandbox: Sandbox, app: Listening, visit: Visit) -> None:
    ts = post(sandbox, buttons(button("Approve", "yes", confirm=QUESTION)))
    page = visit()
    page.get_by_role("button", name="Approve").click()
    web(sandbox).chat_update(channel=sandbox.channel_id("#general"), ts=ts, text="x", blocks=[section("Settled")])
    expect(page.get_by_text("Settled")).to_be_visible()
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_text("That is not there any more.")).to_be_visible()
    assert app.heard == []


def test_a_tick_that_the_person_thinks_better_of_is_taken_back(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    post(sandbox, section("Which?", accessory=menu("checkboxes", options=[ONE], confirm=QUESTION)))
    page = visit()
    box = page.get_by_role("checkbox", name="One")
    box.check()
    page.get_by_role("button", name="Wait").click()
    expect(box).not_to_be_checked()
    box.check()
    page.get_by_role("button", name="Go on").click()
    app.next("block_actions")
    expect(box).to_be_checked()
    assert len(app.heard) == 1


def test_a_link_button_opens_beside_the_page_and_tells_the_app(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    post(sandbox, buttons(button("Rota", "rota", url=f"{sandbox.url}/sandbox/clock")))
    page = visit()
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Rota").click()
    assert opened.value.url.endswith("/sandbox/clock")
    assert app.next("block_actions")["actions"][0]["action_id"] == "rota"


def test_a_press_that_the_app_does_not_answer_is_told(sandbox: Sandbox, visit: Visit) -> None:
    post(sandbox, buttons(button("Approve", "yes")))
    page = visit()
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_role("status").filter(has_text="trouble connecting")).to_be_visible()
    expect(page.get_by_role("button", name="Approve")).to_be_enabled()


def test_a_press_is_sent_once_however_often_the_button_is_pressed(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    post(sandbox, buttons(button("Approve", "yes")))
    page = visit()
    app.free.clear()
    page.get_by_role("button", name="Approve").dblclick()
    app.next("block_actions")
    expect(page.locator(".control")).to_have_attribute("aria-busy", "true")
    page.get_by_role("button", name="Approve").click()
    app.free.set()
    expect(page.locator(".control")).not_to_have_attribute("aria-busy", "true")
    assert len(app.heard) == 1


def test_a_button_that_is_gone_says_so(sandbox: Sandbox, app: Listening, visit: Visit) -> None:
    ts = post(sandbox, buttons(button("Approve", "yes")))
    page = visit()
    page.evaluate('document.querySelector(\'.control\').dataset.control = \'{"block_id": "?", "action_id": "?"}\'')
    page.get_by_role("button", name="Approve").click()
    expect(page.get_by_text("That is not there any more.")).to_be_visible()
    assert ts
    assert app.heard == []


@pytest.mark.parametrize("kind", sorted(TEXTS))
def test_a_text_in_a_message_tells_the_app_after_enter(
    sandbox: Sandbox, app: Listening, visit: Visit, kind: str
) -> None:
    rest = {"is_decimal_allowed": True} if kind == "number_input" else {}
    post(sandbox, {**field("Reason", "reason", type=kind, **rest), "dispatch_action": True})
    page = visit()
    use(page, page.get_by_label("Reason"), ("1", "2", "Enter"))
    [action] = app.next("block_actions")["actions"]
    assert (action["type"], action["value"]) == (kind, "12")
    assert len(app.heard) == 1


def test_a_text_tells_the_app_of_every_letter_where_it_asks_for_that(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    config = {"trigger_actions_on": ["on_character_entered"]}
    post(sandbox, {**field("Reason", "reason", dispatch_action_config=config), "dispatch_action": True})
    page = visit()
    page.get_by_label("Reason").fill("soon")
    assert app.next("block_actions")["actions"][0]["value"] == "soon"
    page.get_by_label("Reason").press("Enter")
    page.get_by_label("Reason").fill("sooner")
    assert app.next("block_actions", 2)["actions"][0]["value"] == "sooner"


def test_a_card_that_changes_keeps_what_is_being_typed_in_it(sandbox: Sandbox, visit: Visit) -> None:
    note = field("Note", "note")
    ts = post(sandbox, section("Waiting", block_id="state"), note)
    page = visit()
    page.get_by_label("Note").press_sequentially("half a")
    page.keyboard.press("ArrowLeft")
    channel = sandbox.channel_id("#general")
    blocks = [section("Approved", block_id="state"), section("By Ben", block_id="by"), note]
    web(sandbox).chat_update(channel=channel, ts=ts, text="x", blocks=blocks)
    expect(page.get_by_text("By Ben")).to_be_visible()
    expect(page.get_by_label("Note")).to_be_focused()
    page.keyboard.type("n")
    assert page.get_by_label("Note").input_value() == "half na"


def test_a_menu_stays_open_while_messages_come_in(
    sandbox: Sandbox, app: Listening, visit: Visit, ben: Person
) -> None:
    post(sandbox, section("Which?", accessory=menu("static_select", **CHOICES)))
    page = visit()
    use(page, page.get_by_role("combobox", name="Which?"), ("t", "w"))
    ben.types("Morning!")
    expect(page.get_by_text("Morning!")).to_be_visible()
    expect(offered(page)).to_have_text(["Two"])
    page.keyboard.press("Enter")
    assert without_defaults(app.next("block_actions")["actions"][0]["selected_option"]) == TWO


def test_what_somebody_else_cannot_see_works_for_its_reader(
    sandbox: Sandbox, app: Listening, visit: Visit
) -> None:
    channel, ana = sandbox.channel_id("#general"), sandbox.user_id("ana")
    web(sandbox).chat_postEphemeral(channel=channel, user=ana, text="x", blocks=[buttons(button("Mine", "mine"))])
    page = visit()
    page.get_by_role("button", name="Mine").click()
    assert app.next("block_actions")["container"]["is_ephemeral"]


def test_controls_of_a_thread_work_there(sandbox: Sandbox, app: Listening, visit: Visit) -> None:
    root = post(sandbox, section("Which?", accessory=menu("static_select", **CHOICES)))
    web(sandbox).chat_postMessage(channel="#general", thread_ts=root, text="there")
    page = visit()
    page.get_by_role("link", name="1 reply").click()
    aside = page.get_by_role("complementary", name="Thread")
    use(page, aside.get_by_role("combobox", name="Which?"), ("o", "Enter"))
    assert app.next("block_actions")["container"]["message_ts"] == root
    expect(page.get_by_role("main").get_by_role("combobox", name="Which?")).to_have_value("One")
    assert flaws(page) == []


def test_controls_of_home_work(sandbox: Sandbox, app: Listening, visit: Visit) -> None:
    blocks = [section("Which?", accessory=menu("static_select", **CHOICES)), buttons(button("Plan", "plan"))]
    web(sandbox).views_publish(user_id=sandbox.user_id("ana"), view={"type": "home", "blocks": blocks})
    page = visit(where="home")
    use(page, page.get_by_role("combobox", name="Which?"), ("t", "w", "Enter"))
    first = app.next("block_actions")
    assert first["view"]["type"] == "home"
    page.get_by_role("button", name="Plan").click()
    second = app.next("block_actions", 2)
    [state] = [each for block in second["view"]["state"]["values"].values() for each in block.values()]
    assert without_defaults(state["selected_option"]) == TWO
    assert flaws(page) == []


def test_a_home_that_was_not_published_says_so(visit: Visit) -> None:
    expect(visit(where="home").get_by_text("floorwalker has not put anything here for you yet.")).to_be_visible()


def cells(*texts: str) -> list[dict[str, str]]:
    return [{"type": "raw_text", "text": text} for text in texts]


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize("width", [375, 1280])
def test_every_block_is_readable_and_fits(sandbox: Sandbox, visit: Visit, look: Any, width: int) -> None:
    shown = [
        {**section("Which?", accessory=each.element), "block_id": f"b{n}"} for n, each in enumerate(CASES.values())
    ]
    more = [
        {"type": "header", "text": plain("Swap 14")},
        section("*Ana* `code` <@U404> <https://example.com/" + "x" * 200 + ">", fields=[plain("a"), plain("b")]),
        {"type": "divider"},
        {
            "type": "context",
            "elements": [plain("small"), {"type": "image", "alt_text": "p", "image_url": "https://a.b"}],
        },
        {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "Load", "title": plain("Chart")},
        {"type": "table", "rows": [cells(*(f"Column {n}" for n in range(12))), cells(*("x" * 12))]},
        {
            "type": "markdown",
            "text": "# Handover\n- **late**\n\n|queue|heads|\n|-|-:|\n|voice|3|\n\n`" + "x" * 200 + "`",
        },
        buttons(button("Yes", "y", style="primary"), button("No", "n", style="danger")),
        field("Note", "note", multiline=True, optional=True),
    ]
    post(sandbox, *more, *shown)
    page = visit(viewport={"width": width, "height": 800}, color_scheme=look)
    expect(page.get_by_role("heading", name="Swap 14")).to_be_attached()
    assert flaws(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") == width
    assert page.evaluate("document.querySelector('main .scroll').scrollWidth") <= width
