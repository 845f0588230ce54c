"""Conversations in the browser: what arrives while one looks, what is unread, threads, and who is where."""

import re
from datetime import datetime
from typing import Any

from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.sandbox import Person, Sandbox
from tests.page.conftest import Serve, Visit, place, said
from tests.sandbox.bots import button, buttons, new_app, section, web


def test_the_sidebar_lists_what_somebody_can_go_to(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.channel("#floor", members=["ana"])
    sandbox.channel("#coordinators", private=True, members=["ben"])
    sandbox.channel("#random")
    ben.types("Got a minute?", "@ana")
    page = visit("ana")
    labels = page.locator("nav .place .label")
    expect(labels).to_have_text(["floorwalker Home", "floor", "general", "Ben Okafor", "random"])
    expect(page.get_by_role("link", name="general")).to_have_attribute("aria-current", "page")


def test_what_others_say_appears_without_a_reload(visit: Visit, ben: Person) -> None:
    page = visit("ana")
    expect(page.get_by_text("Nothing has been said in #general yet.")).to_be_visible()
    ben.types("The *phones* are ringing.")
    expect(said(page)).to_have_text(["The phones are ringing."])
    expect(said(page).locator("strong")).to_have_text("phones")
    byline = page.locator(".byline")
    expect(byline).to_contain_text("Ben Okafor")
    expect(byline.locator("time")).to_have_attribute(
        "title", re.compile(r"^\w+day, \w+ \d+\w\w, \d{4}, \d+:\d\d [AP]M$")
    )


def test_an_edit_and_a_removal_are_seen_as_they_happen(sandbox: Sandbox, visit: Visit) -> None:
    client = web(sandbox)
    posted = client.chat_postMessage(channel="#general", text="Two are missing.")
    page = visit("ana")
    expect(said(page)).to_have_text(["Two are missing."])
    client.chat_update(channel=posted["channel"], ts=posted["ts"], text="Nobody is missing.")
    expect(said(page)).to_have_text(["Nobody is missing. (edited)"])
    client.chat_delete(channel=posted["channel"], ts=posted["ts"])
    expect(said(page)).to_have_count(0)


def test_what_only_one_person_sees_says_so(sandbox: Sandbox, visit: Visit) -> None:
    web(sandbox).chat_postEphemeral(channel="#general", user=sandbox.user_id("ana"), text="Psst.")
    page = visit("ana")
    expect(page.locator(".message.only-you")).to_contain_text("Only visible to you")
    other = visit("ben")
    expect(other.get_by_text("Nothing has been said in #general yet.")).to_be_visible()


def test_what_is_unread_is_bold_and_what_is_meant_for_one_is_counted(
    sandbox: Sandbox, visit: Visit, ben: Person
) -> None:
    sandbox.channel("#floor", members=["ana", "ben"])
    page = visit("ana")
    ben.types("Good morning", "#floor")
    expect(place(page, "floor")).to_have_class(re.compile("unread"))
    expect(place(page, "floor").locator(".badge")).to_have_count(0)
    ben.types("@ana are you there?", "#floor")
    ben.types("Hello?", "@ana")
    expect(place(page, "floor").locator(".badge")).to_contain_text("1")
    expect(place(page, "Ben Okafor").locator(".badge")).to_contain_text("1")
    expect(page).to_have_title("(2) #general – Sandbox")
    place(page, "floor").click()
    expect(place(page, "floor")).not_to_have_class(re.compile("unread"))
    expect(page).to_have_title("(1) #floor – Sandbox")
    elsewhere = visit("ana")
    expect(place(elsewhere, "floor")).not_to_have_class(re.compile("unread"))


def test_a_thread_opens_beside_the_conversation_and_takes_replies(visit: Visit, ben: Person) -> None:
    ben.types("Who takes the late shift?")
    page = visit("ana")
    page.locator(".message").hover()
    page.get_by_role("button", name="Reply in thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread.get_by_role("textbox")).to_be_focused()
    page.keyboard.type("I do.")
    page.keyboard.press("Enter")
    expect(said(thread)).to_have_text(["Who takes the late shift?", "I do."])
    expect(said(page.locator("main"))).to_have_text(["Who takes the late shift?"])
    ben.types("Thank you!", thread=ben.last())
    expect(page.locator("main .thread-link")).to_contain_text("2 replies")
    expect(said(thread)).to_have_count(3)
    page.keyboard.press("Escape")
    expect(thread).to_have_count(0)
    expect(page.locator("main .thread-link")).to_be_focused()


def test_the_address_leads_back_to_the_same_place(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.channel("#floor", members=["ana", "ben"])
    ben.types("Root", "#floor")
    ben.types("Reply", "#floor", thread=ben.last("#floor"))
    page = visit("ana")
    place(page, "floor").click()
    page.locator(".thread-link").click()
    thread = page.get_by_role("complementary", name="Thread")
    expect(thread).to_be_visible()
    page.reload()
    expect(said(thread)).to_have_text(["Root", "Reply"])
    page.go_back()
    expect(thread).to_have_count(0)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("#general")


def test_somebody_joins_and_leaves_a_channel(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.channel("#floor", members=["ben"])
    ben.types("Secrets", "#floor")
    page = visit("ana")
    place(page, "floor").click()
    expect(page.get_by_text("You are not in #floor.")).to_be_visible()
    expect(page.get_by_text("Secrets")).to_have_count(0)
    page.get_by_role("button", name="Join #floor").click()
    expect(said(page)).to_have_text(["Secrets"])
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_text("You are not in #floor.")).to_be_visible()


def test_a_long_conversation_stays_at_its_end_and_shows_earlier_messages_on_request(
    visit: Visit, ben: Person
) -> None:
    for number in range(1, 121):
        ben.types(f"Call {number}")
    page = visit("ana")
    expect(said(page)).to_have_count(100)
    expect(page.get_by_text("Call 120", exact=True)).to_be_in_viewport()
    ben.types("Call 121")
    expect(page.get_by_text("Call 121", exact=True)).to_be_in_viewport()
    page.get_by_role("button", name="Show earlier messages").click()
    expect(said(page)).to_have_count(121)
    page.get_by_text("Call 3", exact=True).scroll_into_view_if_needed()
    ben.types("Call 122")
    expect(said(page)).to_have_count(122)
    expect(page.get_by_text("Call 3", exact=True)).to_be_in_viewport()


def test_days_are_told_apart_on_the_readers_wall(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.clock.set(datetime.fromisoformat("2026-11-24T23:30+01:00"))
    ben.types("Late in Madrid")
    sandbox.clock.set(datetime.fromisoformat("2026-11-25T00:30+01:00"))
    ben.types("A new day in Madrid")
    expect(visit("ana").locator(".day")).to_have_text(["Yesterday", "Today"])
    expect(visit("ben").locator(".day")).to_have_text(["Today"])


def test_the_apps_home_is_opened_and_stays_up_to_date(sandbox: Sandbox, visit: Visit, serve: Serve) -> None:
    app = new_app(sandbox)

    @app.event("app_home_opened")
    def publish(client: WebClient, event: dict[str, Any]) -> None:
        blocks = [section("*Good morning*"), buttons(button("Swap a shift", "swap"))]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    serve(app)
    page = visit("ana", "home")
    expect(page.get_by_role("button", name="Swap a shift")).to_be_visible()
    client, home = web(sandbox), {"type": "home", "blocks": [section("Nothing to do")]}
    client.views_publish(user_id=sandbox.user_id("ana"), view=home)
    expect(page.locator("main")).to_contain_text("Nothing to do")
    page.get_by_role("link", name="Messages").click()
    expect(page.get_by_role("link", name="Messages")).to_have_attribute("aria-current", "page")


def test_reactions_are_given_from_the_menu_of_a_message(visit: Visit, ben: Person) -> None:
    ben.types("All covered")
    page = visit("ana")
    page.locator(".message").hover()
    page.get_by_role("button", name="More actions").click()
    page.get_by_role("menuitem", name="eyes").click()
    expect(page.get_by_role("button", name="Ana Ruiz reacted with eyes")).to_have_attribute("aria-pressed", "true")
    assert ben.last().reactions == {"eyes": [ben.seat.ids()["@ana"]]}
