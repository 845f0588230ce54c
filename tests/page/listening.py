"""An app that keeps whatever it is sent, and looking for what makes a page hard to use."""

import re
import threading
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page
from slack_bolt import Ack, App

from bot.sandbox import Person, Sandbox
from tests.sandbox.bots import new_app, options

CASES = ("Case 1: refund", "Case 2: invoice", "Parcel 3")
PATIENCE = 20.0  # seconds, as a browser has

Answer = Callable[[dict[str, Any]], dict[str, Any]]


class Listening:
    """The app; `view` is what /form opens, `answer` what a submission is answered with."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.heard: list[dict[str, Any]] = []
        self.free = threading.Event()  # while it is not set, the app is slow to answer
        self.free.set()
        self._told = threading.Condition()
        self.view: dict[str, Any] = {}
        self.answer: Answer = lambda _values: {}
        self.app: App = new_app(sandbox)
        everything = re.compile(".*")
        self.app.command("/form")(self._open)
        self.app.view(everything)(self._submit)
        self.app.view_closed(everything)(self._note)
        self.app.action(everything)(self._note)
        self.app.options(everything)(self._offer)

    def _open(self, ack: Ack, body: dict[str, Any]) -> None:
        self.app.client.views_open(trigger_id=body["trigger_id"], view=self.view)
        ack()

    def _submit(self, ack: Ack, body: dict[str, Any]) -> None:
        self._keep(body)
        ack(**self.answer(body["view"]["state"]["values"]))

    def _offer(self, ack: Ack, body: dict[str, Any]) -> None:
        self._keep(body)
        ack(options=[each for each in options(*CASES) if body["value"].lower() in each["text"]["text"].lower()])

    def _note(self, ack: Ack, body: dict[str, Any]) -> None:
        self._keep(body)
        self.free.wait(PATIENCE)
        ack()

    def _keep(self, body: dict[str, Any]) -> None:
        with self._told:
            self.heard.append(body)
            self._told.notify_all()

    def opens(self, person: Person, view: dict[str, Any]) -> None:
        """Open this view before somebody."""
        self.view = view
        person.types("/form")

    def of_kind(self, kind: str) -> list[dict[str, Any]]:
        """What was heard of this kind."""
        return [body for body in self.heard if body["type"] == kind]

    def next(self, kind: str, number: int = 1) -> dict[str, Any]:
        """The `number`th of this kind that was heard, once it is there; AssertionError if it does not come."""
        with self._told:
            there = self._told.wait_for(lambda: len(self.of_kind(kind)) >= number, PATIENCE)
        assert there, self.heard
        return self.of_kind(kind)[number - 1]


@pytest.fixture
def app(sandbox: Sandbox, serve: Callable[[App], str]) -> Listening:
    """An app that is connected."""
    listening = Listening(sandbox)
    serve(listening.app)
    return listening


def flaws(page: Page) -> list[str]:
    """What axe finds."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
