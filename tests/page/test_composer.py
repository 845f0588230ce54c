"""Writing in the browser: messages, commands completed by keyboard, names, files, shortcuts, drafts."""

from typing import Any

import pytest
import requests
from playwright.sync_api import Locator, Page, expect
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.page.conftest import Serve, Visit, place, said
from tests.page.manifests import everything
from tests.sandbox.bots import field, modal, new_app


def composer(page: Page) -> None:
    """Puts the cursor into the composer of the conversation."""
    page.locator("main .composer textarea").click()


def suggestions(page: Page) -> Locator:
    """What the composer of the conversation offers."""
    return page.locator("main").get_by_role("listbox", name="Suggestions")


def drop(page: Page, *names: str) -> None:
    """Drags files from the desktop onto the conversation, each with its name in it."""
    dragged = page.evaluate_handle(
        """(names) => {
            const dragged = new DataTransfer();
            for (const name of names) dragged.items.add(new File([name], name));
            return dragged;
        }""",
        list(names),
    )
    for kind in ("dragover", "drop"):
        page.dispatch_event(".conversation .scroll", kind, {"dataTransfer": dragged})


def manage(sandbox: Sandbox, what: str, **changes: bool) -> None:
    """Changes a person or a channel, as whoever runs the workspace does."""
    requests.patch(f"{sandbox.url}/sandbox/{what}", json=changes, timeout=10).raise_for_status()


@pytest.fixture
def app(sandbox: Sandbox, serve: Serve) -> App:
    """Answers `/shifts` with what was typed after it."""
    sandbox.set_manifest(everything())
    app = new_app(sandbox)

    @app.command("/shifts")
    def shifts(ack: Ack, command: dict[str, Any]) -> None:
        ack(f"You asked for “{command['text']}”.")

    serve(app)
    return app


def test_enter_sends_and_shift_enter_begins_a_new_line(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("First")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("Second")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["FirstSecond"])
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("")
    assert ben.last().text == "First\nSecond"


@pytest.mark.usefixtures("app")
def test_a_command_is_completed_and_explained_by_keyboard(visit: Visit) -> None:
    page = visit("ana")
    composer(page)
    field = page.get_by_role("textbox", name="Message #general")
    options = suggestions(page).get_by_role("option")
    page.keyboard.type("/s")
    expect(options).to_have_text(["/shifts [next week] [@colleague]Your shifts", "/swap Swap a shift"])
    expect(options.first).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.last.get_attribute("id") or "")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Tab")
    expect(field).to_have_value("/shifts ")
    expect(options).to_have_count(0)
    expect(page.get_by_text("/shifts [next week] [@colleague]", exact=True)).to_be_visible()
    page.keyboard.type("next week")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["You asked for “next week”."])


@pytest.mark.usefixtures("app")
def test_a_command_that_is_typed_in_full_is_sent_at_once(visit: Visit) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("/shifts")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["You asked for “”."])


@pytest.mark.usefixtures("app")
def test_escape_puts_the_suggestions_away_and_leaves_the_text(visit: Visit) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("/sw")
    expect(suggestions(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_be_hidden()
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("/sw")


@pytest.mark.usefixtures("app")
def test_suggestions_and_what_is_typed_survive_new_messages(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("/sw")
    ben.types("Anybody there?")
    expect(said(page)).to_have_text(["Anybody there?"])
    expect(page.get_by_role("option", name="/swap")).to_be_visible()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("/swap ")


def test_a_colleague_is_mentioned_by_a_part_of_the_name(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("Thanks @oka")
    suggestions(page).get_by_role("option", name="Ben Okafor").click()
    page.keyboard.type("!")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["Thanks @Ben Okafor !"])
    assert ben.last().text == "Thanks @Ben Okafor !"


def test_a_file_is_shared_with_a_message(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    page.get_by_role("button", name="Files and shortcuts").click()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("menuitem", name="Upload files").click()
    chooser.value.set_files({"name": "roster.csv", "mimeType": "text/csv", "buffer": b"name\nana\n"})
    expect(page.get_by_label("Files to share")).to_contain_text("roster.csv")
    page.keyboard.type("The roster")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="roster.csv")).to_be_visible()
    expect(page.get_by_label("Files to share")).to_be_hidden()
    assert ben.downloads("roster.csv", on=ben.reads("The roster")) == b"name\nana\n"
    with page.expect_download() as download:
        page.get_by_role("link", name="roster.csv").click()
    assert download.value.path().read_bytes() == b"name\nana\n"


def test_several_files_are_dropped_and_shared_in_one_message(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    drop(page, "roster.csv", "shifts.csv", "draft.csv")
    picked = page.get_by_label("Files to share")
    expect(picked.get_by_role("listitem")).to_contain_text(["roster.csv", "shifts.csv", "draft.csv"])
    picked.get_by_role("button", name="Remove draft.csv").click()
    page.keyboard.type("Next week")
    page.keyboard.press("Enter")
    expect(page.locator(".message")).to_have_count(1)
    expect(page.locator(".message").get_by_role("link")).to_have_text(["roster.csv", "shifts.csv"])
    assert [file["name"] for file in ben.last().files] == ["roster.csv", "shifts.csv"]
    assert ben.downloads("shifts.csv", on=ben.last()) == b"shifts.csv"


def test_no_more_than_ten_files_are_taken_at_once(visit: Visit) -> None:
    page = visit("ana")
    drop(page, *(f"{number}.csv" for number in range(12)))
    expect(page.get_by_text("No more than 10 files can be shared at once.")).to_be_visible()
    expect(page.get_by_label("Files to share").get_by_role("listitem")).to_have_count(10)


def test_a_file_goes_into_a_thread(visit: Visit, ben: Person) -> None:
    ben.types("Where is the roster?")
    page = visit("ana")
    page.locator(".message").hover()
    page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    roster = {"name": "roster.csv", "mimeType": "text/csv", "buffer": b"x"}
    thread.locator("input[type=file]").set_input_files(roster)  # type: ignore[arg-type]
    thread.get_by_role("button", name="Send").click()
    expect(thread.get_by_role("link", name="roster.csv")).to_be_visible()
    assert [shown.files[0]["name"] for shown in ben.thread(ben.last())[1:]] == ["roster.csv"]


def test_shortcuts_are_run_from_the_composer_and_from_a_message(app: App, visit: Visit, ben: Person) -> None:
    @app.shortcut("gap")
    def report(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Where?", "where"), title="A gap"))
        ack()

    @app.shortcut("case")
    def make_case(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        said = body["message"]["text"]
        client.chat_postEphemeral(channel=body["channel"]["id"], user=body["user"]["id"], text=f"Case: {said}")
        ack()

    ben.types("The printer is on fire")
    page = visit("ana")
    page.locator(".message").hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="Make it a case").click()
    expect(said(page)).to_have_text(["The printer is on fire", "Case: The printer is on fire"])
    page.get_by_role("button", name="Files and shortcuts").click()
    page.get_by_role("menuitem", name="Report a gap").click()
    expect(page.get_by_role("dialog", name="A gap")).to_be_visible()


def test_what_was_not_sent_waits_in_its_conversation(sandbox: Sandbox, visit: Visit) -> None:
    sandbox.channel("#floor", members=["ana"])
    page = visit("ana")
    composer(page)
    page.keyboard.type("Half a tho")
    place(page, "floor").click()
    expect(page.get_by_role("textbox", name="Message #floor")).to_have_value("")
    place(page, "general").click()
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("Half a tho")


def test_what_cannot_be_said_is_given_back_with_the_reason(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    page = visit("ana")
    composer(page)
    page.keyboard.type("One more thing")
    manage(sandbox, "people/ana", deleted=True)
    page.keyboard.press("Enter")
    expect(page.get_by_role("status").filter(has_text="@ana is deactivated.")).to_be_visible()
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("One more thing")
    assert ben.sees() == []


def test_an_archived_channel_takes_no_messages(sandbox: Sandbox, visit: Visit) -> None:
    sandbox.channel("#old", members=["ana"])
    manage(sandbox, "channels/old", archived=True)
    page = visit("ana", "#old")
    expect(page.get_by_text("#old is archived.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_count(0)
