"""Who uses the page without a mouse, by ear, in the dark or on a telephone."""

import json
from typing import Any

import pytest
from playwright.sync_api import Page, expect
from slack_bolt import Ack
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.page.conftest import Serve, Visit, place, said
from tests.page.listening import flaws
from tests.page.manifests import everything
from tests.sandbox.bots import button, buttons, field, modal, new_app, section, web

NARROW = {"width": 375, "height": 700}


@pytest.fixture
def busy(sandbox: Sandbox, serve: Serve, ben: Person) -> None:
    """A workspace in which a little of everything was said."""
    sandbox.set_manifest(everything())
    app = new_app(sandbox)

    @app.command("/swap")
    def swap(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Why?", "why"), title="Swap a shift"))
        ack()

    @app.event("app_home_opened")
    def publish(client: WebClient, event: dict[str, Any]) -> None:
        blocks = [section("*Good morning*"), buttons(button("Swap a shift", "swap", style="primary"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    serve(app)
    client, ana = web(sandbox), sandbox.user_id("ana")
    sandbox.channel("#random")
    sandbox.channel("#coordinators", private=True, members=["ana"])
    ben.types("Hi @ana, who takes #general at noon?")
    ben.types("I asked before", thread=ben.last())
    ben.uploads("roster.csv", b"name\n", text="The roster")
    ben.reacts("eyes", ben.last())
    ben.types("A direct word", "@ana")
    card = [section("*Coverage* is low"), buttons(button("Find somebody", "find"))]
    client.chat_postMessage(channel="#general", text="Coverage is low", blocks=card)
    client.chat_postEphemeral(channel="#general", user=ana, text="Only for you")


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(visit: Visit, scheme: str) -> None:
    page = visit("ana", color_scheme=scheme)
    expect(said(page)).to_have_count(4)
    assert flaws(page) == []
    page.locator(".thread-link").click()
    expect(page.get_by_role("complementary", name="Thread")).to_be_visible()
    page.locator("main .message").first.hover()
    page.locator("main .message").first.get_by_role("button", name="More actions").click()
    assert flaws(page) == []
    page.keyboard.press("Escape")
    page.locator("#bar summary").last.click()
    assert flaws(page) == []
    page.locator("#bar summary").first.click()
    assert flaws(page) == []
    page.locator("main .composer textarea").click()
    page.keyboard.type("/s")
    expect(page.locator("main .completion")).to_be_visible()
    assert flaws(page) == []
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox", name="Channel or person")).to_be_focused()
    assert flaws(page) == []
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Acting as").click()
    expect(page.get_by_role("combobox", name="Name or role")).to_be_focused()
    assert flaws(page) == []
    page.keyboard.press("Escape")
    place(page, "Floorwalker Home").click()
    expect(page.get_by_role("button", name="Swap a shift")).to_be_visible()
    assert flaws(page) == []
    place(page, "random").click()
    expect(page.get_by_role("button", name="Join #random")).to_be_visible()
    assert flaws(page) == []


@pytest.mark.usefixtures("busy")
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_a_modal(visit: Visit, scheme: str) -> None:
    page = visit("ana", color_scheme=scheme)
    page.locator("main .composer textarea").click()
    page.keyboard.type("/swap")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Swap a shift")).to_be_visible()
    assert flaws(page) == []
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("textbox", name="Why?")).to_have_attribute("aria-invalid", "true")
    assert flaws(page) == []


@pytest.mark.usefixtures("busy")
def test_a_day_at_work_without_a_mouse(visit: Visit, ben: Person) -> None:
    page = visit("ana", "home")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the conversation")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("general")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Message #general")).to_be_focused()
    newest, before = page.locator("main .message").nth(-1), page.locator("main .message").nth(-2)
    page.keyboard.press("Shift+Tab")  # to the + beside the composer
    page.keyboard.press("Shift+Tab")
    expect(newest).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(before).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Find somebody")).to_be_focused()
    page.keyboard.press("Tab")
    expect(before.get_by_role("button", name="Reply in thread")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("menuitem", name="Make it a case")).to_be_focused()
    page.keyboard.press("Escape")
    expect(before.get_by_role("button", name="More actions")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox", name="Reply…")).to_be_focused()
    page.keyboard.type("I take care of it")
    page.keyboard.press("Enter")
    expect(said(page.get_by_role("complementary"))).to_have_text(
        ["Coverage is low Find somebody", "I take care of it"]
    )
    page.keyboard.press("Escape")
    expect(page.get_by_role("complementary")).to_have_count(0)
    assert ben.reads("Coverage is low").replies == 1


@pytest.mark.usefixtures("busy")
def test_new_messages_are_announced_and_named(visit: Visit) -> None:
    page = visit("ana")
    log = page.get_by_role("log", name="Messages in #general")
    expect(log).to_have_attribute("aria-live", "polite")
    expect(log.get_by_role("article").first).to_have_accessible_name(
        "Ben Okafor, " + _time(log.locator("time").first)
    )
    expect(page.get_by_role("navigation", name="Conversations")).to_be_visible()
    expect(page.get_by_role("banner")).to_be_visible()


@pytest.mark.usefixtures("busy")
def test_on_a_telephone_nothing_scrolls_sideways(visit: Visit, ben: Person) -> None:
    ben.types("a" * 300)
    ben.uploads("b" * 120 + ".csv", b"x")
    page = visit("ana", viewport=NARROW)
    assert _fits(page)
    drawer = page.get_by_role("button", name="Conversations")
    expect(page.get_by_role("navigation", name="Conversations")).to_be_hidden()
    drawer.click()
    expect(drawer).to_have_attribute("aria-expanded", "true")
    expect(place(page, "Floorwalker Home")).to_be_in_viewport()
    assert _fits(page)
    place(page, "general").click()
    expect(page.get_by_role("navigation", name="Conversations")).to_be_hidden()
    page.locator(".thread-link").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_be_visible()
    assert thread.evaluate("each => each.clientWidth") == NARROW["width"]
    assert _fits(page)
    thread.get_by_role("button", name="Close the thread").click()
    for summary in page.locator("#bar summary").all():
        summary.click()
        assert _fits(page)
    page.keyboard.press("Escape")
    drawer.click()
    place(page, "Floorwalker Home").click()
    expect(page.get_by_role("button", name="Swap a shift")).to_be_visible()
    assert _fits(page)


def _fits(page: Page) -> bool:
    """Whether nothing on the page is wider than the window."""
    wide = page.evaluate(
        """() => [document.documentElement, ...document.querySelectorAll("main, main *, aside, aside *, .sheet")]
            .filter((each) => each.scrollWidth > innerWidth || each.getBoundingClientRect().right > innerWidth + 1)
            .map((each) => each.outerHTML.slice(0, 200))"""
    )
    assert wide == [], json.dumps(wide, indent=1)
    return True


def _time(shown: Any) -> str:
    return str(shown.text_content())
