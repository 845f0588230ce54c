"""A browser at the page of a sandbox. What goes wrong in it fails the test, whatever the test looks at."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Locator, Page, Request, expect, sync_playwright
from slack_bolt import App

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import http_mode

PATIENCE = 20_000  # milliseconds

Visit = Callable[..., Page]
Serve = Callable[[App], str]


def said(where: Page | Locator) -> Locator:
    """What the messages there say, oldest first."""
    return where.locator(".message .body")


def place(page: Page, label: str) -> Locator:
    """The line of a conversation in the sidebar."""
    return page.locator("nav .place").filter(has=page.get_by_text(label, exact=True))


def chromium() -> str | None:
    """Where the machine's own Chromium is."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@contextmanager
def launched(path: str) -> Iterator[Browser]:
    """A browser, closed at the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for each process that runs tests."""
    path = chromium()
    if path is None:
        pytest.skip("there is no Chromium to look at the page with")
    expect.set_options(timeout=PATIENCE)
    with launched(path) as browser:
        yield browser


@pytest.fixture
def sandbox() -> Iterator[Sandbox]:
    """A workspace with Ana in Madrid and Ben in New York."""
    with Sandbox(rates="off") as sandbox:
        sandbox.invite("ana", real_name="Ana Ruiz", tz="Europe/Madrid")
        sandbox.invite("ben", real_name="Ben Okafor", tz="America/New_York")
        yield sandbox


@pytest.fixture
def ben(sandbox: Sandbox) -> Person:
    return sandbox.person("ben")


@pytest.fixture
def serve(sandbox: Sandbox) -> Iterator[Serve]:
    """Connects a Bolt app."""
    with ExitStack() as stack:
        yield lambda app: stack.enter_context(http_mode(sandbox, app))


@pytest.fixture
def visit(browser: Browser, sandbox: Sandbox) -> Iterator[Visit]:
    """Opens the page as somebody, at a place such as "#general" or "home", once its feed is there.

    Further arguments are those of a Playwright context. At the end of the test, nothing may have been said on the
    console, thrown, or asked of another host.
    """
    problems: list[str] = []
    with ExitStack() as stack:

        def open_page(who: str = "ana", where: str = "#general", **options: Any) -> Page:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, **options})
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            _watch(page, sandbox.url, problems)
            place = sandbox.channel_id(where) if where.startswith("#") else where
            page.goto(f"{sandbox.url}/?as={who}&in={place}")
            page.wait_for_selector("body[data-feed=live]")
            return page

        yield open_page
    assert problems == []


def _watch(page: Page, url: str, problems: list[str]) -> None:
    def hear(message: ConsoleMessage) -> None:
        # Whatever a person cannot do is answered with 409; the page says so, and the browser notes it as well.
        if message.type in ("error", "warning") and "status of 409" not in message.text:
            problems.append(f"{message.type}: {message.text}")

    def check(request: Request) -> None:
        if not request.url.startswith((url, url.replace("http", "ws", 1), "data:", "blob:")):
            problems.append(f"asked of another host: {request.url}")

    page.on("console", hear)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", check)
