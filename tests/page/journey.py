"""The sample team at work in the browser, with the bot itself behind the page."""

import re
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Locator, Page, expect

from bot.demo.stage import Stage, staged
from bot.sandbox import Sandbox

MONDAY = datetime(2026, 11, 23, 9, 5, tzinfo=ZoneInfo("Europe/Berlin"))
_MOST_STOPS = 60  # with Tab, from one end of a screen to the other


@pytest.fixture(scope="module")
def stage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stage]:
    """A Monday morning of the sample team."""
    with staged(tmp_path_factory.mktemp("floor"), at=MONDAY) as stage:
        yield stage


@pytest.fixture
def sandbox(stage: Stage) -> Sandbox:
    """The workspace that ``visit`` opens the page of."""
    return stage.sandbox


def composer(page: Page) -> Locator:
    """Where one writes."""
    return page.get_by_role("main").locator(".composer textarea")


def dialog(page: Page, title: str) -> Locator:
    """The form of this title."""
    return page.get_by_role("dialog", name=title)


def card(page: Page, text: str) -> Locator:
    """The newest message in sight that says this."""
    return page.get_by_role("main").locator(".message").filter(has_text=text).last


def press(where: Page | Locator, label: str) -> None:
    """A button, with the mouse: by what stands on it, or by its name where there is more to that."""
    named = where.get_by_role("button", name=label, exact=True)
    reading = where.get_by_role("button").filter(has_text=re.compile(rf"^\s*{re.escape(label)}\s*$"))
    named.or_(reading).click()


def pick(form: Locator, label: str, searched: str, option: str) -> None:
    """Searches a menu of a form, and clicks what it finds."""
    box = form.get_by_role("combobox", name=label, exact=True)
    box.click()
    box.press_sequentially(searched)
    form.page.get_by_role("listbox", name=label, exact=True).get_by_role("option", name=option).click()
    expect(box).to_have_value(option)


def act_as(page: Page, name: str) -> None:
    """Becomes somebody else, with the button in the bar."""
    page.get_by_role("button", name="Acting as").click()
    page.get_by_role("dialog", name="Act as").get_by_role("option", name=name).click()
    expect(page.get_by_role("button", name="Acting as")).to_contain_text(name)


def tab_to(page: Page, control: Locator) -> None:
    """Presses Tab until the control has the focus."""
    control.wait_for()
    for _ in range(_MOST_STOPS):
        if control.evaluate("each => each === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"Tab does not reach {control}")


def go_to(page: Page, where: str) -> None:
    """To a channel or a person, by the keyboard."""
    page.keyboard.press("Control+k")
    page.keyboard.type(where)
    expect(page.get_by_role("listbox", name="Places").get_by_role("option", selected=True)).to_contain_text(where)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def type_into(page: Page, form: Locator, label: str, searched: str, option: str) -> None:
    """Searches a menu of a form and takes what it finds, by the keyboard."""
    box = form.get_by_role("combobox", name=label, exact=True)
    tab_to(page, box)
    page.keyboard.type(searched)
    offered = page.get_by_role("listbox", name=label, exact=True).get_by_role("option")
    expect(offered.filter(visible=True)).to_contain_text([option])
    page.keyboard.press("Enter")
    expect(box).to_have_value(option)
