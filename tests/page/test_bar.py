"""The bar in the browser: acting as somebody else, the business clock, faults, and going elsewhere by keyboard."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect
from slack_bolt import Ack
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from websockets.sync.client import connect

from bot.sandbox import Person, Sandbox
from tests.page.conftest import Serve, Visit, place, said
from tests.page.journey import act_as
from tests.page.manifests import everything
from tests.sandbox.bots import field, modal, new_app, section, web


def panel(page: Page, name: str) -> None:
    """Opens the clock or the faults."""
    page.locator("#bar summary").filter(has_text=name).click()


def test_one_acts_as_somebody_else_in_the_same_channel(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.channel("#floor", members=["ana", "ben"])
    page = visit("ana", "#floor")
    act_as(page, "Ben Okafor")
    expect(page.get_by_role("heading", level=1)).to_have_text("#floor")
    page.get_by_role("textbox", name="Message #floor").fill("Ben speaking")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["Ben speaking"])
    assert ben.last("#floor").author == "Ben Okafor"


def test_whoever_comes_from_somebody_elses_conversation_stands_in_their_own(
    sandbox: Sandbox, visit: Visit
) -> None:
    web(sandbox).chat_postMessage(channel=sandbox.user_id("ana"), text="For Ana")
    web(sandbox).chat_postMessage(channel=sandbox.user_id("ben"), text="For Ben")
    page = visit("ana", "@floorwalker")
    expect(said(page)).to_have_text(["For Ana"])
    act_as(page, "Ben Okafor")
    expect(said(page)).to_have_text(["For Ben"])


def test_one_becomes_somebody_else_only_once_that_is_chosen_and_without_a_reload(visit: Visit) -> None:
    page = visit("ana")
    page.evaluate("document.body.dataset.loaded = 'once'")
    acting = page.get_by_role("button", name="Acting as")
    acting.press("Enter")
    expect(page.get_by_role("combobox", name="Name or role")).to_be_focused()
    page.keyboard.type("oka")
    page.keyboard.press("Escape")
    expect(acting).to_be_focused()
    expect(acting).to_have_accessible_name("Acting as Ana Ruiz")

    acting.press("Enter")
    page.keyboard.type("oka")
    page.keyboard.press("Enter")
    expect(acting).to_have_accessible_name("Acting as Ben Okafor")
    expect(acting).to_be_focused()
    expect(page.get_by_role("status").filter(has_text="Acting as Ben Okafor, in #general.")).to_be_attached()
    assert page.evaluate("document.body.dataset.loaded") == "once"
    page.reload()
    expect(acting).to_have_accessible_name("Acting as Ben Okafor")


def test_going_back_goes_back_to_whom_one_was(visit: Visit) -> None:
    page = visit("ana")
    act_as(page, "Ben Okafor")
    page.go_back()
    expect(page.get_by_role("button", name="Acting as Ana Ruiz")).to_be_visible()
    page.go_forward()
    expect(page.get_by_role("button", name="Acting as Ben Okafor")).to_be_visible()


def test_what_others_have_half_written_and_not_read_is_theirs(sandbox: Sandbox, visit: Visit) -> None:
    sandbox.channel("#floor", members=["ana", "ben"])
    page = visit("ana")
    page.get_by_role("textbox", name="Message #general").fill("Half a thought of Ana's")
    sandbox.person("ana").types("@ben Look here", "#floor")
    act_as(page, "Ben Okafor")
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("")
    expect(place(page, "floor").locator(".badge")).to_contain_text("1")
    act_as(page, "Ana Ruiz")
    expect(page.get_by_role("textbox", name="Message #general")).to_have_value("Half a thought of Ana's")
    expect(place(page, "floor").locator(".badge")).to_have_count(0)


def test_a_form_and_home_are_those_of_whom_one_is(sandbox: Sandbox, serve: Serve, visit: Visit) -> None:
    sandbox.set_manifest(everything())
    app = new_app(sandbox)

    @app.command("/swap")
    def swap(ack: Ack, client: WebClient, body: dict[str, Any]) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal(field("Why?", "why"), title="Swap a shift"))
        ack()

    @app.event("app_home_opened")
    def greet(client: WebClient, event: dict[str, Any]) -> None:
        blocks = [section(f"Hello <@{event['user']}>")]
        client.views_publish(user_id=event["user"], view={"type": "home", "blocks": blocks})

    serve(app)
    sandbox.person("ben").types("/swap")
    page = visit("ana", "home")
    expect(page.get_by_text("Hello @Ana Ruiz")).to_be_visible()
    act_as(page, "Ben Okafor")
    expect(page.get_by_role("dialog", name="Swap a shift")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_text("Hello @Ben Okafor")).to_be_visible()


def test_notifications_are_paused_and_resumed_by_whom_one_is(sandbox: Sandbox, visit: Visit) -> None:
    sandbox.clock.set(datetime(2026, 12, 24, 8, tzinfo=UTC))
    page = visit("ana")
    panel(page, "Notifications")
    expect(page.get_by_text("Ana Ruiz has notifications on.")).to_be_visible()
    expect(page.get_by_role("button", name="Resume")).to_be_disabled()
    page.get_by_role("button", name="Pause 8 hours").click()
    expect(page.get_by_text("Do Not Disturb until Dec 24, 2026, 5:00 PM")).to_be_visible()
    status = web(sandbox).dnd_info(user=sandbox.user_id("ana"))
    assert status["dnd_enabled"]
    assert status["next_dnd_end_ts"] - sandbox.clock.now().timestamp() == pytest.approx(8 * 3600, abs=60)
    act_as(page, "Ben Okafor")
    expect(page.locator("#pause-panel summary")).to_have_text("Notifications")
    page.get_by_role("button", name="Acting as").click()
    expect(page.get_by_role("option", name="Ana Ruiz")).to_contain_text("Do Not Disturb")
    page.keyboard.press("Escape")
    act_as(page, "Ana Ruiz")
    panel(page, "Do Not Disturb")
    page.get_by_role("button", name="Resume").click()
    expect(page.locator("#pause-panel summary")).to_have_text("Notifications")
    assert not web(sandbox).dnd_info(user=sandbox.user_id("ana"))["dnd_enabled"]


def test_the_business_clock_is_moved_and_brought_back(sandbox: Sandbox, visit: Visit) -> None:
    page = visit("ana")
    panel(page, "Business clock")
    page.get_by_role("button", name="+1 day").click()
    expect(page.get_by_text("moved away from real time")).to_be_visible()
    assert sandbox.clock.now() - datetime.now(UTC) > timedelta(hours=23)
    page.get_by_label("Date and time").fill("2026-12-24T09:00")
    page.get_by_role("button", name="Set").click()
    expect(page.locator("#clock")).to_have_text("Thu, Dec 24, 9:00 AM")
    assert sandbox.clock.now().isoformat().startswith("2026-12-24T08:00")
    page.get_by_role("button", name="Back to now").click()
    expect(page.get_by_text("moved away from real time")).to_have_count(0)
    assert abs(sandbox.clock.now() - datetime.now(UTC)) < timedelta(minutes=1)


def test_a_time_somebody_is_choosing_survives_what_others_do_to_the_clock(sandbox: Sandbox, visit: Visit) -> None:
    page = visit("ana")
    panel(page, "Business clock")
    page.get_by_label("Date and time").fill("2026-12-24T09:00")
    sandbox.clock.set(datetime(2027, 1, 1, 12, tzinfo=UTC))
    expect(page.locator("#clock")).to_contain_text("Jan 1")
    expect(page.get_by_label("Date and time")).to_have_value("2026-12-24T09:00")
    expect(page.get_by_role("button", name="Set")).to_be_visible()


def test_faults_are_switched_on_counted_and_switched_off(sandbox: Sandbox, visit: Visit) -> None:
    client = web(sandbox)
    page = visit("ana")
    panel(page, "Faults")
    page.get_by_label("A fault that is switched on strikes").select_option("the next 5 calls")
    rate_limit = page.get_by_role("switch", name="Rate limit")
    rate_limit.click()
    expect(rate_limit).to_be_checked()
    expect(page.get_by_text("5 left")).to_be_visible()
    with pytest.raises(SlackApiError, match="ratelimited"):
        client.auth_test()
    expect(page.get_by_text("4 left")).to_be_visible()
    page.get_by_role("switch", name="Slow").click()
    rate_limit.click()
    expect(rate_limit).not_to_be_checked()
    assert [fault["kind"] for fault in sandbox.faults.listed()] == ["latency"]
    page.get_by_role("button", name="Switch all off").click()
    expect(page.get_by_role("switch", name="Slow")).not_to_be_checked()
    assert client.auth_test()["ok"]


def test_slack_goes_away_and_comes_back(sandbox: Sandbox, visit: Visit) -> None:
    client = web(sandbox)
    link = web(sandbox, sandbox.app_token).apps_connections_open(app_token=sandbox.app_token)["url"]
    page = visit("ana")
    panel(page, "Faults")
    away = page.get_by_role("switch").first
    expect(away).to_have_accessible_name("Slack is away")
    with connect(link):
        expect(page.get_by_role("button", name="Drop the app's connection")).to_be_enabled()
        away.click()
        expect(page.get_by_role("button", name="No open connections")).to_be_disabled()
    expect(away).to_be_checked()
    expect(page.locator("#bar summary").filter(has_text="Slack is away")).to_be_visible()
    with pytest.raises(SlackApiError) as refused:
        client.auth_test()
    assert refused.value.response.status_code == 503
    away.click()
    expect(page.locator("#bar summary").filter(has_text="Faults")).to_be_visible()
    assert client.auth_test()["ok"]


def test_a_panel_closes_with_escape_and_by_a_press_elsewhere(visit: Visit) -> None:
    page = visit("ana")
    summary = page.locator("#bar summary").filter(has_text="Faults")
    summary.press("Enter")
    switches = page.get_by_role("switch")
    expect(switches).to_have_count(6)
    switches.first.press("Escape")
    expect(switches).to_have_count(0)
    expect(summary).to_be_focused()
    summary.click()
    page.get_by_role("heading", level=1).click()
    expect(switches).to_have_count(0)


def test_one_goes_to_a_channel_or_a_person_by_keyboard(sandbox: Sandbox, visit: Visit, ben: Person) -> None:
    sandbox.set_manifest(everything())
    sandbox.channel("#floor", members=["ana"])
    page = visit("ana")
    page.keyboard.press("Control+k")
    field = page.get_by_role("combobox", name="Channel or person")
    page.keyboard.type("flo")
    expect(field).to_have_value("flo")
    options = page.get_by_role("dialog").get_by_role("option")
    expect(options).to_have_text(["⌂Floorwalker Home", "#floor", "@Floorwalker"])
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("#floor")
    expect(page.get_by_role("textbox", name="Message #floor")).to_be_focused()
    page.keyboard.press("Control+k")
    page.keyboard.type("oka")
    page.keyboard.press("Enter")
    page.get_by_role("textbox", name="Message Ben Okafor").fill("Hello Ben")
    page.keyboard.press("Enter")
    expect(said(page)).to_have_text(["Hello Ben"])
    expect(place(page, "Ben Okafor")).to_have_attribute("aria-current", "page")
    assert ben.last("@ana").text == "Hello Ben"


def test_the_page_finds_back_after_a_lost_connection(visit: Visit, ben: Person) -> None:
    feeds: list[WebSocketRoute] = []
    page = visit("ana")

    def hold(feed: WebSocketRoute) -> None:
        feeds.append(feed)
        if len(feeds) != 2:
            feed.connect_to_server()

    page.route_web_socket("**/sandbox/feed", hold)
    page.reload()
    page.wait_for_selector("body[data-feed=live]")
    feeds[0].close()
    page.wait_for_function("document.body.dataset.feed === 'lost'")
    ben.types("While you were away")
    expect(said(page)).to_have_text(["While you were away"])
